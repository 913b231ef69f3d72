"""Tells what an open settings dialog changed from what keys and panel changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from realtime_fer.core.settings import Settings


class DialogEdits:
    """The settings that Cancel must restore: those that the dialog changed, and no others.

    Where the dialog and the panel both changed a setting, the later change counts; a later one of the panel stays.

    Args:
        settings: when the dialog opens.
    """

    def __init__(self, settings: Settings) -> None:
        self._now = settings
        self._before: dict[str, Any] = {}

    @property
    def before(self) -> Mapping[str, Any]:
        """The values before the dialog changed them, by name of the setting."""
        return self._before

    def record_own_change(self, name: str, value: Any) -> None:
        """Called before the dialog's change is applied."""
        self._before.setdefault(name, getattr(self._now, name))
        self._now = replace(self._now, **{name: value})

    def record_other_changes(self, settings: Settings) -> None:
        """Takes over ``settings``; where one differs from what the dialog set, the dialog's change no longer counts."""
        for name in list(self._before):
            if getattr(settings, name) != getattr(self._now, name):
                del self._before[name]
        self._now = settings
