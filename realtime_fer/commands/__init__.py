"""The commands without a window. They join the rooms as ``app`` does, and never import Qt."""
