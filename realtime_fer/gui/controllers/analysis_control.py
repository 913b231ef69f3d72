"""Asks the engine for a comparison model and for resting faces, and says what a person has to do for them."""

from __future__ import annotations

from collections.abc import Callable

from PyQt5.QtCore import QObject, QTimer

from realtime_fer.gui.panel.control_panel import ControlPanel
from realtime_fer.gui.view.video_view import VideoView
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.gui.widgets.plain_text import plain
from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.events import RestingFacesLearning

#: To get ready in, before a resting face is learned.
READY_S = 3


class AnalysisControl(QObject):
    """Called only from the GUI thread.

    Args:
        can_get_ready: whether who is in view can be asked to get ready; people in a file cannot.
    """

    def __init__(
        self,
        engine: Engine,
        panel: ControlPanel,
        view: VideoView,
        notices: NoticeBar,
        can_get_ready: Callable[[], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._engine, self._view, self._notices = engine, view, notices
        self._can_get_ready = can_get_ready
        self._whose: int | None = None
        self._ready_s = 0
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self._count_down)
        panel.compare.chosen.connect(self._compare)

    def _compare(self, model_id: str) -> None:
        self._notices.dismiss("comparison")
        self._engine.load_comparison(model_id)

    def learn_resting_faces(self, identity: int | None = None) -> None:
        """One person, or everybody in view."""
        self._whose = identity
        if not self._can_get_ready():
            words = self.tr(
                "Some relaxed faces look sad or angry to a model. For the next three seconds, everyone in view "
                "should keep a relaxed face, without smiling or speaking. Expressions that these faces resemble "
                "then count less. Shift+C stops this."
            )
            self._notices.show_notice(Notice("resting_faces", Severity.INFO, words))
            self._learn()
            return
        words = self.tr(
            "Some relaxed faces look sad or angry to a model. After the countdown, look at the camera with a "
            "relaxed face for three seconds, without smiling or speaking. Expressions that your relaxed face "
            "resembles then count less. Shift+C stops this."
        )
        self._notices.show_notice(Notice("resting_faces", Severity.INFO, words))
        self._ready_s = READY_S
        self._timer.start()
        self._show_ready()

    def _count_down(self) -> None:
        self._ready_s -= 1
        if self._ready_s > 0:
            self._show_ready()
        else:
            self._timer.stop()
            self._learn()

    def _show_ready(self) -> None:
        if self._whose is None:
            words = self.tr("Get ready to look at the camera with a relaxed face: {seconds}")
        else:
            words = self.tr("{person}: get ready to look at the camera with a relaxed face: {seconds}")
        self._show_task(words, self._ready_s)

    def _learn(self) -> None:
        if self._whose is None:
            self._engine.learn_resting_faces()
        else:
            self._engine.learn_resting_faces(self._engine.people.now.numbers_of(self._whose))

    def _end_countdown(self) -> None:
        if self._timer.isActive():
            self._timer.stop()
            self._view.set_task("")

    def forget_resting_faces(self, identity: int | None = None) -> None:
        """Forgets one person's resting face, or everybody's, and stops what is under way."""
        self._end_countdown()
        if identity is None:
            self._engine.forget_resting_faces()
            words = self.tr("Resting faces are no longer used: expressions are shown as the model gives them.")
        else:
            self._engine.forget_resting_faces(self._engine.people.now.numbers_of(identity))
            words = self.tr(
                "The resting face of {person} is no longer used: expressions are shown as the model gives them."
            ).format(person=plain(self._engine.people.now.label_of(identity)))
        self._notices.show_notice(Notice("resting_faces", Severity.INFO, words))

    def show_learning(self, event: RestingFacesLearning) -> None:
        """Says over the picture what to do, and for how long."""
        if self._timer.isActive():
            # It is to be learned anew.
            return
        if self._whose is not None and event.faces:
            words = self.tr("{person}: keep a relaxed face and look at the camera: {seconds} s")
        elif self._whose is not None:
            words = self.tr("Learning the resting face of {person}, who is not in view: {seconds} s")
        elif event.faces:
            words = self.tr("Keep a relaxed face and look at the camera: {seconds} s")
        else:
            words = self.tr("Learning resting faces, but no face is in view: {seconds} s")
        self._show_task(words, event.remaining_s)

    def _show_task(self, words: str, seconds: int) -> None:
        label = "" if self._whose is None else plain(self._engine.people.now.label_of(self._whose))
        self._view.set_task(words.format(person=label, seconds=seconds))
