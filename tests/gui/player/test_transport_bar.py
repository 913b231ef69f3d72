"""The bar: what it shows, and what it folds away where it is narrow."""

from __future__ import annotations

from typing import Any

import pytest
from PyQt5.QtWidgets import QAction, QWidget

from realtime_fer.gui.menus import COMMANDS, PLAYBACK_COMMANDS
from realtime_fer.gui.player.transport_bar import TransportBar
from realtime_fer.gui.style.theme import DARK


@pytest.fixture
def bar(qtbot: Any, appearance: Any) -> Any:
    window = QWidget()
    qtbot.addWidget(window)
    made = TransportBar(DARK)
    made.setParent(window)
    actions = {name: QAction(name, window) for name in ("pause", *PLAYBACK_COMMANDS)}
    for command in COMMANDS:
        if command.name in actions:
            actions[command.name].setText(command.title)
            actions[command.name].setShortcut(command.keys[0])
            actions[command.name].setCheckable(command.checkable)
    made.adopt(actions)
    made.show_time(12.4, 63.0)
    made.show()
    window.resize(1200, 200)
    window.show()
    made.window_kept = window  # type: ignore[attr-defined]
    return made


def set_width(bar: TransportBar, width: int) -> set[str]:
    """The names of the controls that are shown at this width."""
    bar.resize(width, bar.sizeHint().height())
    layout = bar.layout()
    assert layout is not None
    layout.activate()
    names = ("play", "back", "forward", "slider", "place", "name", "speed", "loop", "pictures", "more")
    return {name for name in names if getattr(bar, name).isVisible()}


def is_in_two_lines(bar: TransportBar) -> bool:
    return bool(bar.slider.geometry().bottom() < bar.play.geometry().center().y())


def folded(bar: TransportBar) -> list[str]:
    bar._fill_more()
    return [action.text().replace("&", "") for action in bar.more_menu.actions()]


def test_everything_is_there_where_there_is_room(bar: Any) -> None:
    assert set_width(bar, 900) == {"play", "back", "forward", "slider", "place", "speed", "loop"}
    assert bar.place.text() == "0:12.4 / 1:03"
    assert not is_in_two_lines(bar)


def test_lesser_controls_fold_into_a_menu_then_the_slider_gets_a_line_of_its_own(bar: Any) -> None:
    seen, in_two = [], []
    for width in range(900, 160, -10):
        shown = set_width(bar, width)
        assert {"play", "slider", "place"} <= shown, width
        assert ("more" in shown) == bool(folded(bar)), width
        assert bar.slider.width() >= 100 or width < 200
        children = [getattr(bar, name) for name in shown]
        assert all(child.geometry().right() <= width for child in children), f"clipped at {width}"
        if not seen or shown != seen[-1]:
            seen.append(shown)
            in_two.append(is_in_two_lines(bar))
    assert in_two == sorted(in_two), "once in two lines, always in two when it gets narrower"
    assert in_two[-1]
    assert any({"speed", "loop"} - shown for shown in seen)


def test_one_step_alone_is_never_left(bar: Any) -> None:
    for width in range(900, 160, -3):
        shown = set_width(bar, width)
        assert ("back" in shown) == ("forward" in shown), width


def test_the_duration_goes_before_the_steps_do(bar: Any) -> None:
    for width in range(400, 160, -3):
        shown = set_width(bar, width)
        if bar.place.text() == "0:12.4":
            assert bar.place.toolTip() == "0:12.4 / 1:03"
            break
    else:
        pytest.fail("the duration was always shown")
    assert "forward" in shown


def test_what_is_folded_away_is_in_the_menu(bar: Any) -> None:
    bar.set_folder(True)
    bar.show_picture(11, 154, "holiday/face.jpg")
    set_width(bar, 210)
    assert folded(bar)[-1] == "Loop"
    assert "Speed" in folded(bar)
    assert "Pictures of the folder…" in folded(bar)


def test_a_folder_has_names_and_thumbnails_and_a_video_has_none(bar: Any) -> None:
    bar.set_folder(True)
    bar.show_picture(11, 154, "holiday/face.jpg")
    assert {"name", "pictures"} <= set_width(bar, 900)
    assert (bar.place.text(), bar.name.text()) == ("12 of 154", "holiday/face.jpg")
    bar.set_folder(False)
    assert not {"name", "pictures"} & set_width(bar, 900)


def test_a_long_name_is_shortened_in_its_middle_and_told_by_its_tooltip(bar: Any) -> None:
    bar.set_folder(True)
    name = "a folder/" + "very " * 20 + "long.jpg"
    bar.show_picture(0, 2, name)
    set_width(bar, 900)
    bar.layout().activate()
    assert "…" in bar.name.text()
    assert bar.name.text().endswith(".jpg")
    assert bar.name.toolTip() == name


def test_numbers_move_nothing(bar: Any) -> None:
    set_width(bar, 900)
    places = set()
    for t_s in (0.0, 9.9, 11.1, 58.8, 62.9):
        bar.show_time(t_s, 63.0)
        bar.layout().activate()
        places.add((bar.slider.geometry().right(), bar.place.geometry().left()))
    assert len(places) == 1


def test_every_control_is_reached_by_tab_has_a_name_and_tells_its_key(bar: Any, qtbot: Any) -> None:
    bar.set_folder(True)
    bar.show_picture(0, 3, "face.jpg")
    bar.show_speed(1.0)
    shown = set_width(bar, 900)
    for name in shown - {"place", "name"}:
        control = getattr(bar, name)
        assert control.focusPolicy() & 1, f"{name} is not reached by Tab"
        assert control.accessibleName(), name
        assert "&" not in control.accessibleName()
    tips = {name: getattr(bar, name).toolTip() for name in ("play", "back", "forward", "loop", "pictures", "speed")}
    assert tips == {
        "play": "Pause (Space)",
        "back": "Previous frame (,)",
        "forward": "Next frame (.)",
        "loop": "Loop (Shift+L)",
        "pictures": "Pictures of the folder (G)",
        "speed": "Playback speed ([, ])",
    }


def test_the_play_button_says_what_it_will_do(bar: Any) -> None:
    bar.set_playing(False)
    assert bar.play.accessibleName() == "Play"
    bar.set_playing(True)
    assert bar.play.accessibleName() == "Pause"


def test_the_menu_of_speeds_marks_the_one_that_runs(bar: Any) -> None:
    chosen: list[float] = []
    bar.speed_chosen.connect(chosen.append)
    bar.show_speed(0.5)
    assert bar.speed.text() == "½×"
    assert [action.text() for action in bar.speed.speeds.actions() if action.isChecked()] == ["½×"]
    bar.speed.speeds.actions()[-1].trigger()
    assert chosen == [4.0]


def test_at_200_percent_it_takes_no_more_width_than_there_is(bar: Any, appearance: Any) -> None:
    appearance.set_scale(200)
    bar.set_theme(appearance.theme)
    shown = set_width(bar, 424)
    bar.layout().activate()
    assert {"play", "back", "forward", "slider", "place", "more"} <= shown
    assert all(getattr(bar, name).geometry().right() <= 424 for name in shown)
    assert is_in_two_lines(bar)
