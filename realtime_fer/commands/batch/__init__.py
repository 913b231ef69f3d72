"""A folder of videos annotated in one run."""
