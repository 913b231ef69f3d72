"""The video view: the newest frame, scaled to the widget, or a message where there is none."""

from __future__ import annotations

import time
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from PyQt5.QtCore import QMargins, QRect, QSize, Qt, pyqtSignal
from PyQt5.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QRegion,
)
from PyQt5.QtWidgets import QSizePolicy, QWidget

from realtime_fer.core.frame import FrameResult
from realtime_fer.core.options import OverlayStyle
from realtime_fer.core.request import is_model_file
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.view.drops import accept_copy, dropped_request, is_recording_folder
from realtime_fer.gui.view.play_button import PlayButton
from realtime_fer.gui.view.qimage import screen_image
from realtime_fer.gui.view.result_overlay import ResultOverlay
from realtime_fer.gui.view.spoken_description import CalmSpeaker
from realtime_fer.gui.view.view_overlays import (
    BACKGROUND,
    RECORD_FRAME_PX,
    Symbol,
    draw_message,
    draw_pill,
    draw_recording,
)
from realtime_fer.gui.widgets.plain_text import plain
from realtime_fer.gui.widgets.titles import clock_duration


class ViewState(Enum):
    """What the view shows. All states but LIVE show a message over the dimmed last picture.

    RETRYABLE is an error that the person can retry; after ERROR the program retries by itself or not at all.
    """

    STARTING = "starting"
    LIVE = "live"
    ERROR = "error"
    RETRYABLE = "retryable"
    ENDED = "ended"
    CLOSING = "closing"


#: Where the frame of a recording is painted; labels leave it free, so that they stay as they are when one begins.
_RECORD_FRAME = QMargins(RECORD_FRAME_PX, RECORD_FRAME_PX, RECORD_FRAME_PX, RECORD_FRAME_PX)

_SYMBOLS = {
    ViewState.STARTING: Symbol.DOTS,
    ViewState.ERROR: Symbol.WARNING,
    ViewState.RETRYABLE: Symbol.WARNING,
    ViewState.CLOSING: Symbol.DOTS,
}


def fitted(picture: QSize, area: QRect) -> QRect:
    """The largest rectangle of the picture's aspect, centred in ``area``; empty for an empty picture."""
    size = picture.scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(area.topLeft(), size)
    place.moveCenter(area.center())
    return place


class VideoView(QWidget):
    """Paints the newest result. Called only from the GUI thread.

    A picture is turned into the screen's pixel format once, when it arrives (0.3 ms at 720p); scaling it smoothly
    is then cheap (1 to 2 ms), so small print in it stays readable and a repaint for another reason costs no more.

    Args:
        painted: called once for each result, right after it was painted, with the milliseconds that took.
        clock: monotonic seconds; paces the descriptions for screen readers.

    Attributes:
        shown: the result whose picture is painted; None before the first.
        play_button: lies over the picture in a pause, and at the end of a file.
    """

    #: A source, a model's file, or a recording's folder was dropped onto the picture.
    source_dropped = pyqtSignal(str)
    model_dropped = pyqtSignal(str)
    recording_dropped = pyqtSignal(object)
    #: The state, or what is said of it, has changed.
    state_changed = pyqtSignal()

    def __init__(
        self, painted: Callable[[FrameResult, float], None], clock: Callable[[], float] = time.monotonic
    ) -> None:
        super().__init__()
        self._painted = painted
        self._speaker = CalmSpeaker(self._set_seen, clock)
        self._unpainted: FrameResult | None = None
        self.shown: FrameResult | None = None
        self._image: QImage | None = None
        self._frame_size = QSize()
        self._overlay = ResultOverlay()
        self._plates: list[QRect] = []
        self._paint_s = 0.0
        self._state = ViewState.STARTING
        self._headline, self._body = (
            translate("VideoView", "Starting…"),
            translate("VideoView", "Waiting for the first frame."),
        )
        self._paused = False
        self._position = ""
        self._task = ""
        self._recording_s: float | None = None
        self._kept = self._gap = self._sound = ""
        self._sound_level: float | None = None
        self._dragging = False
        self._ring = False
        self._seen = ""
        self._shown_generation: int | None = None
        self._stale_generation: int | None = None
        # First in the tab order and focused by a click, so that Space pauses unless a control has the focus.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 120)
        self.setAcceptDrops(True)
        self.setAccessibleName(self.tr("Video"))
        self.play_button = PlayButton(self)
        self._describe()

    @property
    def state(self) -> ViewState:
        return self._state

    @property
    def message(self) -> tuple[str, str]:
        """Headline and body of the message shown; empty while LIVE."""
        return ("", "") if self._state is ViewState.LIVE else (self._headline, self._body)

    @property
    def frame_rect(self) -> QRect:
        """Where in the widget the picture is painted; empty without one."""
        return QRect() if self._image is None else fitted(self._frame_size, self.rect())

    def sizeHint(self) -> QSize:
        return QSize(960, 600)

    def show_result(self, result: FrameResult) -> None:
        """Takes the picture, which Qt paints next. Ends STARTING, but no other state.

        Ignores results of the previous source that still arrive (see ``await_source``).
        """
        generation = result.frame.source_generation
        if self._stale_generation is not None and generation <= self._stale_generation:
            return
        self._stale_generation, self._shown_generation = None, generation
        began_s = time.perf_counter()
        image_bgr = result.frame.image_bgr
        self._frame_size = QSize(image_bgr.shape[1], image_bgr.shape[0])
        self._image = screen_image(image_bgr, self._pixels_of(fitted(self._frame_size, self.rect())))
        self._paint_s = time.perf_counter() - began_s
        self._unpainted = self.shown = result
        self._overlay.show(result)
        self._speaker.offer(result)
        if self._state is ViewState.STARTING:
            self.set_state(ViewState.LIVE)
        self.update()

    def _pixels_of(self, place: QRect) -> QSize:
        return place.size() * self.devicePixelRatioF()

    def _image_for(self, place: QRect) -> QImage:
        """The picture with at least as many pixels as ``place`` has, or all that there are."""
        assert self._image is not None
        wanted = self._pixels_of(place)
        if self.shown is not None and self._image.width() < min(wanted.width(), self._frame_size.width()):
            self._image = screen_image(self.shown.frame.image_bgr, wanted)
        return self._image

    def set_overlay_style(self, style: OverlayStyle) -> None:
        if style != self._overlay.style:
            self._overlay.style = style
            self.update()

    def set_state(self, state: ViewState, headline: str = "", body: str = "") -> None:
        if state in (ViewState.ERROR, ViewState.RETRYABLE) and self._stale_generation is not None:
            # Do not show one source's error over the faces of another.
            self._image = None
        self._state, self._headline, self._body = state, plain(headline), plain(body)
        self._describe()
        self._offer_play()
        self.update()
        self.state_changed.emit()

    def await_source(self, headline: str, body: str) -> None:
        """STARTING until the new source's first frame; an error before that removes the old picture."""
        self._stale_generation = self._shown_generation
        self.set_state(ViewState.STARTING, headline, body)

    def wait_for_loading(self) -> None:
        """STARTING until a file's first frame, which is read only when it can be analysed."""
        self.set_state(
            ViewState.STARTING,
            translate("VideoView", "Loading…"),
            translate(
                "VideoView",
                "Playback starts when face detector and model are ready, so that its beginning is analysed too.",
            ),
        )

    def has_frame(self) -> bool:
        return self._image is not None

    def set_paused(self, paused: bool) -> None:
        self._paused = paused
        self._describe()
        self._offer_play()
        self.update()

    def set_position(self, words: str) -> None:
        """Where in a file the picture is, told while it is paused; '' where there is no such place."""
        if words != self._position:
            self._position = words
            if self._paused:
                self._describe()
                self._offer_play()

    def _offer_play(self) -> None:
        """The button that plays on or again, where one can."""
        if self._state is ViewState.ENDED:
            again = translate("VideoView", "Play again (Space)")
            self.play_button.offer([self._headline], again, large=True)
        elif self._paused and self._state is ViewState.LIVE:
            paused = [translate("VideoView", "Paused – press Space to resume"), translate("VideoView", "Paused")]
            if self._position:
                paused = [f"{self._position} · {words}" for words in paused] + [self._position, paused[-1]]
            self.play_button.offer(paused, translate("VideoView", "Resume (Space)"))
        else:
            self.play_button.withdraw()

    def set_task(self, words: str) -> None:
        """Shows over the picture what the person is asked to do; '' for nothing."""
        self._task = words
        self._describe()
        self.update()

    def set_recording(
        self,
        seconds: float | None,
        kept: str = "",
        gap: str = "",
        sound: str = "",
        sound_level: float | None = None,
    ) -> None:
        """Shows how long the recording has run, what it keeps and what it lacks; None: nothing is recorded.

        Args:
            sound: whose sound it keeps, or ''.
            sound_level: how loud that is now, 0 to 1; None where nothing is heard.
        """
        if sound_level != self._sound_level:
            self._sound_level = sound_level
            self.update()
        if (_clock(seconds), kept, gap, sound) != (_clock(self._recording_s), self._kept, self._gap, self._sound):
            self._recording_s, self._kept, self._gap, self._sound = seconds, kept, gap, sound
            self._describe()
            self.update()

    def _set_seen(self, words: str) -> None:
        self._seen = words
        self._describe()

    def _describe(self) -> None:
        paused = self.tr("Paused.")
        if self._position:
            paused = translate("VideoView", "Paused at {position}.").format(position=self._position)
        said = [" ".join(self.message).strip(), paused if self._paused else ""]
        if self._state is ViewState.LIVE:
            said += [self._task, self._seen]
        if self._recording_s is not None:
            said.append(self.tr("Recording: {kept}.").format(kept=", ".join(filter(None, (self._kept, self._sound)))))
        self.setAccessibleDescription(" ".join(part for part in said if part))

    def paintEvent(self, event: QPaintEvent | None) -> None:
        began_s = time.perf_counter()
        painter = QPainter(self)
        area = self.rect()
        place = self.frame_rect
        for beside in QRegion(area).subtracted(QRegion(place)).rects():
            painter.fillRect(beside, BACKGROUND)
        if self._image is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, self._image_for(place))
            self._overlay.paint(painter, place, area.marginsRemoved(_RECORD_FRAME), self._plates)
        plates = [] if self.play_button.isHidden() else [self.play_button.geometry()]
        if self._state is ViewState.ENDED:
            # The last picture stays to be looked at, with the button over it.
            painter.fillRect(place, QColor(0, 0, 0, 50))
        elif self._state is not ViewState.LIVE:
            if self._image is not None:
                painter.fillRect(place, QColor(0, 0, 0, 165))
            draw_message(painter, area, _SYMBOLS[self._state], self._headline, self._body)
        elif self._task and not self._paused:
            plates.append(draw_pill(painter, area, self._task))
        if self._recording_s is not None:
            clock, sound = clock_duration(self._recording_s), (self._sound, self._sound_level)
            plates.append(draw_recording(painter, area, clock, self._kept, self._gap, sound))
        if self._ring:
            painter.setPen(QPen(QColor("#4f9ef0"), 4))
            painter.drawRect(area.adjusted(2, 2, -2, -2))
        if self._dragging:
            painter.setPen(QPen(QColor("#4f9ef0"), 6))
            painter.drawRect(area.adjusted(3, 3, -3, -3))
            draw_pill(painter, area, translate("VideoView", "Drop to open"))
        painter.end()
        if plates != self._plates:
            # Labels make room for them in the next moment.
            self._plates = plates
            self.update()
        result, self._unpainted = self._unpainted, None
        if result is not None:
            self._painted(result, 1000 * (self._paint_s + time.perf_counter() - began_s))

    def focusInEvent(self, event: QFocusEvent | None) -> None:
        """Draws a focus ring for the keyboard alone: after a click nobody needs it."""
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._ring = event is not None and event.reason() in reasons
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent | None) -> None:
        self._ring = False
        super().focusOutEvent(event)
        self.update()

    def dragEnterEvent(self, event: QDragEnterEvent | None) -> None:
        if event is not None and dropped_request(event.mimeData()):
            accept_copy(event)
            self._set_dragging(event.isAccepted())

    def dragMoveEvent(self, event: QDragMoveEvent | None) -> None:
        """Answers anew: the keys that are held change what the file manager proposes."""
        if event is not None and dropped_request(event.mimeData()):
            accept_copy(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent | None) -> None:
        self._set_dragging(False)

    def dropEvent(self, event: QDropEvent | None) -> None:
        self._set_dragging(False)
        request = dropped_request(event.mimeData()) if event is not None else ""
        if event is not None and request:
            accept_copy(event)
            if is_recording_folder(request):
                self.recording_dropped.emit(Path(request))
            else:
                (self.model_dropped if is_model_file(request) else self.source_dropped).emit(request)

    def _set_dragging(self, dragging: bool) -> None:
        self._dragging = dragging
        self.update()


def _clock(seconds: float | None) -> str | None:
    """The visible part of the time; only its change is worth a repaint."""
    return None if seconds is None else clock_duration(seconds)
