"""A person's menu: by a click on the face, or by a key and their number."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from PyQt5.QtCore import QPoint, QRect, Qt
from PyQt5.QtGui import QContextMenuEvent
from PyQt5.QtWidgets import QAction, QApplication, QMenu

from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.gui.controllers.analysis_control import READY_S
from realtime_fer.gui.view.video_view import ViewState
from realtime_fer.runtime.events import RestingFacesLearning
from tests.gui.moments import moment

#: The test platform has no window manager to raise a menu.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

#: Two faces in a picture of 64 x 36, and one that lies within the second's box.
BOXES = [(4, 4, 20, 20), (32, 4, 60, 32), (40, 10, 48, 18)]


@pytest.fixture
def faces(stage: Any) -> Any:
    image = np.full((36, 64, 3), 90, np.uint8)
    found = Faces(
        np.array(BOXES, np.float32),
        np.ones(3, np.float32),
        tracker_id=np.array([3, 12, 7], np.int64),
        corrected=np.array([False, True, False]),
    )
    stage.show(FrameResult(Frame(image, 0, 0.0), found, ()))
    return stage


def place_of(stage: Any, x: float, y: float) -> QPoint:
    """In the view's pixels of a place in the picture."""
    place: QRect = stage.window.view.frame_rect
    return QPoint(round(place.left() + x * place.width() / 64), round(place.top() + y * place.height() / 36))


def entries(menu: QMenu) -> list[tuple[str, bool]]:
    return [(action.text(), action.isEnabled()) for action in menu.actions() if not action.isSeparator()]


def entry(menu: QMenu, beginning: str) -> QAction:
    return next(action for action in menu.actions() if action.text().replace("&", "").startswith(beginning))


def test_a_place_in_the_picture_is_somebodys_or_nobodys(faces: Any) -> None:
    at = [faces.window.faces.identity_at(place_of(faces, x, y)) for x, y in ((10, 10), (55, 28), (44, 14), (26, 10))]
    assert at == [3, 12, 7, None], "of two boxes the smaller one is meant"
    assert faces.window.faces.identity_at(QPoint(-5, -5)) is None


def test_a_click_on_a_face_offers_what_can_be_said_of_the_person(faces: Any, qtbot: Any) -> None:
    view = faces.window.view
    qtbot.mouseClick(view, Qt.LeftButton, pos=place_of(faces, 10, 10))
    assert entries(faces.window.faces.menu) == [
        ("&Name #3 for this session…", True),
        ("&Merge #3 with", True),
        ("&Learn the resting face of #3", True),
        ("Forget the &resting face of #3", False),
        ("&Hide #3 (no box, label or strip)", True),
        ("&Forget #3 (name, resting face, number)", True),
    ]
    entry(faces.window.faces.menu, "Learn").trigger()
    get_ready(faces)
    assert faces.engine.calls[-1] == ("learn_resting_faces", (3,))
    qtbot.mouseClick(view, Qt.LeftButton, pos=place_of(faces, 55, 28))
    forget = entry(faces.window.faces.menu, "Forget the resting face")
    assert forget.isEnabled()
    forget.trigger()
    assert faces.engine.calls[-1] == ("forget_resting_faces", (12,))


def get_ready(faces: Any) -> None:
    for _ in range(READY_S):
        faces.window.analysis._count_down()


def test_a_click_beside_the_faces_or_dragged_away_opens_nothing(faces: Any, qtbot: Any) -> None:
    view = faces.window.view
    qtbot.mouseClick(view, Qt.LeftButton, pos=place_of(faces, 26, 10))
    qtbot.mousePress(view, Qt.LeftButton, pos=place_of(faces, 10, 10))
    qtbot.mouseRelease(view, Qt.LeftButton, pos=place_of(faces, 55, 28))
    assert faces.window.faces.menu is None


def test_the_key_lists_everybody_in_view_with_their_numbers_as_keys(faces: Any) -> None:
    faces.press(Qt.Key_P)
    menu = faces.window.faces.menu
    assert menu.isVisible()
    assert entries(menu) == [(f"#&{number}", True) for number in (3, 7, 12)]
    entry(entry(menu, "#7").menu(), "Learn").trigger()
    get_ready(faces)
    assert faces.engine.calls[-1] == ("learn_resting_faces", (7,))
    menu.close()


def test_the_menus_key_and_the_other_button_work_too(faces: Any) -> None:
    view, menus = faces.window.view, faces.window.faces
    spot = place_of(faces, 10, 10)
    QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Mouse, spot, view.mapToGlobal(spot)))
    assert len(entries(menus.menu)) == 6
    menus.menu.close()
    QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Keyboard, spot, view.mapToGlobal(spot)))
    assert len(entries(menus.menu)) == 3
    menus.menu.close()


def test_who_is_hidden_is_nobody_in_the_picture_and_is_listed_to_be_shown_again(faces: Any) -> None:
    faces.window.people.hide(7)
    assert faces.window.faces.identity_at(place_of(faces, 44, 14)) == 12, "the face behind is meant"
    faces.press(Qt.Key_P)
    menu = faces.window.faces.menu
    assert [text for text, _ in entries(menu)] == ["#&3", "#&12", "Hidden &people"]
    (again,) = entry(menu, "Hidden people").menu().actions()
    assert again.text() == "Show #&7 again"
    again.trigger()
    assert not faces.engine.people.now
    menu.close()


def test_two_numbers_of_one_person_have_one_entry_and_are_separated_there(faces: Any, qtbot: Any) -> None:
    view = faces.window.view
    qtbot.mouseClick(view, Qt.LeftButton, pos=place_of(faces, 55, 28))
    merging = entry(faces.window.faces.menu, "Merge #12 with").menu()
    assert [text for text, _ in entries(merging)] == ["#&3", "#&7"]
    merging.actions()[0].trigger()
    faces.window.faces.menu.close()
    assert faces.window.faces.identity_at(place_of(faces, 55, 28)) == 3
    faces.press(Qt.Key_P)
    assert [text for text, _ in entries(faces.window.faces.menu)] == ["#&3", "#&7"]
    entry(entry(faces.window.faces.menu, "#3").menu(), "Learn").trigger()
    get_ready(faces)
    assert faces.engine.calls[-1] == ("learn_resting_faces", (3, 12))
    entry(entry(faces.window.faces.menu, "#3").menu(), "Separate #12 from #3 again").trigger()
    assert not faces.engine.people.now
    faces.window.faces.menu.close()


def test_who_left_can_still_be_chosen_as_long_as_the_timeline_shows_them(faces: Any) -> None:
    faces.window.docks.take(moment(1.0, {5: {"happy": 1.0}}))
    faces.press(Qt.Key_P)
    assert [text for text, _ in entries(faces.window.faces.menu)] == ["#&3", "#&7", "#&12", "#&5 (not in view)"]
    away = entry(faces.window.faces.menu, "#5").menu()
    assert not entry(away, "Learn").isEnabled()
    assert entry(away, "Name").isEnabled()
    faces.window.faces.menu.close()


@pytest.mark.parametrize("state", [ViewState.ERROR, ViewState.STARTING])
def test_where_there_is_no_picture_nobody_is_offered(faces: Any, state: ViewState) -> None:
    faces.window.view.set_state(state, "No picture")
    assert faces.window.faces.identity_at(place_of(faces, 10, 10)) is None
    faces.press(Qt.Key_P)
    assert entries(faces.window.faces.menu) == [("No face in view", False)]
    faces.window.faces.menu.close()


def test_whose_face_is_being_learnt_is_said(faces: Any) -> None:
    faces.window.analysis.learn_resting_faces(3)
    get_ready(faces)
    faces.say(RestingFacesLearning(3, 1))
    assert "#3: keep a relaxed face" in faces.window.view.accessibleDescription()
    faces.say(RestingFacesLearning(2, 0))
    assert "#3, who is not in view" in faces.window.view.accessibleDescription()
    faces.window.people.name(3, "Anna")
    faces.window.analysis.learn_resting_faces(3)
    get_ready(faces)
    faces.say(RestingFacesLearning(3, 1))
    assert "Anna: keep a relaxed face" in faces.window.view.accessibleDescription()
    faces.window.analysis.learn_resting_faces()
    get_ready(faces)
    faces.say(RestingFacesLearning(3, 2))
    assert "#3" not in faces.window.view.accessibleDescription()


def test_a_long_name_is_cut_in_the_menu_and_an_ampersand_is_no_key(faces: Any, qtbot: Any) -> None:
    faces.window.people.name(3, "Tom & Jerry " + "x" * 80)
    qtbot.mouseClick(faces.window.view, Qt.LeftButton, pos=place_of(faces, 10, 10))
    first = faces.window.faces.menu.actions()[0].text()
    assert first == "&Name Tom && Jerry xxxxxxxxxxx… for this session…"
    faces.window.faces.menu.close()
