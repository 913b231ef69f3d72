"""The video view, the overlays on it, and its description for screen readers."""
