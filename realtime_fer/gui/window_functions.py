"""What the window calls outside of itself: it knows neither sources nor sinks nor reports."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from realtime_fer.core.live import LiveOutlets
from realtime_fer.core.own_expressions.files import OwnFiles, OwnNow
from realtime_fer.core.sessions.recordings import MakeReader
from realtime_fer.core.settings import Settings
from realtime_fer.core.sound import SoundDevices
from realtime_fer.core.triggers.confirmed import ConfirmedCommands
from realtime_fer.gui.controllers.model_speeds import TimeModels
from realtime_fer.gui.panel.source_box import ListCameras
from realtime_fer.gui.player.thumbnail_loader import ReadThumbnail
from realtime_fer.gui.recordings.report_control import MakeReport
from realtime_fer.gui.review.review_files import ReviewFiles
from realtime_fer.runtime.triggers.runner import TriggerRunner


def _time_none(model_ids: object, stopped: object) -> tuple[()]:
    return ()


def _keep_nothing(settings: Settings) -> None:
    pass


@dataclass(frozen=True)
class WindowFunctions:
    """All but ``recordings_folder`` and ``keep`` are called in threads of the window's own.

    Attributes:
        recordings_folder: from the settings to the folder that is offered to be opened.
        make_report: from a recording's folder to its report.
        make_reader: gives what reads recordings.
        review_files: what the review of a recording reads and writes.
        read_thumbnail: of one picture of a folder.
        time_models: called when the list of models is opened.
        keep: called with the settings of the moment once a second, so that a kill loses none; raises SettingsError.
        sound: the microphones; None for none.
        outlets: to other programs; None for none.
        resting_faces_folder: of the resting faces that a person keeps; None for none.
        triggers: does what triggers ask for outside of the window.
        confirmed: the commands that triggers may run.
        own: what recordings read of the own expressions.
        own_files: keeps these; None keeps nothing.
    """

    list_cameras: ListCameras
    recordings_folder: Callable[[Settings], Path]
    make_report: MakeReport
    make_reader: MakeReader
    review_files: ReviewFiles
    read_thumbnail: ReadThumbnail
    time_models: TimeModels = _time_none
    keep: Callable[[Settings], None] = _keep_nothing
    sound: SoundDevices | None = None
    outlets: LiveOutlets | None = None
    resting_faces_folder: Path | None = None
    triggers: TriggerRunner = field(default_factory=lambda: TriggerRunner({}))
    confirmed: ConfirmedCommands = field(default_factory=lambda: ConfirmedCommands(None))
    own: OwnNow = field(default_factory=OwnNow)
    own_files: OwnFiles | None = None
