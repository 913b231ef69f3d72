"""Expressions of a person's own: samples of one face, what is learned from them, and the file that keeps them."""
