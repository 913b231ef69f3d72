"""The controls of a player: seek slider, steps, speed and loop for files, the pictures of a folder."""
