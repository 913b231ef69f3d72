"""What each command of the menus and keys does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from realtime_fer.gui import dialogs
from realtime_fer.gui.source_box import ASK_ADDRESS, ASK_FOLDER, ASK_VIDEO, DEMO

if TYPE_CHECKING:
    from realtime_fer.gui.main_window import MainWindow


def command_handlers(window: MainWindow) -> dict[str, Callable[[], None]]:
    """By the names of ``menus.COMMANDS``. Parts that the window makes later are asked for when they are needed."""
    return {
        "open_video": lambda: window.sources.ask(ASK_VIDEO),
        "open_folder": lambda: window.sources.ask(ASK_FOLDER),
        "open_address": lambda: window.sources.ask(ASK_ADDRESS),
        "demo": lambda: window.sources.open(DEMO),
        "refresh": window.sources.look_for_cameras,
        "settings": lambda: window.choices.open_dialog(),
        "quit": lambda: _close(window),
        "pause": window.sources.pause_or_go_on,
        "mirror": window.panel.mirror.toggle,
        "privacy": window.panel.privacy.choose_next,
        "panel": window.toggle_panel,
        "timeline": window.docks.toggle_timeline,
        "latency": window.docks.toggle_latency,
        "full_screen": window.toggle_full_screen,
        "on_top": lambda: window.choices.toggle_on_top(),
        "larger": lambda: window.choices.step_scale(1),
        "smaller": lambda: window.choices.step_scale(-1),
        "usual_size": lambda: window.choices.step_scale(0),
        "record": window.toggle_recording,
        "snapshot": window.take_snapshot,
        "marker": window.markers.add,
        "note": window.markers.ask_note,
        "open_recordings": lambda: window.open_folder(window.current_recordings_folder()),
        "report": window.reports.ask,
        "load_model": window.own_models.ask,
        "card": window.panel.model.ask_for_card,
        "calibrate": lambda: window.analysis.calibrate(),
        "undo_calibration": lambda: window.analysis.undo_calibration(),
        "person": lambda: window.faces.ask(),
        "help": lambda: dialogs.keys_dialog(window).show(),
        "welcome": window.welcome.open,
        "about": lambda: dialogs.about_dialog(window).show(),
    }


def _close(window: MainWindow) -> None:
    window.close()
