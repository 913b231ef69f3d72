"""Writes the expression's name beside each face."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from realtime_fer.core.frame import FrameResult, Image
from realtime_fer.core.overlay.label_text import MOST_DOUBTS, LabelShape, LabelText, label_variants
from realtime_fer.core.overlay.planner import OverlayPlanner
from realtime_fer.vision.annotators.sprite import pill, plate
from realtime_fer.vision.annotators.text import draw_text, text_width


class LabelAnnotator:
    """Writes the label on a dark translucent plate above the face, or below or beside it where there is no room.

    Args:
        planner: shared with the other annotators of the same pictures; None makes one of its own.
        relative_size: of the type, to the panels'.
        panel_sizes: of the panels that are drawn too, by the type size, so that both find room.
    """

    def __init__(
        self,
        planner: OverlayPlanner | None = None,
        relative_size: float = 1.1,
        panel_sizes: Callable[[int], list[tuple[int, int]]] | None = None,
    ) -> None:
        self._planner = planner or OverlayPlanner()
        self._panel_sizes = panel_sizes
        self._relative_size = relative_size

    def annotate(self, image_bgr: Image, result: FrameResult) -> None:
        """Draws onto ``image_bgr``, uint8 (h, w, 3), in place."""
        if not len(result.faces):
            return
        canvas = self._planner.canvas(image_bgr, result)
        size_px = round(canvas.text_px * self._relative_size)
        texts = [label_variants(face, canvas.crowd <= MOST_DOUBTS) for face in canvas.faces]
        sizes = [[label_size(text, size_px) for text in variants] for variants in texts]
        if self._panel_sizes is not None and canvas.faces[0].values:
            labels, _ = self._planner.place(canvas, sizes, self._panel_sizes(canvas.text_px))
        else:
            labels = self._planner.labels(canvas, sizes)
        for variants, placed in zip(texts, labels, strict=True):
            if placed is not None:
                width = placed.right - placed.left
                draw_label(image_bgr, variants[placed.variant], placed.left, placed.top, width, size_px)


@lru_cache(maxsize=32)
def _shape(size_px: int) -> LabelShape:
    return LabelShape(size_px, lambda text: text_width(text, size_px))


@lru_cache(maxsize=512)
def label_size(text: LabelText, size_px: int) -> tuple[int, int]:
    """Width and height in pixels."""
    return _shape(size_px).size(text)


def draw_label(image_bgr: Image, text: LabelText, left: int, top: int, width: int, size_px: int) -> None:
    """Draws plate and text onto uint8 (h, w, 3) in place, clipped at the image's border."""
    shape = _shape(size_px)
    height, chip, pill_height = shape.height, shape.chip, shape.pill_height
    plate(width, height + (len(text.lines) - 1) * shape.line, round(height * 0.3)).draw(image_bgr, left, top)
    for row, line in enumerate(text.lines):
        middle = top + height // 2 + row * shape.line
        pill(chip, chip, line.colour_rgb, 1.0, line.hollow).draw(image_bgr, left + shape.padding, middle - chip // 2)
        x = left + shape.first_x
        for piece in line.pieces:
            wide = shape.width_of(piece)
            if piece.names_person:
                pill(wide, pill_height, line.person_rgb).draw(image_bgr, x, middle - pill_height // 2)
                draw_text(image_bgr, piece.text, x + shape.pill_padding, middle + height % 2 / 2, size_px)
            else:
                draw_text(image_bgr, piece.text, x, middle + height % 2 / 2, size_px, opacity=piece.opacity)
            x += wide + shape.space
