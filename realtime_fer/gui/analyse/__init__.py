"""Every frame of a file, analysed in the background: what is asked, what runs and waits, and how far it is."""
