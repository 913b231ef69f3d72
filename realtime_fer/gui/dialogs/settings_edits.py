"""What an open settings dialog has changed, as against what was changed beside it meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from realtime_fer.core.settings import Settings


class DialogEdits:
    """Cancel takes back what the dialog changed and nothing else: keys and panel are not its own.

    Where both changed a setting the later one counts, and what came from beside the dialog is not taken back.

    Args:
        settings: as they are when the dialog opens.
    """

    def __init__(self, settings: Settings) -> None:
        self._now = settings
        self._before: dict[str, Any] = {}

    @property
    def before(self) -> Mapping[str, Any]:
        """The settings that the dialog has changed, by name, as they were before it did."""
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
