"""Texts for people: translated, printable, without secrets."""
