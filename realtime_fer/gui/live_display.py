"""Shows what the engine gives: each new result, and several times a second its figures."""

from __future__ import annotations

from dataclasses import replace

from PyQt5.QtCore import QObject, QTimer, pyqtSignal

from realtime_fer.gui.controllers.events.recording_display import RecordingDisplay
from realtime_fer.gui.controllers.live_docks import LiveDocks
from realtime_fer.gui.player.control import PlayerControl
from realtime_fer.gui.view.video_view import VideoView, ViewState
from realtime_fer.gui.widgets.status_bar import StatusBar
from realtime_fer.runtime.engine import Engine

STATUS_INTERVAL_MS = 250


class LiveDisplay(QObject):
    """Called only from the GUI thread."""

    #: With each result, once it is shown.
    shown = pyqtSignal(object)

    def __init__(
        self,
        engine: Engine,
        view: VideoView,
        docks: LiveDocks,
        player: PlayerControl,
        status: StatusBar,
        recording: RecordingDisplay,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._engine, self._view, self._docks, self._player = engine, view, docks, player
        self._status, self._recording = status, recording
        self._timer = QTimer(self)
        self._timer.setInterval(STATUS_INTERVAL_MS)
        self._timer.timeout.connect(self.show_stats)

    def start(self) -> None:
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def take_view(self) -> None:
        """Shows the newest result, if there is a new one."""
        result = self._engine.take_view()
        if result is not None:
            self._view.show_result(result)
            self._docks.take(result)
            self._player.take(result)
            self.shown.emit(result)

    def show_stats(self) -> None:
        stats = self._engine.stats()
        if not self._recording.running:
            # The recording's end was told already while its thread was still ending.
            stats = replace(stats, recording_s=None)
        stats = replace(stats, has_frames=self._view.state is ViewState.LIVE)
        self._status.show_stats(stats)
        self._docks.show_stats(stats)
        self._recording.show(stats.recording_s, stats.gap_s, stats.sound_level)
