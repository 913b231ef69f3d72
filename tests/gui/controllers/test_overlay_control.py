"""The choice of what is painted over faces: menu, keys, dialog and view agree."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QMenu

from realtime_fer.core.enums import Overlay, OverlaySize
from realtime_fer.core.options import OverlayStyle
from realtime_fer.core.settings import Settings
from tests.vision.annotators.scenes import scene
from tests.vision.landmarks.drawn_points import drawn_points


def overlay_menu(stage: Any) -> QMenu:
    menu = next(menu for menu in stage.window.findChildren(QMenu) if menu.title() == "&Overlay")
    menu.aboutToShow.emit()
    return menu


def checked(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if action.isChecked()]


def painted(stage: Any) -> np.ndarray:
    image = stage.window.view.grab().toImage()
    return np.frombuffer(image.constBits().asstring(image.sizeInBytes()), np.uint8)


def test_the_keys_go_through_all_choices(stage: Any) -> None:
    control = stage.window.overlay
    for parts in (Overlay.LABEL, Overlay.BOX, Overlay.OFF, Overlay.BARS):
        stage.press(Qt.Key_O)
        assert stage.window.current_settings().overlay is parts
    for size in (OverlaySize.LARGE, OverlaySize.SMALL, OverlaySize.MEDIUM):
        stage.press(Qt.Key_O, Qt.ShiftModifier)
        assert stage.window.current_settings().overlay_size is size
    assert checked(overlay_menu(stage)) == ["Box, label and bars", "Medium"]
    assert control is not None


def test_each_switch_has_a_key_and_an_entry_that_agree(stage: Any) -> None:
    entries = {Qt.Key_E: "&Contours", Qt.Key_N: "Face mes&h", Qt.Key_X: "Head a&xes", Qt.Key_D: "Mo&vements"}
    assert not set(entries.values()) & set(checked(overlay_menu(stage)))
    for key, title in entries.items():
        stage.press(key)
        assert title in checked(overlay_menu(stage))
    chosen = stage.window.current_settings()
    assert OverlayStyle.of(chosen) == OverlayStyle(contours=True, mesh=True, axes=True, movements=True)
    next(action for action in overlay_menu(stage).actions() if action.text() == "Face mes&h").trigger()
    assert not stage.window.current_settings().overlay_mesh


def test_lines_are_painted_with_nothing_else_too(make_stage: Any) -> None:
    stage = make_stage(Settings(model="a", overlay=Overlay.OFF))
    stage.begin()
    result = scene([(200, 150, 320, 270)])
    result = replace(result, faces=result.faces.with_landmarks(drawn_points(260, 210, 120)[None]))
    stage.show(result)
    bare = painted(stage)
    stage.press(Qt.Key_E)
    assert (painted(stage) != bare).any()
    stage.press(Qt.Key_E)
    assert (painted(stage) == bare).all()


def test_the_menu_chooses_and_shows_what_is_chosen(make_stage: Any) -> None:
    stage = make_stage(Settings(model="a", overlay=Overlay.BOX, overlay_size=OverlaySize.SMALL))
    stage.begin()
    menu = overlay_menu(stage)
    assert checked(menu) == ["Box only", "Small"]
    next(action for action in menu.actions() if action.text() == "Nothing").trigger()
    next(action for action in menu.actions() if action.text() == "Large").trigger()
    assert OverlayStyle.of(stage.window.current_settings()) == OverlayStyle(Overlay.OFF, OverlaySize.LARGE)
    assert checked(overlay_menu(stage)) == ["Nothing", "Large"]


def test_each_choice_paints_less_than_the_one_before(stage: Any) -> None:
    stage.show(scene([(200, 150, 320, 270)]))
    pictures = [painted(stage)]
    for _ in range(3):
        stage.press(Qt.Key_O)
        pictures.append(painted(stage))
    bare = pictures[-1]
    changed = [int((picture != bare).sum()) for picture in pictures]
    assert changed[0] > changed[1] > changed[2] > changed[3] == 0


def test_recordings_and_snapshots_follow(stage: Any) -> None:
    live = stage.window.choices._live
    stage.press(Qt.Key_O)
    assert live.now.overlay is Overlay.LABEL
