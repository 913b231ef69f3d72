"""How large an image or a frame may be: what a camera makes, and not what fills the memory."""

from __future__ import annotations

#: OpenCV draws and resizes no longer sides.
MAX_SIDE = 32_766

#: 192 MB as three bytes a pixel; a picture is held about three times while it is analysed and drawn.
MAX_PIXELS = 64_000_000

#: Of a picture with transparency, which is decoded twice, up to eight bytes a pixel.
MAX_PIXELS_TRANSPARENT = 32_000_000


def is_too_large(width: int, height: int, most_pixels: int = MAX_PIXELS) -> bool:
    return max(width, height) > MAX_SIDE or width * height > most_pixels
