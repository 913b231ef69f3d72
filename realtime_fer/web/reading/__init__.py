"""Reads what was sent in a fixed number of threads: pictures, videos, and what is said of them."""
