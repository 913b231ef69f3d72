"""What each of the engine's events changes in the window, and the choices that came of them."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from realtime_fer.core.cards.model_spec import ModelSpec, one_line
from realtime_fer.core.request import Kind, SourceRequest
from realtime_fer.core.text.translation import said, translate
from realtime_fer.gui.controllers.notices import notice_for
from realtime_fer.gui.controllers.recording_display import RecordingDisplay
from realtime_fer.gui.menus import WindowActions
from realtime_fer.gui.panel.control_panel import ControlPanel
from realtime_fer.gui.view.video_view import VideoView, ViewState
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.runtime.events import (
    DetectorAdopted,
    DetectorRefused,
    EngineEvent,
    EngineFailed,
    ModelAdopted,
    ModelRefused,
    ModelTimed,
    PictureDoubtful,
    RecordingStarted,
    RecordingStopped,
    SourceEnded,
    SourceLost,
    SourceOpened,
    SourceStalled,
    SourceWaits,
)

logger = logging.getLogger(__name__)


class EventDisplay:
    """Called only from the GUI thread.

    Attributes:
        wanted_model, wanted_detector: what the person chose last and was not refused; '' before any choice.
    """

    def __init__(
        self,
        view: VideoView,
        panel: ControlPanel,
        notices: NoticeBar,
        actions: WindowActions,
        recording: RecordingDisplay,
        model_specs: Sequence[ModelSpec],
    ) -> None:
        self._view, self._panel, self._notices, self._actions = view, panel, notices, actions
        self._recording = recording
        self.set_models(model_specs)
        self._model = self._detector = self._granted_detector = ""
        self.wanted_model = self.wanted_detector = ""

    def set_models(self, specs: Sequence[ModelSpec]) -> None:
        self._titles = {spec.model_id: one_line(spec.name) for spec in specs}

    def want_model(self, model_id: str) -> bool:
        """Shows it as chosen; False when it is running or being loaded already."""
        if not model_id or model_id == (self.wanted_model or self._model):
            self._show_model(model_id or self._model)
            return False
        self.wanted_model = model_id
        self._notices.dismiss("model")
        self._show_model(model_id)
        return True

    def want_detector(self, name: str) -> bool:
        """Shows it as chosen; False when it is running or being loaded already.

        The one that was replaced by another for want of a file may be asked for again: the file may be there now.
        """
        if name == self._detector and self.wanted_detector in ("", name):
            self._show_detector(name)
            return False
        self.wanted_detector = name
        self._notices.dismiss("detector")
        self._show_detector(name)
        return True

    def show_event(self, event: EngineEvent) -> None:
        notice = notice_for(event, lambda model_id: self._titles.get(model_id, model_id))
        if notice is not None:
            self._notices.show_notice(notice)
        if isinstance(event, SourceOpened):
            self._source_opened(event)
        elif isinstance(event, SourceLost):
            self._source_lost(event)
        elif isinstance(event, SourceStalled):
            # Its next picture ends this by itself.
            self._view.set_state(ViewState.STARTING, translate("EventDisplay", "No picture"), said(event.sentence))
        elif isinstance(event, SourceWaits):
            self._view.wait_for_loading()
        elif isinstance(event, PictureDoubtful):
            if not event.sentence:
                self._notices.dismiss("picture")
        elif isinstance(event, SourceEnded):
            self._source_ended(event)
        elif isinstance(event, ModelAdopted):
            self._model = event.model_id
            self._panel.set_speed(event.model_id, event.ms_a_face)
            if event.sentence:
                # It only stands in: the one that was chosen may be asked for again.
                self.wanted_model = ""
            elif not event.warning:
                self._notices.dismiss("model")
            if self.wanted_model in ("", event.model_id):
                self._show_model(event.model_id)
        elif isinstance(event, ModelTimed):
            self._panel.set_speed(event.model_id, event.ms_a_face, settled=True)
        elif isinstance(event, ModelRefused):
            self._model = event.running
            # Not a late answer about one that was given up for another since then.
            if self.wanted_model in ("", event.model_id):
                self.wanted_model = event.running
                self._show_model(event.running)
        elif isinstance(event, DetectorAdopted):
            self._detector = event.name
            if not event.sentence:
                self._granted_detector = event.name
                given_up = self.wanted_detector not in ("", event.name)
            else:
                given_up = False
            if not given_up:
                self._show_detector(event.name)
        elif isinstance(event, DetectorRefused):
            if self.wanted_detector in ("", event.name):
                # One that only stands in for want of a file is not what the person chose.
                self.wanted_detector = self._granted_detector
                self._show_detector(event.running)
        elif isinstance(event, RecordingStarted):
            self._recording.begin()
        elif isinstance(event, RecordingStopped):
            self._recording.end()
        elif isinstance(event, EngineFailed):
            logger.error("%s %s", event.sentence, event.detail)
            advice = translate("EventDisplay", "Choose another source, or restart the program.")
            stopped = translate("EventDisplay", "The video has stopped")
            self._view.set_state(ViewState.ERROR, stopped, f"{said(event.sentence)} {advice}")

    def source_chosen(self, request: SourceRequest) -> None:
        """It is being opened: from here on the title is about this one."""
        name = self._name_of(request)
        opening = translate("EventDisplay", "Opening {name}…").format(name=name)
        self._recording.show_source(opening if name else translate("EventDisplay", "Starting…"))

    def _name_of(self, request: SourceRequest) -> str:
        """'' where it turns out only when it is opened."""
        return self._panel.source.name_of(request.value) or (request.value if request.kind is not Kind.AUTO else "")

    def _source_opened(self, event: SourceOpened) -> None:
        self._panel.source.show_running(event.request.value, said(event.name))
        self._recording.show_source(said(event.name))
        if not event.sentence:
            self._notices.dismiss("source")
        self._notices.dismiss("picture")
        if self._view.state in (ViewState.ERROR, ViewState.RETRYABLE, ViewState.ENDED):
            # The same source came back: its next picture is the next there is.
            self._view.set_state(
                ViewState.STARTING,
                translate("EventDisplay", "Starting…"),
                translate("EventDisplay", "Waiting for the first frame."),
            )

    def _source_ended(self, event: SourceEnded) -> None:
        if event.request.kind is Kind.FOLDER:
            self._view.set_state(
                ViewState.ENDED,
                translate("EventDisplay", "All pictures have been shown"),
                translate("EventDisplay", "Press Space to show them again."),
            )
        elif event.request.kind is not Kind.PICTURE:
            self._view.set_state(
                ViewState.ENDED,
                translate("EventDisplay", "The video has ended"),
                translate("EventDisplay", "Press Space to play it again."),
            )
        # A single picture stays to be looked at.

    def _source_lost(self, event: SourceLost) -> None:
        if event.retry_in_s is None:
            state = ViewState.RETRYABLE
            advice = translate("EventDisplay", "Choose another source, or press Space to retry.")
        else:
            state = ViewState.ERROR
            advice = translate("EventDisplay", "Retrying automatically every few seconds.")
        name = self._name_of(event.request)
        self._panel.source.show_running(event.request.value, self._panel.source.name_of(event.request.value))
        nothing = translate("EventDisplay", "{name}: no picture").format(name=name)
        self._recording.show_source(nothing if name else translate("EventDisplay", "No picture"))
        self._view.set_state(state, translate("EventDisplay", "No picture"), f"{said(event.sentence)} {advice}")

    def _show_model(self, model_id: str) -> None:
        self._panel.show_model(model_id)
        self._actions.show_model(model_id)

    def _show_detector(self, name: str) -> None:
        self._panel.show_detector(name)
        self._actions.show_detector(name)
