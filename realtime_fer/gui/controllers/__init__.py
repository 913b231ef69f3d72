"""Between widgets and engine: what a person asks for, and what the engine tells."""
