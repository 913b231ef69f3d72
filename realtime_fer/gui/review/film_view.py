"""The video under review, with boxes and labels drawn anew from the table."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

import numpy as np
import numpy.typing as npt
from PyQt5.QtCore import QObject, QPointF, QRect, QRectF, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QFocusEvent, QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from realtime_fer.core.corrections.recording import ROW_LABELS
from realtime_fer.core.enums import Overlay
from realtime_fer.core.frame import Image, SourceFrame
from realtime_fer.core.options import OverlayStyle
from realtime_fer.core.people import PERSON_COLOURS_RGB
from realtime_fer.core.text.translation import said, translate
from realtime_fer.gui.review.overlay_rows import FaceOfRow, faces_at
from realtime_fer.gui.review.review_document import ReviewDocument
from realtime_fer.gui.review.row_words import label_title
from realtime_fer.gui.view.overlay_painter import OverlayPainter
from realtime_fer.gui.view.qimage import screen_image
from realtime_fer.gui.view.video_view import fitted
from realtime_fer.gui.view.view_overlays import BACKGROUND, draw_pill
from realtime_fer.gui.widgets.plain_text import plain

_USUAL_SIZE = (640, 360)
_PRIVATE = QColor(24, 27, 32)


class Drawn(Enum):
    """What is drawn over the video."""

    BARS = "bars"
    LABEL = "label"
    BOX = "box"
    #: For a video that has boxes and labels already: only what a person corrected.
    NAMES = "names"
    NOTHING = "nothing"


class FilmSignals(QObject):
    """Brings what a ``FilmReader`` tells into the GUI thread; connect with queued connections."""

    opened = pyqtSignal(object)
    ready = pyqtSignal()
    ended = pyqtSignal()
    failed = pyqtSignal(str)

    def film_opened(self, duration_s: float | None) -> None:
        self.opened.emit(duration_s)

    def frame_ready(self) -> None:
        self.ready.emit()

    def playing_ended(self) -> None:
        self.ended.emit()

    def film_failed(self, sentence: str) -> None:
        self.failed.emit(str(said(sentence)))


class BlankFilm:
    """A ``SeekableSource`` for a recording without a video: empty frames at the recording's pace."""

    name, is_live = "", False

    def __init__(self, size: tuple[int, int] | None, step_s: float, duration_s: float) -> None:
        width, height = size or _USUAL_SIZE
        self._image = np.full((height, width, 3), 34, np.uint8)
        self._step_s, self.duration_s = step_s, duration_s
        self._last = max(0, int(duration_s / step_s + 1e-6) - 1)
        self._at, self._is_due = 0, True

    @property
    def fps(self) -> float:
        return 1 / self._step_s

    @property
    def frame_count(self) -> int:
        return self._last + 1

    @property
    def position_s(self) -> float:
        return self._at * self._step_s

    def open(self) -> None: ...

    def close(self) -> None: ...

    def read(self) -> SourceFrame | None:
        following = self._at if self._is_due else self._at + 1
        if following > self._last:
            return None
        self._at, self._is_due = following, False
        return SourceFrame(self._image, self.position_s)

    def seek(self, t_s: float) -> None:
        self._at, self._is_due = min(max(0, int(t_s / self._step_s + 1e-6)), self._last), True

    def step(self, frames: int) -> None:
        self._at, self._is_due = min(max(0, self._at + frames), self._last), True


class FilmView(QWidget):
    """Called only from the GUI thread.

    Attributes:
        drawn: set by ``set_drawn``.
        covers_faces: everybody's face is covered on screen.
        shows_second: the second model's labels are drawn too.
        shows_movements: bars of the movements stand beside each face, once ``measures`` gives them.
        measures: gives what the points of the recording's rows told, or None; as of ``MeasureLanes.values``.
    """

    #: A face's person was clicked.
    person_clicked = pyqtSignal(int)

    def __init__(self, document: ReviewDocument) -> None:
        super().__init__()
        self._document = document
        self._overlays = OverlayPainter()
        self._image: QImage | None = None
        self._time_s = 0.0
        self._faces: tuple[FaceOfRow, ...] | None = None
        self._faces_for: tuple[object, ...] = ()
        self.drawn = Drawn.NAMES if document.recording.is_drawn else Drawn.BARS
        self.covers_faces = False
        self.shows_second = True
        self.shows_movements = False
        self.measures: Callable[[], npt.NDArray[np.float32] | None] = lambda: None
        self._ring = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(200, 120)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Video"))

    @property
    def faces(self) -> tuple[FaceOfRow, ...]:
        """Those of the frame on screen."""
        measures = self.measures() if self.shows_movements or self.shows_own else None
        wanted = (self._time_s, self._document.version, self.shows_second, id(measures))
        if self._faces is None or wanted != self._faces_for:
            self._faces_for = wanted
            self._faces = faces_at(self._document, self._time_s, second_model=self.shows_second, measures=measures)
        return self._faces

    @property
    def shows_own(self) -> bool:
        """Bars of own expressions stand beside those of the networks, once ``measures`` gives them."""
        return self.drawn is Drawn.BARS and bool(self._document.recording.own)

    @property
    def place(self) -> QRect:
        """Where the frame is painted."""
        return QRect() if self._image is None else fitted(self._image.size(), self.rect())

    def sizeHint(self) -> QSize:
        return QSize(640, 360)

    def show_frame(self, image_bgr: Image, time_s: float) -> None:
        self._image = screen_image(image_bgr, QSize())
        self._time_s = time_s
        self._describe()
        self.update()

    def refresh(self) -> None:
        """After a change of the document or of what is drawn."""
        self._describe()
        self.update()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), BACKGROUND)
        if self._image is not None:
            place = self.place
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._image)
            if self.covers_faces:
                self._cover(painter, place)
            if self.drawn is Drawn.NAMES:
                self._paint_names(painter, place)
            is_plain = self.drawn in (Drawn.NAMES, Drawn.NOTHING)
            if not is_plain or self.shows_movements:
                self._paint_overlays(painter, place, Overlay.OFF if is_plain else Overlay(self.drawn.value))
            if self._document.is_excluded(self._time_s):
                painter.fillRect(place, QColor(0, 0, 0, 110))
                draw_pill(painter, self.rect(), translate("Review", "Excluded from report and exports"))
        if self._ring:
            painter.setPen(QPen(QColor("#4f9ef0"), 4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(2, 2, -2, -2))
        painter.end()

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Draws a focus ring for the keyboard alone."""
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._ring = event is not None and event.reason() in reasons
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        self._ring = False
        super().focusOutEvent(event)
        self.update()

    def _frame_size(self) -> QSize:
        """What the boxes count in."""
        if self._document.recording.size is not None:
            return QSize(*self._document.recording.size)
        return QSize() if self._image is None else self._image.size()

    def _on_screen(self, face: FaceOfRow, place: QRect) -> QRectF:
        size = self._frame_size()
        x_scale, y_scale = place.width() / max(1, size.width()), place.height() / max(1, size.height())
        left, top, right, bottom = face.overlay.box
        return QRectF(
            place.left() + left * x_scale,
            place.top() + top * y_scale,
            (right - left) * x_scale,
            (bottom - top) * y_scale,
        )

    def _paint_overlays(self, painter: QPainter, place: QRect, parts: Overlay) -> None:
        self._overlays.paint(
            painter,
            place,
            self._frame_size(),
            tuple(face.overlay for face in self.faces),
            time_s=self._time_s,
            scene=self._document.tracks_version,
            area=self.rect(),
            style=OverlayStyle(parts, movements=self.shows_movements),
        )

    def _paint_names(self, painter: QPainter, place: QRect) -> None:
        """A name under each face that was corrected, and a cross over each that is hidden."""
        metrics = QFontMetricsF(painter.font())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for face in self.faces:
            box = self._on_screen(face, place)
            if face.overlay.hidden:
                painter.fillRect(box, QColor(20, 23, 28, 150))
                painter.setPen(QPen(QColor(241, 243, 245, 200), 2))
                painter.drawLine(box.topLeft(), box.bottomRight())
                painter.drawLine(box.topRight(), box.bottomLeft())
            elif face.is_corrected:
                words = plain(self._document.name_of(face.overlay.identity))
                chip = QRectF(0, 0, metrics.horizontalAdvance(words) + 16, metrics.height() + 4)
                chip.moveCenter(QPointF(box.center().x(), box.bottom() + chip.height() / 2 + 3))
                chip.moveBottom(min(chip.bottom(), float(place.bottom())))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(*PERSON_COLOURS_RGB[face.overlay.person_colour]))
                painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
                painter.setPen(QColor("#ffffff"))
                painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), words)

    def _cover(self, painter: QPainter, place: QRect) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_PRIVATE)
        for face in self.faces:
            box = self._on_screen(face, place)
            margin = box.width() * 0.15
            painter.drawRoundedRect(box.adjusted(-margin, -margin, margin, margin), margin, margin)

    def mousePressEvent(self, event: object) -> None:
        place = self.place
        at = QPointF(event.pos())  # type: ignore[attr-defined]
        for face in self.faces:
            if self._on_screen(face, place).contains(at):
                self.person_clicked.emit(face.overlay.identity)
                return

    def _describe(self) -> None:
        told = [
            f"{plain(self._document.name_of(face.overlay.identity))}: {_shown(face)}"
            for face in self.faces
            if not face.overlay.hidden
        ]
        self.setAccessibleDescription("; ".join(told) or translate("Review", "Nobody is in view."))


def _shown(face: FaceOfRow) -> str:
    expression = face.overlay.expression
    return label_title(ROW_LABELS.index(expression) if expression else len(ROW_LABELS) - 1)
