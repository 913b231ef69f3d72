"""The built-in demo: a portrait in motion, drawn with one expression after another."""
