"""The window with a model's card."""
