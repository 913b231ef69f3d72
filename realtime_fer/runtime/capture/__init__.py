"""The capture: one source read in a thread of its own, watched from outside."""
