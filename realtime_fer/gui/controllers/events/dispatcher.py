"""The one place where the engine's events reach the window: each kind of event, and whom it concerns."""

from __future__ import annotations

import logging

from realtime_fer.core.text.translation import said, translate
from realtime_fer.gui.controllers.analysis_control import AnalysisControl
from realtime_fer.gui.controllers.events.notices import notice_for
from realtime_fer.gui.controllers.events.recording_display import RecordingDisplay
from realtime_fer.gui.controllers.events.source_display import SourceDisplay
from realtime_fer.gui.controllers.live_docks import LiveDocks
from realtime_fer.gui.controllers.model_choice import ModelChoice
from realtime_fer.gui.controllers.own_models import OwnModels
from realtime_fer.gui.controllers.source_control import SourceControl
from realtime_fer.gui.panel.control_panel import ControlPanel
from realtime_fer.gui.player.control import PlayerControl
from realtime_fer.gui.recordings.control import RecordingsControl
from realtime_fer.gui.view.video_view import VideoView, ViewState
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.runtime import events
from realtime_fer.runtime.events import EngineEvent

logger = logging.getLogger(__name__)


class EventDispatcher:
    """Called only from the GUI thread."""

    def __init__(
        self,
        *,
        view: VideoView,
        panel: ControlPanel,
        notices: NoticeBar,
        recording: RecordingDisplay,
        source_display: SourceDisplay,
        sources: SourceControl,
        models: ModelChoice,
        own_models: OwnModels,
        analysis: AnalysisControl,
        docks: LiveDocks,
        recordings: RecordingsControl,
        player: PlayerControl,
    ) -> None:
        self._view, self._panel, self._notices, self._recording = view, panel, notices, recording
        self._source_display, self._sources = source_display, sources
        self._models, self._own_models, self._analysis, self._docks = models, own_models, analysis, docks
        self._recordings = recordings
        self._player = player

    def dispatch(self, event: EngineEvent) -> None:
        notice = notice_for(event, self._models.title_of, self._docks.history.said)
        if notice is not None:
            self._notices.show_notice(notice)
        match event:
            case events.SourceOpened():
                self._source_display.opened(event)
                self._sources.source_opened(event.request)
                self._player.source_opened(event)
            case events.SourceWaits():
                self._view.wait_for_loading()
            case events.SourceStalled():
                self._source_display.stalled(event)
            case events.SourceLost():
                self._source_display.lost(event)
            case events.SourceEnded():
                self._source_display.ended(event)
                self._player.source_ended()
            case events.FrameWarning(sentence=""):
                self._notices.dismiss("picture")
            case events.ModelAdopted():
                self._panel.set_speed(event.model_id, event.ms_a_face)
                self._models.model_adopted(event)
                self._own_models.remember(event.model_id)
            case events.ModelRefused():
                self._models.model_refused(event)
                self._own_models.drop(event.model_id)
            case events.ModelTimed():
                self._panel.set_speed(event.model_id, event.ms_a_face, when_idle=True)
            case events.DetectorAdopted():
                self._models.detector_adopted(event)
            case events.DetectorRefused():
                self._models.detector_refused(event)
            case events.ComparisonAdopted():
                self._panel.compare.set_key(event.model_id)
            case events.ComparisonRefused():
                self._panel.compare.set_key(event.running)
            case events.RestingFacesLearning():
                self._analysis.show_learning(event)
            case events.RestingFacesLearnt() | events.RestingFacesFailed() | events.RestingFacesEnded():
                self._view.set_task("")
            case events.PeopleChanged():
                self._docks.follow_people(event)
            case events.RecordingStarted():
                self._recording.begin(event.microphone)
                self._recordings.recording_began(event.folder)
            case events.RecordingSoundLost():
                self._recording.lose_sound()
            case events.RecordingStopped():
                self._recording.end()
                self._recordings.recording_ended()
            case events.MarkerAdded():
                self._docks.history.add_marker(event.time_s, event.text)
                self._player.marker_added(event)
            case events.EngineFailed():
                self._show_failure(event)

    def _show_failure(self, event: events.EngineFailed) -> None:
        logger.error("%s %s", event.sentence, event.detail)
        advice = translate("EventDispatcher", "Choose another source, or restart the program.")
        stopped = translate("EventDispatcher", "The video has stopped")
        self._view.set_state(ViewState.ERROR, stopped, f"{said(event.sentence)} {advice}")
