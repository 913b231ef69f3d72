"""Face detectors behind :class:`realtime_fer.core.protocols.FaceDetector`, one to a file."""
