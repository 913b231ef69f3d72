"""Live numbers for other programs on this computer, beside window and recording."""
