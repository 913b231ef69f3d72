"""Realtime FER: which facial expression is visible, live, over every face of a webcam picture."""

__version__ = "0.1.0"
