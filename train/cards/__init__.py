"""Model cards and the table made of them."""
