"""Live numbers for other programs, as the window shows and switches them."""
