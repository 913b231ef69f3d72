"""How a video's frames are shown: upright, of square pixels, in the colours of a plain screen."""
