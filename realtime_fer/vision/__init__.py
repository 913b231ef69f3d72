"""Pure functions of pixels: no threads, no Qt."""
