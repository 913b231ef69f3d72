"""Every frame of a file, analysed in a process of its own."""
