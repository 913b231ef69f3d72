"""A caption in a corner: whoever sees the film later knows what made its numbers."""

from __future__ import annotations

from realtime_fer.core.frame import FrameResult, Image
from realtime_fer.vision.annotators.planner import OverlayPlanner
from realtime_fer.vision.annotators.sprite import plate
from realtime_fer.vision.annotators.text import draw_text, text_width

_OPACITY = 0.82
_PLATE_OPACITY = 0.5


class HudAnnotator:
    """Writes such as 'fer-s · mediapipe' small into a corner that no face is in; where all are taken, nothing.

    It stays in its corner until a face enters it.

    Args:
        planner: shared with the other annotators of the same pictures; None makes one of its own.
        with_time: adds the time since the source began, such as '1:02:03.4'.
    """

    def __init__(self, planner: OverlayPlanner | None = None, with_time: bool = False) -> None:
        self._planner = planner or OverlayPlanner()
        self._with_time = with_time
        self._generation: int | None = None
        self._began_s = 0.0

    def annotate(self, image_bgr: Image, result: FrameResult) -> None:
        """Draws onto ``image_bgr``, uint8 (h, w, 3), in place."""
        # The clock goes letter by letter: every tenth of a second is another text to remember, its letters are not.
        pieces = [[word] for word in caption_of(result).split()]
        if self._with_time:
            pieces += [*([["·"]] if pieces else []), list(clock(self._elapsed_s(result)))]
        if not pieces:
            return
        canvas = self._planner.canvas(image_bgr, result)
        size_px = max(9, round(canvas.text_px * 0.82))
        padding, space, height = round(size_px * 0.55), round(size_px * 0.4), round(size_px * 1.6)
        width = sum(text_width(text, size_px) for piece in pieces for text in piece)
        width += space * (len(pieces) - 1) + 2 * padding
        placed = self._planner.corner(canvas, (width, height))
        if placed is None:
            return
        plate(width, height, round(height * 0.3), _PLATE_OPACITY).draw(image_bgr, placed.left, placed.top)
        x = placed.left + padding
        for piece in pieces:
            for text in piece:
                x = draw_text(image_bgr, text, x, placed.top + height / 2, size_px, opacity=_OPACITY)
            x += space

    def _elapsed_s(self, result: FrameResult) -> float:
        frame = result.frame
        if frame.media_time_s is not None:
            return frame.media_time_s
        if self._generation != frame.source_generation or frame.timestamp_s < self._began_s:
            self._generation, self._began_s = frame.source_generation, frame.timestamp_s
        return frame.timestamp_s - self._began_s


def caption_of(result: FrameResult) -> str:
    """'fer-s · mediapipe'; 'no model · haar' without a model; '' where neither is known."""
    if not result.model_id and not result.detector_name:
        return ""
    return " · ".join(part for part in (result.model_id or "no model", result.detector_name) if part)


def clock(seconds: float) -> str:
    """'0:00:07.5' for 7.54."""
    tenths = int(max(seconds, 0.0) * 10 + 1e-6)
    minutes, tenths = divmod(tenths, 600)
    return f"{minutes // 60}:{minutes % 60:02d}:{tenths // 10:02d}.{tenths % 10}"
