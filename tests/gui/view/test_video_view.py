from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt5.QtCore import QMimeData, QPoint, QRect, QSize, Qt, QUrl
from PyQt5.QtGui import QColor, QDragEnterEvent, QDragMoveEvent, QDropEvent, QImage

from realtime_fer.core.frame import FrameResult
from realtime_fer.gui.view.drops import dropped_request
from realtime_fer.gui.view.video_view import VideoView, ViewState, fitted
from realtime_fer.gui.view.view_overlays import BACKGROUND, RECORD_FRAME_PX

ResultOf = Callable[..., FrameResult]


@pytest.fixture
def painted() -> list[FrameResult]:
    return []


@pytest.fixture
def view(qtbot: Any, painted: list[FrameResult]) -> VideoView:
    view = VideoView(lambda result, _ms: painted.append(result))
    qtbot.addWidget(view)
    view.resize(640, 480)
    return view


def grabbed(view: VideoView) -> QImage:
    return view.grab().toImage().convertToFormat(QImage.Format_RGB32)


def colour(image: QImage, x: int, y: int) -> tuple[int, ...]:
    return QColor(image.pixel(x, y)).getRgb()[:3]


@pytest.mark.parametrize(
    ("picture", "area", "place"),
    [
        (QSize(1280, 720), QRect(0, 0, 640, 480), QRect(0, 60, 640, 360)),
        (QSize(480, 640), QRect(0, 0, 640, 480), QRect(140, 0, 360, 480)),
        (QSize(64, 48), QRect(0, 0, 640, 480), QRect(0, 0, 640, 480)),
        (QSize(1280, 720), QRect(10, 20, 320, 480), QRect(10, 170, 320, 180)),
    ],
)
def test_aspect_is_kept_and_the_picture_is_in_the_middle(picture: QSize, area: QRect, place: QRect) -> None:
    assert fitted(picture, area) == place


def test_the_picture_is_painted_with_bars_of_the_background(view: VideoView, result_of: ResultOf) -> None:
    view.show_result(result_of(64, 36, colour=200))
    image = grabbed(view)
    assert view.frame_rect == QRect(0, 60, 640, 360)
    assert colour(image, 320, 240) == (200, 200, 200)
    assert colour(image, 320, 30) == BACKGROUND.getRgb()[:3]
    assert colour(image, 320, 450) == BACKGROUND.getRgb()[:3]


def test_a_view_that_grows_in_a_pause_shows_all_details_again(view: VideoView, result_of: ResultOf) -> None:
    result = result_of()
    striped = np.zeros((960, 1280, 3), np.uint8)
    striped[:, ::2] = 200
    view.resize(320, 240)
    view.show_result(replace(result, frame=replace(result.frame, image_bgr=striped)))
    assert colour(grabbed(view), 100, 120) == (100, 100, 100)
    view.resize(1280, 960)
    assert view.frame_rect == QRect(0, 0, 1280, 960)
    image = grabbed(view)
    assert [colour(image, x, 480) for x in (640, 641)] == [(200, 200, 200), (0, 0, 0)]


def test_each_result_is_told_once_after_it_was_painted(
    view: VideoView, result_of: ResultOf, painted: list[FrameResult]
) -> None:
    result = result_of()
    view.show_result(result)
    assert painted == []
    grabbed(view)
    grabbed(view)
    assert painted == [result]


def test_starts_with_words_and_goes_live_with_the_first_picture(view: VideoView, result_of: ResultOf) -> None:
    assert view.message[0] == "Starting…"
    assert "Starting" in view.accessibleDescription()
    view.show_result(result_of())
    assert view.state is ViewState.LIVE
    assert view.message == ("", "")


@pytest.mark.parametrize(
    ("state", "brightest"),
    # The last picture of a video is still looked at.
    [(ViewState.ERROR, 149), (ViewState.RETRYABLE, 149), (ViewState.ENDED, 180), (ViewState.CLOSING, 149)],
)
def test_a_late_picture_does_not_wipe_a_message_and_is_dimmed(
    view: VideoView, result_of: ResultOf, state: ViewState, brightest: int
) -> None:
    view.set_state(state, "Headline", "What to do.")
    view.show_result(result_of(colour=200))
    assert view.state is state
    assert max(colour(grabbed(view), 20, 80)) <= brightest


def test_pictures_of_the_source_before_do_not_end_the_waiting(
    view: VideoView, result_of: ResultOf, painted: list[FrameResult]
) -> None:
    view.show_result(result_of(generation=0))
    view.await_source("Opening…", "")
    view.show_result(result_of(generation=0))
    assert view.state is ViewState.STARTING
    view.show_result(result_of(generation=1))
    assert view.state is ViewState.LIVE


def test_a_file_that_waits_says_so_until_its_first_picture(view: VideoView, result_of: ResultOf) -> None:
    view.wait_for_loading()
    assert view.state is ViewState.STARTING
    assert view.message[0] == "Loading…"
    view.show_result(result_of())
    assert (view.state, view.message) == (ViewState.LIVE, ("", ""))


def test_the_recording_mark_is_on_screen_and_not_in_the_picture(view: VideoView, result_of: ResultOf) -> None:
    result = result_of(colour=90)
    view.show_result(result)
    view.set_recording(3.2, "Annotated video")
    image = grabbed(view)
    for x, y in ((2, 240), (637, 240), (320, 2), (320, 477)):
        red, green, blue = colour(image, x, y)
        assert red > 200
        assert max(green, blue) < 80
    assert colour(image, 320, 240) == (90, 90, 90)
    assert (result.frame.image_bgr == 90).all()
    assert "Recording" in view.accessibleDescription()
    view.set_recording(None)
    assert colour(grabbed(view), RECORD_FRAME_PX // 2, 240) == (90, 90, 90)


def test_paused_is_said_over_a_clear_picture(view: VideoView, result_of: ResultOf) -> None:
    view.show_result(result_of(colour=120))
    clear = grabbed(view)
    view.set_paused(True)
    said = grabbed(view)
    assert colour(said, 320, 200) == (120, 120, 120)
    assert said != clear
    assert "Paused" in view.accessibleDescription()


def test_a_pause_tells_the_position_to_eyes_and_ears(view: VideoView, result_of: ResultOf) -> None:
    view.show_result(result_of())
    view.set_position("0:12.4 / 1:03")
    assert "0:12.4" not in view.accessibleDescription()
    view.set_paused(True)
    assert "Paused at 0:12.4 / 1:03." in view.accessibleDescription()
    assert view.play_button.text().startswith("0:12.4 / 1:03")
    view.set_position("0:12.5 / 1:03")
    assert "0:12.5" in view.play_button.text()


def test_the_button_over_the_picture_is_there_in_a_pause_and_at_the_end(view: VideoView, result_of: ResultOf) -> None:
    assert view.play_button.isHidden()
    view.set_paused(True)
    assert view.play_button.isHidden(), "before the first picture nothing can be played"
    view.show_result(result_of())
    assert not view.play_button.isHidden()
    view.set_paused(False)
    assert view.play_button.isHidden()
    view.set_state(ViewState.ENDED, "The video has ended", "Press Space to play it again.")
    assert not view.play_button.isHidden()
    view.set_state(ViewState.LIVE)
    assert view.play_button.isHidden()


def test_the_button_says_less_where_there_is_no_room(view: VideoView, result_of: ResultOf) -> None:
    view.show_result(result_of())
    view.set_position("1:02:12.4 / 2:01:03")
    view.set_paused(True)
    assert "Space" in view.play_button.text()
    view.setMinimumSize(1, 1)
    words = []
    for width in (800, 450, 320, 150):
        view.resize(width, 200)
        grabbed(view)
        words.append(view.play_button.text())
        assert view.rect().contains(view.play_button.geometry())
    assert [len(said) for said in words] == sorted({len(said) for said in words}, reverse=True)
    assert words[-1] == "Paused"


@pytest.mark.parametrize("key", [Qt.Key_Return, Qt.Key_Enter, Qt.Key_Space])
def test_enter_and_space_press_the_button_over_the_picture(
    view: VideoView, result_of: ResultOf, qtbot: Any, key: int
) -> None:
    view.show_result(result_of())
    view.set_paused(True)
    with qtbot.waitSignal(view.play_button.clicked):
        qtbot.keyClick(view.play_button, key)


@pytest.mark.parametrize("size", [(320, 200), (90, 60), (1900, 1000)])
def test_every_message_can_be_painted_at_any_size(view: VideoView, size: tuple[int, int]) -> None:
    view.setMinimumSize(1, 1)
    view.resize(*size)
    for state in (state for state in ViewState if state is not ViewState.LIVE):
        view.set_state(state, "A headline that is rather long", "And a body that says what to do about it. " * 4)
        assert not grabbed(view).isNull()


@pytest.mark.parametrize(
    ("urls", "request_text"),
    [
        ([QUrl.fromLocalFile("/videos/a video.mp4")], "/videos/a video.mp4"),
        ([QUrl("rtsp://camera/stream")], "rtsp://camera/stream"),
        ([QUrl("mailto:someone"), QUrl.fromLocalFile("/videos")], "/videos"),
        ([QUrl("mailto:someone")], ""),
        ([], ""),
    ],
)
def test_what_is_dropped(urls: list[QUrl], request_text: str) -> None:
    dropped = QMimeData()
    dropped.setUrls(urls)
    assert dropped_request(dropped) == request_text


@pytest.mark.parametrize(
    ("offered", "held", "taken"),
    [
        (Qt.CopyAction, Qt.NoModifier, Qt.CopyAction),
        (Qt.CopyAction, Qt.ShiftModifier, Qt.CopyAction),
        # A file manager may delete what was moved.
        (Qt.CopyAction | Qt.MoveAction, Qt.ShiftModifier, Qt.CopyAction),
        (Qt.LinkAction, Qt.NoModifier, Qt.LinkAction),
        (Qt.MoveAction, Qt.NoModifier, None),
    ],
)
def test_what_is_dropped_is_taken_as_a_copy(
    view: VideoView, offered: Qt.DropActions, held: Qt.KeyboardModifier, taken: Qt.DropAction | None
) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile("/films/film.mp4")])
    enters = QDragEnterEvent(QPoint(5, 5), offered, dropped, Qt.LeftButton, held)
    moves = QDragMoveEvent(QPoint(5, 5), offered, dropped, Qt.LeftButton, held)
    drops = QDropEvent(QPoint(5, 5), offered, dropped, Qt.LeftButton, held)
    for event, handler in (
        (enters, view.dragEnterEvent),
        (moves, view.dragMoveEvent),
        (drops, view.dropEvent),
    ):
        event.ignore()
        handler(event)
        assert (event.dropAction() if event.isAccepted() else None) == taken


def test_a_drop_asks_for_the_source(view: VideoView, qtbot: Any) -> None:
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile("/videos/video.mp4")])
    with qtbot.waitSignal(view.source_dropped) as asked:
        view.dropEvent(QDropEvent(QPoint(5, 5), Qt.CopyAction, dropped, Qt.LeftButton, Qt.NoModifier))
    assert asked.args == ["/videos/video.mp4"]


def test_a_dropped_recording_asks_for_its_review(view: VideoView, qtbot: Any, tmp_path: Path) -> None:
    for name in ("session.json", "expressions.csv"):
        (tmp_path / name).touch()
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(tmp_path))])
    with qtbot.assertNotEmitted(view.source_dropped), qtbot.waitSignal(view.recording_dropped) as asked:
        view.dropEvent(QDropEvent(QPoint(5, 5), Qt.CopyAction, dropped, Qt.LeftButton, Qt.NoModifier))
    assert asked.args == [tmp_path]
