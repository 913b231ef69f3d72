"""The review window: a recording after the fact, with its film, its timeline and a person's corrections."""
