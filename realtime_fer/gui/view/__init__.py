"""The picture, and what is said and drawn over it."""
