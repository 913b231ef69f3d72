"""A microphone's sound in a video: placed in time, and encoded."""
