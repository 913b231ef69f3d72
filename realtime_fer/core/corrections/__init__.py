"""A person's later corrections to a recording, and the recording's numbers that they are applied to."""
