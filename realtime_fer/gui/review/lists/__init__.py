"""The lists beside the video: people, markers and excluded spans, each with its buttons."""
