"""A reviewed recording in the forms that other programs read. Each function gives a file's bytes."""
