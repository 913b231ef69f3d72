"""What the templates show, as plain values: no markup here, no arithmetic there."""
