"""What is asked of the analysis beside the model: a second one to compare with, and learning resting faces."""

from __future__ import annotations

from PyQt5.QtCore import QObject

from realtime_fer.gui.control_panel import ControlPanel
from realtime_fer.gui.notice_bar import NoticeBar
from realtime_fer.gui.video_view import VideoView
from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.events import (
    CalibrationDone,
    CalibrationEnded,
    CalibrationFailed,
    CalibrationRunning,
    ComparisonAdopted,
    ComparisonRefused,
    EngineEvent,
)


class AnalysisControl(QObject):
    """Called only from the GUI thread."""

    def __init__(
        self, engine: Engine, panel: ControlPanel, view: VideoView, notices: NoticeBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._engine, self._panel, self._view, self._notices = engine, panel, view, notices
        panel.compare.chosen.connect(self._compare)

    def _compare(self, model_id: str) -> None:
        self._notices.dismiss("comparison")
        self._engine.load_comparison(model_id)

    def calibrate(self) -> None:
        """Everybody in view."""
        self._notices.dismiss("calibration")
        self._engine.calibrate()

    def undo_calibration(self) -> None:
        self._notices.dismiss("calibration")
        self._engine.undo_calibration()

    def show_event(self, event: EngineEvent) -> None:
        if isinstance(event, CalibrationRunning):
            asked = self.tr("Keep a relaxed face and look at the camera: {seconds} s")
            nobody = self.tr("Learning resting faces, but no face is in view: {seconds} s")
            self._view.set_task((asked if event.faces else nobody).format(seconds=event.remaining_s))
        elif isinstance(event, (CalibrationDone, CalibrationFailed, CalibrationEnded)):
            self._view.set_task("")
        elif isinstance(event, ComparisonAdopted):
            self._panel.compare.set_key(event.model_id)
        elif isinstance(event, ComparisonRefused):
            self._panel.compare.set_key(event.running)
