"""Windows beside the window: settings, help, questions, the first page."""
