"""How one setting is declared. Settings file, command line, panel and dialog read the declaration; none repeats it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from realtime_fer.core.errors import SettingsError

#: What a setting is an option of: the window itself, or a command.
WINDOW, ANNOTATE, BENCH, LIVE, SERVE = "window", "annotate", "bench", "live", "serve"


@dataclass(frozen=True)
class Section:
    """A section of the settings dialog."""

    title: str


@dataclass(frozen=True)
class Choice:
    """One value of a setting that has a fixed set of them; ``title`` and ``tip`` are for people."""

    value: StrEnum
    title: str
    tip: str = ""


@dataclass(frozen=True)
class Setting:
    """One setting. Texts are English; the context of their translations is ``Setting``.

    Attributes:
        kind: type of its value; ``tuple`` holds strings.
        label: with mnemonic; '' where neither panel nor dialog shows it.
        help: tooltip.
        note: small print below the control in the dialog.
        limits: the least and the greatest value of a number.
        step: of a slider or a key.
        unit: '%' for hundredths, 's', 'px', 'fps' or ''.
        usual: values offered to choose from; others within the bounds may stand in the file.
        choices: all values there are, of an enumeration.
        most: entries of a list.
        panel: the side panel shows it.
        section: of the dialog; None where the dialog does not show it.
        at_once: the dialog applies it while it is open; otherwise OK does.
        option: of the command line, such as '--smoothing'.
        commands: which take that option: ``WINDOW``, ``ANNOTATE``, ``BENCH``, ``LIVE``, ``SERVE``.
        option_help: on the command line, in English.
        recorded: a recording's session.json tells it, since it shapes numbers or video and is nothing personal.
    """

    name: str
    kind: type
    default: Any
    label: str = ""
    help: str = ""
    note: str = ""
    limits: tuple[float, float] = (-math.inf, math.inf)
    step: float = 1
    unit: str = ""
    usual: tuple[int, ...] = ()
    choices: tuple[Choice, ...] = ()
    most: int = 0
    panel: bool = False
    section: Section | None = None
    at_once: bool = True
    option: str = ""
    commands: tuple[str, ...] = ()
    option_help: str = ""
    recorded: bool = False

    def checked(self, value: Any) -> Any:
        """``value`` as its kind: a word of an enumeration as its member, a list as a tuple of at most ``most``.

        Raises:
            SettingsError: it is of another kind or out of range.
        """
        if issubclass(self.kind, StrEnum):
            try:
                return self.kind(value)
            except ValueError:
                raise SettingsError(
                    "The setting '{name}' must be one of {known}.", name=self.name, known=", ".join(self.kind)
                ) from None
        if self.kind is tuple:
            if not isinstance(value, (list, tuple)) or not all(isinstance(entry, str) for entry in value):
                raise SettingsError(
                    "The setting '{name}' must be a list of texts, got {value!r}.", name=self.name, value=value
                )
            return tuple(value)[: self.most]
        is_number = self.kind in (int, float)
        is_kind = isinstance(value, (int, float) if self.kind is float else self.kind)
        if not is_kind or (is_number and isinstance(value, bool)):
            raise SettingsError(
                "The setting '{name}' must be a {kind}, got {value!r}.",
                name=self.name,
                kind=self.kind.__name__,
                value=value,
            )
        low, high = self.limits
        if is_number and not low <= value <= high:
            raise SettingsError(
                "The setting '{name}' must be {low:g} to {high:g}, got {value!r}.",
                name=self.name,
                low=low,
                high=high,
                value=value,
            )
        return value


def setting(default: Any, label: str = "", **facts: Any) -> Any:
    """A field of ``Settings``; ``facts`` are further attributes of :class:`Setting`."""
    return field(default=default, metadata={"label": label, **facts})
