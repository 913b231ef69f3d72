"""The commands without a window. They join the rooms by ``assembly``, and never import Qt."""
