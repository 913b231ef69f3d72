"""From a trained network to a TFLite file."""
