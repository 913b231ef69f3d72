"""Live numbers to other programs, as the window shows and switches them."""
