"""One source into an annotated film, pictures and tables."""
