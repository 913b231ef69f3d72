"""The computer's sound devices, by PortAudio."""
