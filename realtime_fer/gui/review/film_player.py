"""Plays the video under review in its own thread, and says where it is."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QObject, Qt, pyqtSignal

from realtime_fer.core.protocols import SeekableSource
from realtime_fer.gui.player.position import SPEEDS
from realtime_fer.gui.review.film_view import FilmSignals
from realtime_fer.runtime.film_reader import FilmFrame, FilmReader

#: A frame this much before the place asked for is the one on screen there, where no gap lies between.
_NEAR_S = 0.1


class FilmPlayer(QObject):
    """Called only from the GUI thread.

    Args:
        fallback: gives what is shown where ``source`` cannot be opened.

    Attributes:
        position_s: of the frame on screen, or that was asked for last.
        speed: 1 is the video's own.
    """

    frame_shown = pyqtSignal(object)
    position_changed = pyqtSignal(float)
    playing_changed = pyqtSignal(bool)
    speed_changed = pyqtSignal(float)
    #: Seconds, or None where the video does not tell.
    opened = pyqtSignal(object)
    failed = pyqtSignal(str)

    def __init__(
        self,
        source: SeekableSource,
        fallback: Callable[[], SeekableSource],
        duration_s: Callable[[], float],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._fallback, self._duration_s = fallback, duration_s
        self._is_open = False
        self._signals = FilmSignals()
        self._reader = FilmReader(source, self._signals)
        self._stopped = False
        self._asked_s: float | None = None
        self.position_s = 0.0
        self.speed = 1.0
        self._loops = False
        self.is_playing = False
        queued = Qt.ConnectionType.QueuedConnection
        self._signals.ready.connect(self._take, queued)  # type: ignore[call-arg]
        self._signals.opened.connect(self._tell_opened, queued)  # type: ignore[call-arg]
        self._signals.ended.connect(self._ended, queued)  # type: ignore[call-arg]
        self._signals.failed.connect(self._tell_failed, queued)  # type: ignore[call-arg]

    def begin(self) -> None:
        self._reader.start()

    def stop(self) -> None:
        self._stopped = True
        self._reader.stop()

    def show_instead(self, source: SeekableSource) -> None:
        """Another video, at the same place."""
        self._set_playing(False)
        self._is_open = False
        self._read(source)

    def toggle(self) -> None:
        """Plays or pauses; from the end it plays from the beginning."""
        if not self.is_playing and self.position_s >= self._duration_s() - 0.1:
            self.seek(0.0)
        self._set_playing(not self.is_playing)

    def seek(self, t_s: float) -> None:
        t_s = min(max(0.0, t_s), self._duration_s())
        self._asked_s = t_s
        self._reader.seek(t_s)
        # At once, so that a second step of a key goes on from here.
        self._tell_position(t_s)

    def step(self, frames: int) -> None:
        self._set_playing(False)
        self._asked_s = None
        self._reader.step(frames)

    def set_speed(self, factor: float) -> None:
        self.speed = factor
        self._reader.set_speed(factor)
        self.speed_changed.emit(factor)

    def step_speed(self, step: int) -> None:
        """To the next of ``SPEEDS``; 0 back to 1."""
        at = SPEEDS.index(self.speed) + step if step and self.speed in SPEEDS else SPEEDS.index(1.0)
        self.set_speed(SPEEDS[min(max(0, at), len(SPEEDS) - 1)])

    def set_looping(self, loops: bool) -> None:
        self._loops = loops
        self._reader.set_looping(loops)

    def _read(self, source: SeekableSource) -> None:
        self._reader.stop()
        self._reader = FilmReader(source, self._signals)
        self._reader.set_speed(self.speed)
        self._reader.set_looping(self._loops)
        self._reader.seek(self.position_s)
        self._reader.start()

    def _set_playing(self, playing: bool) -> None:
        if playing != self.is_playing:
            self.is_playing = playing
            self._asked_s = None
            self._reader.set_playing(playing)
            self.playing_changed.emit(playing)

    def _take(self) -> None:
        frame: FilmFrame | None = self._reader.take()
        if frame is None or self._stopped:
            return
        self.frame_shown.emit(frame)
        # While the mouse is dragged, the playhead follows the mouse and not the frames that come after it.
        if self._asked_s is None or self.is_playing or 0 <= self._asked_s - frame.time_s < _NEAR_S:
            self._asked_s = None
            self._tell_position(frame.time_s)

    def _tell_position(self, t_s: float) -> None:
        self.position_s = t_s
        self.position_changed.emit(t_s)

    def _tell_opened(self, duration_s: float | None) -> None:
        if not self._stopped:
            self._is_open = True
            self.opened.emit(duration_s)

    def _ended(self) -> None:
        if not self._stopped and self.is_playing:
            self.is_playing = False
            self.playing_changed.emit(False)

    def _tell_failed(self, sentence: str) -> None:
        if self._stopped:
            return
        self._ended()
        self.failed.emit(sentence)
        if not self._is_open:
            self._is_open = True
            self._read(self._fallback())
