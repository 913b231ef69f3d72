"""Recordings as a person meets them: the facts of a list, and the formats of an export."""
