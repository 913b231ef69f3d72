"""The window. PyQt5 lives here and nowhere else; imports ``core`` and ``runtime`` only."""
