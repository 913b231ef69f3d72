"""The one place where the engine's events reach the window: each kind of event, and whom it concerns."""

from __future__ import annotations

import logging
from typing import Protocol

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
from realtime_fer.gui.people.resting_files import RestingFiles
from realtime_fer.gui.player.control import PlayerControl
from realtime_fer.gui.recordings.control import RecordingsControl
from realtime_fer.gui.view.video_view import VideoView, ViewState
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.runtime import events
from realtime_fer.runtime.events import EngineEvent

logger = logging.getLogger(__name__)


class EventParts(Protocol):
    """The window's parts that events concern."""

    analysis: AnalysisControl
    docks: LiveDocks
    models: ModelChoice
    notices: NoticeBar
    own_models: OwnModels
    panel: ControlPanel
    player: PlayerControl
    recording: RecordingDisplay
    recordings: RecordingsControl
    resting_files: RestingFiles
    source_display: SourceDisplay
    sources: SourceControl
    view: VideoView


class EventDispatcher:
    """Called only from the GUI thread."""

    def __init__(self, parts: EventParts) -> None:
        self._parts = parts

    def dispatch(self, event: EngineEvent) -> None:
        parts = self._parts
        notice = notice_for(event, parts.models.title_of, parts.docks.history.said)
        if notice is not None:
            parts.notices.show_notice(notice)
        match event:
            case events.SourceOpened():
                parts.source_display.opened(event)
                parts.sources.source_opened(event.request)
                parts.player.source_opened(event)
            case events.SourceWaits():
                parts.view.wait_for_loading()
            case events.SourceStalled():
                parts.source_display.stalled(event)
            case events.SourceLost():
                parts.source_display.lost(event)
            case events.SourceEnded():
                parts.source_display.ended(event)
                parts.player.source_ended()
            case events.FrameWarning(sentence=""):
                parts.notices.dismiss("picture")
            case events.ModelAdopted():
                parts.panel.set_speed(event.model_id, event.ms_a_face)
                parts.models.model_adopted(event)
                parts.own_models.remember(event.model_id)
            case events.ModelRefused():
                parts.models.model_refused(event)
                parts.own_models.drop(event.model_id)
            case events.ModelTimed():
                parts.panel.set_speed(event.model_id, event.ms_a_face, when_idle=True)
            case events.DetectorAdopted():
                parts.models.detector_adopted(event)
            case events.DetectorRefused():
                parts.models.detector_refused(event)
            case events.ComparisonAdopted():
                parts.panel.compare.set_key(event.model_id)
            case events.ComparisonRefused():
                parts.panel.compare.set_key(event.running)
            case events.RestingFacesLearning():
                parts.analysis.show_learning(event)
            case events.RestingFaceUsed() | events.RestingFaceRefused():
                parts.view.set_task("")
            case events.RestingFacesLearnt():
                parts.view.set_task("")
                parts.resting_files.remember(event)
            case events.RestingFacesFailed() | events.RestingFacesEnded():
                parts.view.set_task("")
            case events.PeopleChanged():
                parts.docks.follow_people(event)
            case events.RecordingStarted():
                parts.recording.begin(event.microphone)
                parts.recordings.recording_began(event.folder)
            case events.RecordingSoundLost():
                parts.recording.lose_sound()
            case events.RecordingStopped():
                parts.recording.end()
                parts.recordings.recording_ended()
            case events.MarkerAdded():
                parts.docks.history.add_marker(event.time_s, event.text)
                parts.player.marker_added(event)
            case events.EngineFailed():
                self._show_failure(event)

    def _show_failure(self, event: events.EngineFailed) -> None:
        logger.error("%s %s", event.sentence, event.detail)
        advice = translate("EventDispatcher", "Choose another source, or restart the program.")
        stopped = translate("EventDispatcher", "The video has stopped")
        self._parts.view.set_state(ViewState.ERROR, stopped, f"{said(event.sentence)} {advice}")
