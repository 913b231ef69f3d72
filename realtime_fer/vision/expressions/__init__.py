"""Which expression each face shows: read, smoothed, held, doubted."""
