"""What the engine's events change in the window."""
