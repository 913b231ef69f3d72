"""Writes a caption in a corner that tells later viewers which model and detector ran."""

from __future__ import annotations

import math
from functools import lru_cache

from realtime_fer.core.frame import FrameResult, Image
from realtime_fer.core.overlay.caption import caption_of
from realtime_fer.core.overlay.planner import OverlayPlanner
from realtime_fer.vision.annotators.sprite import Sprite, make_plate, over
from realtime_fer.vision.annotators.text import cap_height, draw_text, text_sprite, text_width

_OPACITY = 0.82
_PLATE_OPACITY = 0.62


class HudAnnotator:
    """Writes a caption such as 'fer-s · mediapipe' into a corner without a face; where there is none, nothing.

    It stays in its corner until a face enters it.

    Args:
        planner: shared with the other annotators of the same frames; None makes its own.
        with_time: adds the time since the source began, such as '1:02:03.4'.
    """

    def __init__(self, planner: OverlayPlanner | None = None, with_time: bool = False) -> None:
        self._planner = planner or OverlayPlanner()
        self._with_time = with_time
        self._generation: int | None = None
        self._began_s = 0.0

    def annotate(self, image_bgr: Image, result: FrameResult) -> None:
        """Draws onto ``image_bgr``, uint8 (h, w, 3), in place."""
        caption = caption_of(result)
        time = clock(self._elapsed_s(result)) if self._with_time else ""
        if not caption and not time:
            return
        canvas = self._planner.canvas(image_bgr, result)
        size_px = max(10, round(canvas.text_px * 0.82))
        sprite, time_left = _caption_sprite(
            caption, "".join("0" if letter.isdigit() else letter for letter in time), size_px
        )
        placed = self._planner.corner(canvas, (sprite.width, sprite.height))
        if placed is None:
            return
        sprite.draw(image_bgr, placed.left, placed.top)
        # Digit by digit: a whole time would be a new sprite every tenth of a second.
        x = placed.left + time_left
        for letter in time:
            x = draw_text(image_bgr, letter, x, placed.top + sprite.height / 2, size_px, opacity=_OPACITY)

    def _elapsed_s(self, result: FrameResult) -> float:
        frame = result.frame
        if frame.media_time_s is not None:
            return frame.media_time_s
        if self._generation != frame.source_generation or frame.timestamp_s < self._began_s:
            self._generation, self._began_s = frame.source_generation, frame.timestamp_s
        return frame.timestamp_s - self._began_s


@lru_cache(maxsize=32)
def _caption_sprite(caption: str, clock_like: str, size_px: int) -> tuple[Sprite, int]:
    """The plate with all words, and the x from its left at which a clock as wide as ``clock_like`` starts."""
    words = caption.split()
    if words and clock_like:
        words.append("·")
    padding, space, height = round(size_px * 0.55), round(size_px * 0.4), round(size_px * 1.6)
    time_left = padding + sum(text_width(word, size_px) + space for word in words)
    time_width = sum(text_width(letter, size_px) for letter in clock_like) if clock_like else -space
    sprite = make_plate(time_left + time_width + padding, height, round(height * 0.3), _PLATE_OPACITY)
    x = padding
    for word in words:
        base_y = math.floor(height / 2 + cap_height(size_px) / 2 + 0.5)
        over(sprite, text_sprite(word, size_px, opacity=_OPACITY), x, base_y)
        x += text_width(word, size_px) + space
    return sprite, time_left


def clock(seconds: float) -> str:
    """'0:00:07.5' for 7.54."""
    tenths = int(max(seconds, 0.0) * 10 + 1e-6)
    minutes, tenths = divmod(tenths, 600)
    return f"{minutes // 60}:{minutes % 60:02d}:{tenths // 10:02d}.{tenths % 10}"
