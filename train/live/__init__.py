"""Measures models as people meet them: in moving scenes, through the program's own pipeline."""
