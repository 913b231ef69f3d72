"""Which model and detector a person has chosen: asks the engine for them, and shows what came of it."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QObject, pyqtSignal

from realtime_fer.core.cards.model_spec import ModelSpec, one_line
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.events import DetectorAdopted, DetectorRefused, ModelAdopted, ModelRefused


class ModelChoice(QObject):
    """Called only from the GUI thread.

    Attributes:
        wanted_model, wanted_detector: what was chosen last and not refused; '' before any choice.
    """

    #: The id of the model, or the name of the detector, that is to be shown as the chosen one.
    model_shown = pyqtSignal(str)
    detector_shown = pyqtSignal(str)

    def __init__(self, engine: Engine, notices: NoticeBar, specs: Sequence[ModelSpec], parent: QObject) -> None:
        super().__init__(parent)
        self._engine, self._notices = engine, notices
        self._model = self._detector = self._granted_detector = ""
        self.wanted_model = self.wanted_detector = ""
        self.set_models(specs)

    def set_models(self, specs: Sequence[ModelSpec]) -> None:
        self._titles = {spec.model_id: one_line(spec.name) for spec in specs}

    def title_of(self, model_id: str) -> str:
        return self._titles.get(model_id, model_id)

    def choose_model(self, model_id: str) -> None:
        """Loads it, unless it runs or is being loaded already."""
        if not model_id or model_id == (self.wanted_model or self._model):
            self.model_shown.emit(model_id or self._model)
        else:
            self.load_model(model_id)

    def load_model(self, model_id: str) -> None:
        """Loads it even where it runs: its file may be another by now."""
        self.wanted_model = model_id
        self._notices.dismiss("model")
        self.model_shown.emit(model_id)
        self._engine.load_model(model_id)

    def choose_detector(self, name: str) -> None:
        """Loads it, unless it runs or is being loaded already.

        One that another stands in for, for want of a file, may be chosen again: the file may be there now.
        """
        if name == self._detector and self.wanted_detector in ("", name):
            self.detector_shown.emit(name)
            return
        self.wanted_detector = name
        self._notices.dismiss("detector")
        self.detector_shown.emit(name)
        self._engine.load_detector(name)

    def model_adopted(self, event: ModelAdopted) -> None:
        self._model = event.model_id
        if event.sentence:
            # It only stands in: the one that was chosen may be chosen again.
            self.wanted_model = ""
        elif not event.warning:
            self._notices.dismiss("model")
        if self.wanted_model in ("", event.model_id):
            self.model_shown.emit(event.model_id)

    def model_refused(self, event: ModelRefused) -> None:
        self._model = event.running
        # A late answer about a model that was given up for another since then changes no choice.
        if self.wanted_model in ("", event.model_id):
            self.wanted_model = event.running
            self.model_shown.emit(event.running)

    def detector_adopted(self, event: DetectorAdopted) -> None:
        self._detector = event.name
        if not event.sentence:
            self._granted_detector = event.name
            if self.wanted_detector not in ("", event.name):
                # Another one was chosen since then.
                return
        self.detector_shown.emit(event.name)

    def detector_refused(self, event: DetectorRefused) -> None:
        if self.wanted_detector in ("", event.name):
            # A detector that only stands in for want of a file is not what the person chose.
            self.wanted_detector = self._granted_detector
            self.detector_shown.emit(event.running)
