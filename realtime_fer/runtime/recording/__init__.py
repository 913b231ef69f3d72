"""What a person keeps: recordings with their markers, and snapshots. Each is written in a thread of its own."""
