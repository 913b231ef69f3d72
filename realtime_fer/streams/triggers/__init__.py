"""What triggers do outside of the program, on this computer alone."""
