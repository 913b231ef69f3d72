"""Asks the engine for a comparison model and for resting faces, and says what a person has to do for them."""

from __future__ import annotations

from PyQt5.QtCore import QObject

from realtime_fer.gui.panel.control_panel import ControlPanel
from realtime_fer.gui.view.video_view import VideoView
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.gui.widgets.plain_text import plain
from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.events import RestingFacesLearning


class AnalysisControl(QObject):
    """Called only from the GUI thread."""

    def __init__(
        self, engine: Engine, panel: ControlPanel, view: VideoView, notices: NoticeBar, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._engine, self._view, self._notices = engine, view, notices
        self._whose: int | None = None
        panel.compare.chosen.connect(self._compare)

    def _compare(self, model_id: str) -> None:
        self._notices.dismiss("comparison")
        self._engine.load_comparison(model_id)

    def learn_resting_faces(self, identity: int | None = None) -> None:
        """One person, or everybody in view."""
        self._whose = identity
        words = self.tr(
            "For three seconds, look at the camera with a relaxed face; do not smile or speak. From then on, "
            "expressions that the relaxed face resembles count less, and movements are measured from it. "
            "Shift+C stops this."
        )
        self._notices.show_notice(Notice("resting_faces", Severity.INFO, words))
        if identity is None:
            self._engine.learn_resting_faces()
        else:
            self._engine.learn_resting_faces(self._engine.people.now.numbers_of(identity))

    def forget_resting_faces(self, identity: int | None = None) -> None:
        """Forgets one person's resting face, or everybody's."""
        if identity is None:
            self._engine.forget_resting_faces()
            words = self.tr("No resting face is used any more: expressions count as the model gives them.")
        else:
            self._engine.forget_resting_faces(self._engine.people.now.numbers_of(identity))
            words = self.tr(
                "The resting face of {person} is not used any more: expressions count as the model gives them."
            ).format(person=plain(self._engine.people.now.label_of(identity)))
        self._notices.show_notice(Notice("resting_faces", Severity.INFO, words))

    def show_learning(self, event: RestingFacesLearning) -> None:
        """Says over the picture what to do, and for how long."""
        if self._whose is not None and event.faces:
            words = self.tr("{person}: keep a relaxed face and look at the camera: {seconds} s")
        elif self._whose is not None:
            words = self.tr("Learning the resting face of {person}, who is not in view: {seconds} s")
        elif event.faces:
            words = self.tr("Keep a relaxed face and look at the camera: {seconds} s")
        else:
            words = self.tr("Learning resting faces, but no face is in view: {seconds} s")
        label = "" if self._whose is None else plain(self._engine.people.now.label_of(self._whose))
        self._view.set_task(words.format(person=label, seconds=event.remaining_s))
