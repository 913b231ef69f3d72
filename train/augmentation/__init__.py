"""Random changes to training faces."""
