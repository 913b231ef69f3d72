"""Models and detectors, loaded beside the picture and adopted between two frames."""
