"""The thumbnails of a folder: read lazily, in a thread that never holds up the window."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QWidget

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import Image
from realtime_fer.gui.player.thumbnail_dialog import ThumbnailDialog

NAMES = tuple(f"face{number}.jpg" for number in range(500))


class Reader:
    """Reads what it may; ``asked`` holds the names in order."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self.threads: set[str] = set()

    def __call__(self, folder: Path, name: str, side_px: int) -> Image:
        self.threads.add(threading.current_thread().name)
        self.asked.append(name)
        self.may_go_on.wait(10)
        if name == "face1.jpg":
            raise SourceError("'{name}' is not a picture or is damaged.", name=name)
        if name == "face2.jpg":
            raise ValueError("a fault of the program")
        return np.full((side_px // 2, side_px, 3), (0, 0, 255), np.uint8)


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def dialog(qtbot: Any, reader: Reader) -> Any:
    window = QWidget()
    window.resize(1200, 800)
    qtbot.addWidget(window)
    made = ThumbnailDialog(window, Path("faces"), NAMES, reader)
    yield made
    reader.may_go_on.set()
    made.close()


def picture(dialog: ThumbnailDialog, row: int) -> Any:
    model = dialog.list.model()
    return model.data(model.index(row, 0), Qt.DecorationRole).toImage()


def red(image: Any) -> bool:
    colour = image.pixelColor(image.width() // 2, image.height() // 2)
    return bool(colour.red() > 200 and colour.green() < 50 and colour.alpha() == 255)


def test_only_what_is_in_view_is_read_and_it_fills_its_square(dialog: Any, reader: Reader, qtbot: Any) -> None:
    dialog.show()
    qtbot.waitUntil(lambda: red(picture(dialog, 0)))
    shown = picture(dialog, 0)
    side = dialog.list.iconSize()
    assert shown.size() == side
    across = [y for y in range(side.height()) if shown.pixelColor(side.width() // 2, y).alpha()]
    along = [x for x in range(side.width()) if shown.pixelColor(x, side.height() // 2).alpha()]
    assert (len(across), len(along)) == (side.height() // 2, side.width())
    assert across[0] == pytest.approx(side.height() // 4, abs=1)
    assert len(set(reader.asked)) < 60
    assert reader.threads == {"thumbnails"}


def test_the_window_is_not_held_up_and_what_was_scrolled_to_comes_first(
    dialog: Any, reader: Reader, qtbot: Any
) -> None:
    reader.may_go_on.clear()
    dialog.show()
    qtbot.waitUntil(lambda: len(reader.asked) == 1)
    dialog.show_current(450)
    dialog.list.viewport().repaint()
    assert not red(picture(dialog, 450))
    reader.may_go_on.set()
    qtbot.waitUntil(lambda: len(reader.asked) > 1)
    assert int(reader.asked[1].removeprefix("face").removesuffix(".jpg")) > 400
    qtbot.waitUntil(lambda: red(picture(dialog, 450)))


def test_a_picture_that_cannot_be_read_says_so_and_is_not_read_again(dialog: Any, reader: Reader, qtbot: Any) -> None:
    dialog.show()
    model = dialog.list.model()

    def tip(row: int) -> str:
        return str(model.data(model.index(row, 0), Qt.ToolTipRole))

    qtbot.waitUntil(lambda: all("cannot be read" in tip(row) for row in (1, 2)))
    for _ in range(3):
        dialog.list.viewport().repaint()
    assert reader.asked.count("face1.jpg") == 1
    assert tip(0) == "face0.jpg"


def test_a_click_or_enter_chooses(dialog: Any, qtbot: Any) -> None:
    dialog.show()
    qtbot.waitExposed(dialog)
    chosen: list[int] = []
    dialog.chosen.connect(chosen.append)
    place = dialog.list.visualRect(dialog.list.model().index(3, 0)).center()
    qtbot.mouseClick(dialog.list.viewport(), Qt.LeftButton, pos=place)
    assert chosen == [3]
    qtbot.keyClick(dialog.list, Qt.Key_Right)
    qtbot.keyClick(dialog.list, Qt.Key_Return)
    assert chosen == [3, 4]


def test_closing_ends_the_thread_in_the_middle_of_a_picture(dialog: Any, reader: Reader, qtbot: Any) -> None:
    reader.may_go_on.clear()
    dialog.show()
    qtbot.waitUntil(lambda: len(reader.asked) == 1)
    reader.may_go_on.set()
    dialog.close()
    assert "thumbnails" not in {thread.name for thread in threading.enumerate()}


def test_escape_ends_the_thread_too(dialog: Any, reader: Reader, qtbot: Any) -> None:
    dialog.show()
    qtbot.waitUntil(lambda: bool(reader.asked))
    qtbot.keyClick(dialog, Qt.Key_Escape)
    assert "thumbnails" not in {thread.name for thread in threading.enumerate()}


def test_a_screen_reader_hears_number_and_name(dialog: Any) -> None:
    model = dialog.list.model()
    assert model.data(model.index(11, 0), Qt.AccessibleTextRole) == "12 of 500: face11.jpg"
