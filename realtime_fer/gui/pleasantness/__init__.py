"""Pleasantness and strength of the visible expressions as points with trails."""
