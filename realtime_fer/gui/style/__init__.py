"""How everything looks: theme, scale, fonts, icons, language."""
