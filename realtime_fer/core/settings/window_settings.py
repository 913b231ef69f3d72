"""Settings: how the window looks, and what it remembers."""

from __future__ import annotations

from dataclasses import dataclass

from realtime_fer.core.enums import ThemeChoice
from realtime_fer.core.settings.sections import INTERFACE
from realtime_fer.core.settings.setting import Choice, setting


@dataclass(frozen=True)
class WindowSettings:
    """How the window looks, and what it remembers.

    Attributes:
        language: of the interface, such as 'de'; '' is the platform's.
        timeline, panel: whether it is open.
        timeline_rows: below each person's expressions; of ``MEASURE_KEYS``, separated by spaces.
        review_rows: the same, of the review's timeline.
        recent_sources: newest first, without credentials.
        own_expressions: those that the person taught are shown.
        own_models: files of models that the person opened, newest first.
        triggers: each as JSON (``core.triggers.trigger``).
        volume, muted: of a file's sound; percent.
        welcomed: the person has read the first page.
        window_geometry, window_layout: Qt's own, as hex; '' is the default.
    """

    scale_percent: int = setting(
        100,
        "Interface s&ize",
        limits=(100, 200),
        step=25,
        unit="%",
        usual=(100, 125, 150, 175, 200),
        section=INTERFACE,
    )
    theme: ThemeChoice = setting(
        ThemeChoice.SYSTEM,
        "Th&eme",
        choices=(
            Choice(ThemeChoice.SYSTEM, "System"),
            Choice(ThemeChoice.LIGHT, "Light"),
            Choice(ThemeChoice.DARK, "Dark"),
        ),
        section=INTERFACE,
    )
    language: str = setting("", "Lan&guage", note="Takes effect after restart", section=INTERFACE, at_once=False)
    always_on_top: bool = setting(False, "Always on to&p", section=INTERFACE)
    timeline: bool = setting(False)
    timeline_rows: str = setting("")
    review_rows: str = setting("")
    panel: bool = setting(True)
    recent_sources: tuple[str, ...] = setting((), most=8)
    own_expressions: bool = setting(False, recorded=True)
    own_models: tuple[str, ...] = setting((), most=20)
    triggers: tuple[str, ...] = setting((), most=50)
    volume: int = setting(100, limits=(0, 100))
    muted: bool = setting(False)
    welcomed: bool = setting(False)
    window_geometry: str = setting("")
    window_layout: str = setting("")
