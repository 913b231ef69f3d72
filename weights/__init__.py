"""The shipped networks and their cards; installed as ``realtime_fer.weights``."""
