"""What other programs' commands do in the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from realtime_fer.gui.controllers.model_choice import ModelChoice
from realtime_fer.gui.controllers.own_models import OwnModels
from realtime_fer.gui.live.control import Handlers
from realtime_fer.runtime.engine import Engine


class CommandedWindow(Protocol):
    """What commands act on."""

    models: ModelChoice
    own_models: OwnModels

    def take_snapshot(self) -> None: ...

    def toggle_recording(self) -> None: ...


def live_commands(window: CommandedWindow, engine: Engine) -> Handlers:
    """By the names of ``core.live.COMMANDS``."""

    def record(wanted: bool) -> Callable[[str], None]:
        def run(_: str) -> None:
            if bool(engine.recording) != wanted:
                window.toggle_recording()

        return run

    def choose_model(model_id: str) -> None:
        # A file's path, which is an id too for the registry, is for the person alone to give.
        if model_id in {spec.model_id for spec in window.own_models.specs}:
            window.models.choose_model(model_id)

    return {
        "start_recording": record(True),
        "stop_recording": record(False),
        "marker": engine.add_marker,
        "snapshot": lambda _: window.take_snapshot(),
        "model": choose_model,
    }
