"""One source into an annotated video, pictures and tables."""
