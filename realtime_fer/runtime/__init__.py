"""Threads: capture, inference, recording, loading. Standard library and ``core`` only, so that they test without Qt."""
