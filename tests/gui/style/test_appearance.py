from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PyQt5.QtGui import QPalette
from PyQt5.QtWidgets import QApplication

from realtime_fer.core.enums import ThemeChoice
from realtime_fer.gui.style import appearance as appearance_module
from realtime_fer.gui.style import theme
from realtime_fer.gui.style.appearance import Appearance


@pytest.fixture
def system_appearance(qapp: QApplication, appearance: Appearance, monkeypatch: pytest.MonkeyPatch) -> Appearance:
    """One that asks the system, which prefers light."""
    monkeypatch.delenv(theme.THEME_VARIABLE, raising=False)
    monkeypatch.setattr(appearance_module, "system_prefers_dark", lambda palette=None: False)
    return Appearance(qapp)


@pytest.mark.parametrize(("asked", "expected"), [("light", theme.LIGHT), ("dark", theme.DARK)])
def test_applying_it_gives_qt_nothing_to_complain_about(
    qapp: QApplication, appearance: Appearance, monkeypatch: pytest.MonkeyPatch, asked: str, expected: theme.Theme
) -> None:
    monkeypatch.setenv(theme.THEME_VARIABLE, asked)
    assert Appearance(qapp).theme == expected
    assert qapp.palette().color(QPalette.Window).name() == expected.window


def test_the_scale_is_of_fonts_and_of_what_is_laid_out(stage: Any, appearance: Appearance, qapp: QApplication) -> None:
    panel, font = stage.window.panel, qapp.font().pointSizeF()
    width, icon = panel.width(), panel.record.iconSize().width()
    appearance.set_scale(200)
    assert qapp.font().pointSizeF() == pytest.approx(2 * font)
    assert panel.width() > 1.9 * width
    assert panel.record.iconSize().width() == 2 * icon
    appearance.set_scale(100)
    assert qapp.font().pointSizeF() == pytest.approx(font)
    assert panel.width() == width


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_at_every_scale_the_panel_shows_all_of_its_width(
    make_stage: Callable[..., Any], appearance: Appearance, percent: int
) -> None:
    appearance.set_scale(percent)
    stage = make_stage()
    stage.begin()
    stage.window.resize(1280, 760)
    scroll = stage.window.panel.scroll_area
    assert scroll.widget().minimumSizeHint().width() <= scroll.viewport().width()
    # What does not fit the height can be scrolled to; the buttons below are always there.
    assert stage.window.panel.rect().contains(stage.window.panel.record.geometry())


def test_a_desktop_that_tells_is_followed_and_what_is_open_takes_it_over(
    system_appearance: Appearance, make_stage: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = make_stage(appearance=system_appearance)
    stage.begin()
    before = stage.window.panel.snapshot.icon().cacheKey()
    system_appearance.follow_system()
    assert stage.window.panel.snapshot.icon().cacheKey() == before, "nothing changed"
    monkeypatch.setattr(appearance_module, "system_prefers_dark", lambda palette=None: True)
    system_appearance.follow_system()
    assert stage.window.panel.snapshot.icon().cacheKey() != before
    assert stage.window.cards.theme == theme.DARK


def test_a_theme_that_a_person_named_stays(
    system_appearance: Appearance, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(theme.THEME_VARIABLE, "light")
    qapp.setPalette(theme.palette_of(theme.DARK))
    system_appearance.follow_palette()
    system_appearance.follow_system()
    assert system_appearance.theme == theme.LIGHT


def test_the_window_follows_a_palette_that_changes_under_it(
    system_appearance: Appearance, qapp: QApplication, make_stage: Callable[..., Any], qtbot: Any
) -> None:
    stage = make_stage(appearance=system_appearance)
    stage.begin()
    qapp.setPalette(theme.palette_of(theme.DARK))
    qtbot.waitUntil(lambda: system_appearance.theme == theme.DARK)


def test_a_chosen_theme_holds_against_the_system_until_that_is_chosen_again(
    system_appearance: Appearance, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    system_appearance.set_choice(ThemeChoice.DARK)
    assert system_appearance.theme == theme.DARK
    system_appearance.follow_system()
    system_appearance.follow_palette()
    assert system_appearance.theme == theme.DARK
    system_appearance.set_choice(ThemeChoice.SYSTEM)
    assert system_appearance.theme == theme.LIGHT


def test_where_no_desktop_tells_the_system_is_asked_by_the_palette_it_gave(
    qapp: QApplication, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(theme.THEME_VARIABLE, raising=False)
    monkeypatch.setattr(theme, "_gnome_colour_scheme", lambda: "")
    qapp.setPalette(theme.palette_of(theme.LIGHT))
    made = Appearance(qapp, choice=ThemeChoice.DARK)
    assert made.theme == theme.DARK
    made.set_choice(ThemeChoice.SYSTEM)
    assert made.theme == theme.LIGHT
