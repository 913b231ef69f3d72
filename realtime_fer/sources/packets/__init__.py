"""Packets of a file before they are decoded."""
