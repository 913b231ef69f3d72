"""The table of settings: everything a person can choose. All are kept between runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import get_origin, get_type_hints

from realtime_fer.core.settings.expression_settings import ExpressionSettings
from realtime_fer.core.settings.live_number_settings import LiveNumberSettings
from realtime_fer.core.settings.overlay_settings import OverlaySettings
from realtime_fer.core.settings.recording_settings import RecordingSettings
from realtime_fer.core.settings.setting import Setting
from realtime_fer.core.settings.source_settings import SourceSettings
from realtime_fer.core.settings.window_settings import WindowSettings


# The settings of the last class come first.
@dataclass(frozen=True)
class Settings(
    WindowSettings, LiveNumberSettings, RecordingSettings, OverlaySettings, ExpressionSettings, SourceSettings
):
    """All choices, each declared once, in the classes above.

    Raises:
        SettingsError: a value is of the wrong kind or out of range.
    """

    def __post_init__(self) -> None:
        for name, declared in TABLE.items():
            object.__setattr__(self, name, declared.checked(getattr(self, name)))


def _table() -> Mapping[str, Setting]:
    kinds = {name: get_origin(kind) or kind for name, kind in get_type_hints(Settings).items()}
    return MappingProxyType(
        {
            entry.name: Setting(entry.name, kinds[entry.name], entry.default, **entry.metadata)
            for entry in fields(Settings)
        }
    )


#: Every setting by its name, in the order of the dialog.
TABLE = _table()


def options_of(command: str) -> tuple[Setting, ...]:
    """The settings that are options of ``WINDOW``, ``ANNOTATE``, ``BENCH``, ``LIVE`` or ``SERVE``."""
    return tuple(declared for declared in TABLE.values() if command in declared.commands)


class LiveSettings:
    """The current settings, written by the GUI thread and read by any. ``now`` is replaced as a whole."""

    def __init__(self, settings: Settings) -> None:
        self.now = settings
