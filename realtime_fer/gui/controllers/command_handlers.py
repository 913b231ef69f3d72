"""Maps each command of menus and keys to what it does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from PyQt5.QtWidgets import QWidget

from realtime_fer.gui.analyse.control import AnalyseControl
from realtime_fer.gui.controllers.analysis_control import AnalysisControl
from realtime_fer.gui.controllers.choices import Choices
from realtime_fer.gui.controllers.face_menu import FaceMenu
from realtime_fer.gui.controllers.live_docks import LiveDocks
from realtime_fer.gui.controllers.markers import MarkerControl
from realtime_fer.gui.controllers.overlay_control import OverlayControl
from realtime_fer.gui.controllers.own_models import OwnModels
from realtime_fer.gui.controllers.source_control import SourceControl
from realtime_fer.gui.dialogs import help
from realtime_fer.gui.dialogs.welcome import WelcomePage
from realtime_fer.gui.panel.control_panel import ControlPanel
from realtime_fer.gui.panel.source_box import DEMO, OPEN_ADDRESS, OPEN_FOLDER, OPEN_VIDEO
from realtime_fer.gui.people.resting_files import RestingFiles
from realtime_fer.gui.player.control import PlayerControl
from realtime_fer.gui.player.volume import VolumeControl
from realtime_fer.gui.recordings.control import RecordingsControl
from realtime_fer.gui.review.control import ReviewControl
from realtime_fer.gui.teach.control import TeachControl
from realtime_fer.gui.triggers.control import TriggerControl


class PictureSurroundings(Protocol):
    """What may stand around the picture."""

    def toggle_panel(self) -> None: ...

    def toggle_full_screen(self) -> None: ...


class CommandTarget(Protocol):
    """What commands act on: the window and its parts."""

    analyse: AnalyseControl
    analysis: AnalysisControl
    choices: Choices
    docks: LiveDocks
    faces: FaceMenu
    markers: MarkerControl
    overlay: OverlayControl
    own_models: OwnModels
    panel: ControlPanel
    recordings: RecordingsControl
    resting_files: RestingFiles
    reviews: ReviewControl
    player: PlayerControl
    volume: VolumeControl
    teach: TeachControl
    sources: SourceControl
    triggers: TriggerControl
    welcome: WelcomePage

    @property
    def surroundings(self) -> PictureSurroundings: ...

    def current_recordings_folder(self) -> Path: ...

    def open_folder(self, folder: Path) -> None: ...

    def take_snapshot(self) -> None: ...

    def toggle_recording(self) -> None: ...


def command_handlers(window: CommandTarget, widget: QWidget) -> dict[str, Callable[[], None]]:
    """By the names of ``menus.COMMANDS``. ``widget``: the window, which dialogs belong to.

    Lambdas look up parts that the window makes later.
    """
    return {
        "open_video": lambda: window.sources.open_dialog(OPEN_VIDEO),
        "open_folder": lambda: window.sources.open_dialog(OPEN_FOLDER),
        "open_address": lambda: window.sources.open_dialog(OPEN_ADDRESS),
        "demo": lambda: window.sources.open(DEMO),
        "analyse": lambda: window.analyse.open_dialog(),
        "analyses": lambda: window.analyse.show_list(),
        "refresh": window.sources.refresh_cameras,
        "settings": lambda: window.choices.open_dialog(),
        "live_numbers": lambda: window.choices.open_live_dialog(),
        "quit": lambda: _close(widget),
        "pause": window.sources.toggle_pause,
        **window.player.handlers(),
        "mute": lambda: window.volume.toggle_mute(),
        "mirror": window.panel.mirror.toggle,
        "privacy": window.panel.privacy.choose_next,
        "overlay": lambda: window.overlay.show_next_parts(),
        "overlay_size": lambda: window.overlay.show_next_size(),
        "contours": lambda: window.overlay.toggle("overlay_contours"),
        "mesh": lambda: window.overlay.toggle("overlay_mesh"),
        "axes": lambda: window.overlay.toggle("overlay_axes"),
        "movements": lambda: window.overlay.toggle("overlay_movements"),
        "panel": lambda: window.surroundings.toggle_panel(),
        "timeline": window.docks.toggle_timeline,
        "timeline_rows": window.docks.choose_timeline_rows,
        "pleasantness": window.docks.toggle_pleasantness,
        "latency": window.docks.toggle_latency,
        "full_screen": lambda: window.surroundings.toggle_full_screen(),
        "on_top": lambda: window.choices.toggle_on_top(),
        "larger": lambda: window.choices.step_scale(1),
        "smaller": lambda: window.choices.step_scale(-1),
        "usual_size": lambda: window.choices.step_scale(0),
        "record": window.toggle_recording,
        "snapshot": window.take_snapshot,
        "marker": window.markers.add,
        "note": window.markers.add_with_note,
        "triggers": lambda: window.triggers.open_dialog(),
        "open_recordings": lambda: window.open_folder(window.current_recordings_folder()),
        "recordings": lambda: window.recordings.open(),
        "report": lambda: window.recordings.report_newest(),
        "review": window.reviews.choose_recording,
        "load_model": window.own_models.choose_file,
        "card": window.panel.model.open_card,
        "learn_resting_faces": lambda: window.analysis.learn_resting_faces(),
        "forget_resting_faces": lambda: window.analysis.forget_resting_faces(),
        "resting_files": lambda: window.resting_files.open(),
        "teach": lambda: window.teach.open_dialog(),
        "person": lambda: window.faces.open_for_everyone(),
        "help": lambda: help.keys_dialog(widget).show(),
        "welcome": window.welcome.open,
        "about": lambda: help.about_dialog(widget).show(),
    }


def _close(window: QWidget) -> None:
    window.close()
