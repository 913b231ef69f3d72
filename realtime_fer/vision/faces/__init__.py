"""Faces in a frame: found, tracked, measured, coloured, hidden."""
