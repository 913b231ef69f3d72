"""Renders anti-aliased TrueType text as cached sprites.

The face is Aileron, which Pillow carries within itself (``ImageFont.load_default``), so that no font file has to
be installed. Its digits are all of one width: a percentage does not wobble while it counts. It has the Latin
letters, digits and signs of the keyboard, the middle dot and the ellipsis, but no dashes. It has no umlauts either:
the two dots of those are set here, above the letter. A text with any other sign, such as a person's name, is written
in the program's own DejaVu Sans, with Latin, Greek, Cyrillic and more letters.
"""

from __future__ import annotations

import math
import unicodedata
from functools import lru_cache
from importlib import resources

import numpy as np
from PIL import Image as PillowImage
from PIL import ImageDraw, ImageFont

from realtime_fer.core.frame import Image
from realtime_fer.core.overlay.face_overlay import Rgb
from realtime_fer.vision.annotators.sprite import Sprite, sprite_from_opacity

WHITE: Rgb = (255, 255, 255)

#: Blending costs thin strokes of small light text their contrast; a gamma below 1 restores it.
_WEIGHT_GAMMA = 0.8

_DIAERESIS = "\u0308"
_DOT = "."

_Font = ImageFont.FreeTypeFont | ImageFont.ImageFont


@lru_cache(maxsize=32)
def _usual_font(size_px: int) -> _Font:
    return ImageFont.load_default(size_px)


@lru_cache(maxsize=32)
def _wide_font(size_px: int) -> _Font:
    # Its letters are larger than the other's at the same size.
    with resources.as_file(resources.files("realtime_fer.assets") / "DejaVuSans.ttf") as path:
        return ImageFont.truetype(str(path), max(1, round(size_px * 0.92)))


@lru_cache(maxsize=2048)
def _is_usual(sign: str) -> bool:
    """Whether the usual font has the sign: of another it draws what it draws of one that is no character."""
    font = _usual_font(24)
    return sign == " " or bytes(font.getmask(sign)) != bytes(font.getmask("\uffff"))


@lru_cache(maxsize=1024)
def _is_plain(text: str) -> bool:
    return all(sign == _DIAERESIS or _is_usual(sign) for sign in unicodedata.normalize("NFD", text))


def _font(text: str, size_px: int) -> _Font:
    return _usual_font(size_px) if _is_plain(text) else _wide_font(size_px)


@lru_cache(maxsize=1024)
def text_sprite(text: str, size_px: int, colour_rgb: Rgb = WHITE, opacity: float = 1.0) -> Sprite:
    """``text`` on one line, placed by the left end of its baseline. Rendered once, then cached."""
    font = _font(text, size_px)
    letters, marks = _apart(text, size_px) if _is_plain(text) else (text, [])
    left, top, right, bottom = (
        math.floor(edge) if edge < 0 else math.ceil(edge)
        for edge in ImageDraw.Draw(_scratch()).textbbox((0, 0), letters, font=font, anchor="ls")
    )
    left = min(left, 0)
    top = min([top, *(math.floor(base_y - size_px * 0.15) for _, base_y in marks)])
    mask = PillowImage.new("L", (max(right - left, 1) + 1, max(bottom - top, 1) + 1))
    pen = ImageDraw.Draw(mask)
    pen.text((-left, -top), letters, fill=255, font=font, anchor="ls")
    for x, base_y in marks:
        pen.text((x - left, base_y - top), _DOT, fill=255, font=font, anchor="ls")
    coverage = np.power(np.asarray(mask, np.float32) / 255, _WEIGHT_GAMMA, dtype=np.float32)
    return sprite_from_opacity(coverage * np.float32(opacity), colour_rgb, left, top)


def _without_marks(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if sign != _DIAERESIS)


def _apart(text: str, size_px: int) -> tuple[str, list[tuple[float, float]]]:
    """The letters without their two dots, and where a full stop stands (x, baseline) to be one of those dots."""
    font = _usual_font(size_px)
    letters, marks = "", []
    for sign in unicodedata.normalize("NFD", text):
        if sign != _DIAERESIS or not letters:
            letters += sign
            continue
        start, end = font.getlength(letters[:-1]), font.getlength(letters)
        top = font.getbbox(letters[-1], anchor="ls")[1]
        dot = font.getlength(_DOT)
        apart = max(dot * 0.95, (end - start) * 0.34)
        # The gap between letter and dots grows with the type; nothing is nearer than a pixel.
        base_y = top - max(1.0, size_px * 0.07)
        marks += [((start + end - dot) / 2 + side * apart / 2, base_y) for side in (-1, 1)]
    return letters, marks


def _scratch() -> PillowImage.Image:
    return PillowImage.new("L", (1, 1))


@lru_cache(maxsize=2048)
def text_width(text: str, size_px: int) -> int:
    """Pixels from the start of ``text`` to where the next letter would start."""
    return math.ceil(_font(text, size_px).getlength(_without_marks(text) if _is_plain(text) else text))


@lru_cache(maxsize=32)
def cap_height(size_px: int) -> int:
    """Pixels from the baseline to the top of a capital letter."""
    return -text_sprite("H", size_px).top


def draw_text(
    image_bgr: Image,
    text: str,
    x: int,
    centre_y: float,
    size_px: int,
    colour_rgb: Rgb = WHITE,
    opacity: float = 1.0,
) -> int:
    """Writes onto uint8 (h, w, 3) ``image_bgr`` in place, clipped at its border; returns the x for what follows.

    Capitals are centred on ``centre_y``, which the eye takes for the middle of a line.
    """
    base_y = math.floor(centre_y + cap_height(size_px) / 2 + 0.5)
    text_sprite(text, size_px, colour_rgb, opacity).draw(image_bgr, x, base_y)
    return x + text_width(text, size_px)
