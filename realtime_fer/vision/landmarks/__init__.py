"""Where the points of a face are: eyes, brows, mouth, outline, with their depth."""
