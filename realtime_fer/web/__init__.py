"""The web page and its API on this computer: ``realtime-fer serve``."""
