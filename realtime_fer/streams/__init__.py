"""Live numbers to other programs on this computer, beside window and recording."""
