"""The choice of a microphone, and how loud it is."""
