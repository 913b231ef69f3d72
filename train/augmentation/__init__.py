"""Random changes to faces."""
