"""Teaching the program expressions of one’s own: the dialog and what it does."""
