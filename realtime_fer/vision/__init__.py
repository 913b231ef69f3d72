"""Image analysis of a frame: no threads, no Qt. ``pipeline`` runs all of it."""
