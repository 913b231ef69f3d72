from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from PyQt5.QtGui import QColor, QPalette

from realtime_fer.gui.style import theme


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""

    def linear(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue, _ = QColor(colour).getRgbF()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(first: str, second: str) -> float:
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("chosen", [theme.DARK, theme.LIGHT], ids=["dark", "light"])
def test_text_is_readable(chosen: theme.Theme) -> None:
    for background in (chosen.window, chosen.raised, chosen.field):
        assert contrast(chosen.text, background) >= 7
        assert contrast(chosen.quiet, background) >= 4.5
    assert contrast(chosen.on_accent, chosen.accent) >= 4.5
    assert contrast("#ffffff", chosen.record) >= 4.5
    assert contrast(chosen.error, chosen.window) >= 4.5
    # Stripes and outlines need 3 to 1.
    for mark in (chosen.info, chosen.success, chosen.warning, chosen.error):
        assert contrast(mark, chosen.raised) >= 3


@pytest.mark.parametrize(("asked", "is_dark"), [("dark", True), ("light", False), (" Dark ", True)])
def test_a_person_can_ask_for_one(monkeypatch: pytest.MonkeyPatch, asked: str, is_dark: bool) -> None:
    monkeypatch.setenv(theme.THEME_VARIABLE, asked)
    assert theme.system_prefers_dark() is is_dark


linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks GNOME")


@linux_only
@pytest.mark.parametrize(
    ("answers", "is_dark"),
    [
        ({"color-scheme": "'prefer-dark'\n"}, True),
        ({"color-scheme": "'prefer-light'\n"}, False),
        ({"color-scheme": "'default'\n", "gtk-theme": "'Adwaita-dark'\n"}, True),
        ({"color-scheme": "'default'\n", "gtk-theme": "'Adwaita'\n"}, False),
    ],
)
def test_the_desktops_choice_is_followed(
    monkeypatch: pytest.MonkeyPatch, answers: dict[str, str], is_dark: bool
) -> None:
    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 0, stdout=answers.get(command[-1], ""))

    monkeypatch.delenv(theme.THEME_VARIABLE, raising=False)
    monkeypatch.setattr(theme.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(theme.subprocess, "run", run)
    assert theme.system_prefers_dark() is is_dark


@linux_only
@pytest.mark.parametrize("lightness", [20, 240])
def test_without_a_desktop_that_tells_qts_palette_decides(
    qapp: Any, monkeypatch: pytest.MonkeyPatch, lightness: int
) -> None:
    def run(command: list[str], **_: Any) -> None:
        raise subprocess.TimeoutExpired(command, 0.5)

    palette = QPalette()
    palette.setColor(QPalette.Window, QColor(lightness, lightness, lightness))
    monkeypatch.delenv(theme.THEME_VARIABLE, raising=False)
    monkeypatch.setattr(theme.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(theme.subprocess, "run", run)
    monkeypatch.setattr(theme.QApplication, "palette", staticmethod(lambda: palette))
    assert theme.system_prefers_dark() is (lightness < 128)
