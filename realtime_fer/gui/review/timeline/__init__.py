"""The timeline of a whole recording, with zoom, the people's strips, one person's curves, markers and spans."""
