"""What is laid over a frame, and where it goes: shared by the window's painting and the drawing onto videos."""
