"""Which faces are in the picture: found, followed, judged, coloured, hidden."""
