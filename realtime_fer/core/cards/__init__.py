"""A model's card: read and checked, compared by its figures, told in sections."""
