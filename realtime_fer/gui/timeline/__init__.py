"""Each person's last minute beside the live picture."""
