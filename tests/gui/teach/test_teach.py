"""Teach…: what a person is asked to do, what is kept, given to the engine and refused; by keyboard alone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtTest import QTest
from PyQt5.QtWidgets import QWidget

from realtime_fer.core.errors import SinkError
from realtime_fer.core.own_expressions.files import OwnFiles, OwnNow
from realtime_fer.core.own_expressions.taught import OwnExpressions
from realtime_fer.core.settings import Settings
from realtime_fer.gui.style.appearance import Appearance
from realtime_fer.gui.teach import control
from realtime_fer.gui.teach.control import TeachControl
from realtime_fer.gui.teach.dialog import TeachDialog
from tests.core.own_expressions.made_up import SKEPTICAL, SMIRK, samples, taught
from tests.core.own_expressions.test_taking import seen


class Room:
    """Teach… in a window of its own, with an engine, a file and settings that only note what they are told."""

    def __init__(self, window: QWidget, appearance: Appearance, own: OwnExpressions) -> None:
        self.models: list[Any] = []
        self.tasks: list[str] = []
        self.kept: list[OwnExpressions] = []
        self.fails = False
        self.now = OwnNow()
        self.settings = Settings()
        files = OwnFiles(Path("own.json"), lambda: (own, ""), self._keep, lambda *_: None)
        parts: Any = (
            SimpleNamespace(use_own_expressions=self.models.append),
            SimpleNamespace(set_task=self.tasks.append),
            SimpleNamespace(show_notice=lambda _: None),
        )
        self.teach = TeachControl(window, *parts, appearance, files, self.now, self._change)
        self.teach.open_dialog()
        self._time_s = 0.0

    def _keep(self, own: OwnExpressions) -> None:
        if self.fails:
            raise SinkError("The disk is full.")
        self.kept.append(own)

    def _change(self, **changed: Any) -> None:
        self.settings = replace(self.settings, **changed)
        self.teach.apply(self.settings)

    @property
    def dialog(self) -> TeachDialog:
        assert self.teach.dialog is not None
        return self.teach.dialog

    def hold(self, moved: dict[str, float], seed: int, faces: int = 1) -> None:
        """The countdown passes, and the face is seen for five seconds."""
        self.pass_seconds(control.READY_S)
        for measures in np.concatenate([samples(moved, seed).measures] * 2):
            self._time_s += 1 / 16
            result = seen(self._time_s, faces)
            unlike = result.faces.with_movements(
                result.faces.pose, result.faces.movements, np.repeat(measures[None], faces, axis=0)
            )
            if self.teach._turn is None or self.teach._turn.taking is None:
                break
            self.teach.take(replace(result, faces=unlike))

    def pass_seconds(self, seconds: float) -> None:
        for _ in range(round(seconds * 10) + 1):
            self.teach._tick()


@pytest.fixture
def room(qtbot: Any, appearance: Appearance) -> Room:
    window = QWidget()
    qtbot.addWidget(window)
    return Room(window, appearance, OwnExpressions())


def test_a_name_and_enter_take_the_neutral_face_and_then_the_expression(room: Room) -> None:
    QTest.keyClicks(room.dialog.name, "Skeptical")
    QTest.keyClick(room.dialog.name, Qt.Key.Key_Return)
    assert "neutral" in room.dialog.status.text()
    room.hold({}, 0)
    assert room.kept[-1].names == ()
    assert "Skeptical" in room.dialog.status.text()
    room.hold(SKEPTICAL, 1)
    assert room.kept[-1].names == ("Skeptical",)
    assert "'Skeptical' is learned: it was found in" in room.dialog.status.text()
    assert room.settings.own_expressions
    assert room.models[-1] is room.now.model
    assert room.now.slugs == ("skeptical",)
    assert room.tasks[-1] == ""
    assert not room.dialog.name.text()


def test_what_is_refused_changes_nothing_and_is_said(qtbot: Any, appearance: Appearance) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = Room(window, appearance, taught("Skeptical"))
    for name, moved, seed, sentence in (
        ("Same", SKEPTICAL, 5, "cannot be told apart from 'Skeptical'"),
        ("Nothing", {}, 6, "neutral face"),
    ):
        room.teach.teach(name)
        room.hold(moved, seed)
        assert sentence in room.dialog.status.text()
    room.teach.teach("Happy")
    assert "choose another name" in room.dialog.status.text()
    room.teach.teach("Smirk")
    room.hold(SMIRK, 2, faces=2)
    assert "Several faces" in room.dialog.status.text()
    room.teach.teach("Smirk")
    room.pass_seconds(control.READY_S + 3.2)
    assert "is frozen" in room.dialog.status.text()
    room.fails = True
    room.teach.teach("Smirk")
    room.hold(SMIRK, 2)
    assert room.dialog.status.text() == "The disk is full."
    assert room.teach.taught.names == ("Skeptical",)
    assert room.kept == []
    assert room.models == []


def test_escape_ends_the_taking_first_and_closes_only_then(room: Room) -> None:
    room.teach.teach("Skeptical")
    dialog = room.dialog
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert room.teach.dialog is dialog
    assert room.tasks[-1] == ""
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert room.teach.dialog is None


def test_deleting_renaming_importing_and_undoing(qtbot: Any, appearance: Appearance, tmp_path: Path) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    room = Room(window, appearance, taught("Skeptical", "Smirk"))
    tree, renamed = room.dialog.list, []
    room.teach.renamed.connect(renamed.append)
    item = tree.topLevelItem(2)
    assert item is not None
    tree.setCurrentItem(item)
    item.setText(0, "Grin")
    qtbot.waitUntil(lambda: bool(room.kept))
    assert room.kept[-1].names == ("Skeptical", "Grin")
    assert renamed == [{"own_smirk": ("own_grin", "Grin")}], "triggers follow it"
    QTest.mouseClick(room.dialog.delete, Qt.MouseButton.LeftButton)
    assert room.kept[-1].names == ("Skeptical",)
    QTest.mouseClick(room.dialog.undo, Qt.MouseButton.LeftButton)
    assert room.kept[-1].names == ("Skeptical", "Grin")
    assert len(renamed) == 1
    path = tmp_path / "own.json"
    path.write_bytes(taught("Puzzled").as_json())
    room.teach.take_in(path)
    assert room.teach.taught.names == ("Puzzled",)
    path.write_bytes(b"{}")
    room.teach.take_in(path)
    assert "does not hold own expressions" in room.dialog.status.text()
    assert room.teach.taught.names == ("Puzzled",)
