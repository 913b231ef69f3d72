"""A model's card, and the figures in it."""
