from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QWidget

from realtime_fer.core.errors import TriggerError
from realtime_fer.core.people import People
from realtime_fer.core.settings import Settings
from realtime_fer.core.triggers.confirmed import ConfirmedCommands
from realtime_fer.core.triggers.machine import Fired
from realtime_fer.core.triggers.trigger import Action, ActionKind, Trigger
from realtime_fer.gui.style.theme import DARK
from realtime_fer.gui.timeline.expression_history import ExpressionHistory
from realtime_fer.gui.triggers.command_question import CommandQuestion
from realtime_fer.gui.triggers.control import TriggerControl
from realtime_fer.gui.triggers.dialog import TriggersDialog
from realtime_fer.gui.triggers.editor import TriggerEditor
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.gui.widgets.status_bar import StatusBar
from realtime_fer.runtime.triggers.runner import TriggerRunner
from tests.gui.moments import moment

HAPPY = Trigger("happy", (Action(ActionKind.MARKER),), hold_s=0.5, rest_s=0.0)
COMMAND = Trigger("sad", (Action(ActionKind.COMMAND, "say 'so sad'"),))


class FailingCommand:
    is_busy = False

    def perform(self, text: str, fired: Fired) -> bool:
        raise TriggerError("It broke.")

    def outcomes(self) -> Sequence[tuple[str, str]]:
        return ()

    def stop(self) -> None:
        pass


class Desk:
    def __init__(self, qtbot: Any, path: Path, *triggers: Trigger | str) -> None:
        self.qtbot = qtbot
        self.window = QWidget()
        self.status, self.notices = StatusBar(DARK), NoticeBar(DARK, lambda _: None)
        for widget in (self.window, self.status, self.notices):
            qtbot.addWidget(widget)
        self.runner = TriggerRunner({ActionKind.COMMAND: FailingCommand()})
        self.history = ExpressionHistory()
        self.kept: list[tuple[str, ...]] = []
        self.did: list[tuple[str, str]] = []
        self.now_s = 10.0
        self.own = {"own_deep_thought": "Deep thought"}
        self.control = TriggerControl(
            self.window,
            self.runner,
            ConfirmedCommands(path),
            Settings(triggers=tuple(one if isinstance(one, str) else one.as_json() for one in triggers)),
            keep=lambda triggers: self.kept.append(triggers),
            mark=lambda text, at_s: self.did.append((text, f"{at_s:.1f}")),
            own=lambda: self.own,
            shows_own=lambda: True,
            handlers={"snapshot": lambda _: self.did.append(("snapshot", ""))},
            history=self.history,
            appearance=SimpleNamespace(theme=DARK),  # type: ignore[arg-type]
            status=self.status,
            notices=self.notices,
        )

    def hold(self, expression: str = "happy") -> None:
        """Somebody holds an expression for a second and a half, after another one."""
        for step in range(17):
            self.now_s += 0.1
            self.runner.give(moment(self.now_s, {1: {expression if step else "fear": 0.9}}))

    @property
    def dialog(self) -> TriggersDialog:
        if self.control.dialog is None:
            self.control.open_dialog()
        assert self.control.dialog is not None
        return self.control.dialog

    def child(self, kind: type[Any]) -> Any:
        (found,) = [one for one in self.dialog.findChildren(kind) if one.isVisible()]
        return found

    @property
    def rows(self) -> list[str]:
        items = (self.dialog.list.item(row) for row in range(self.dialog.list.count()))
        return [item.text() for item in items if item is not None]


@pytest.fixture
def desk(qtbot: Any, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    made: list[Desk] = []

    def make(*triggers: Trigger) -> Desk:
        made.append(Desk(qtbot, tmp_path / "confirmed.json", *triggers))
        return made[-1]

    yield make
    for one in made:
        one.control.stop()


def test_what_fires_is_done_and_shown(desk: Callable[..., Desk]) -> None:
    made = desk(Trigger("happy", (Action(ActionKind.MARKER), Action(ActionKind.SNAPSHOT)), hold_s=0.5, rest_s=0.0))
    assert made.control.status_button.text() == "◆ Triggers: 1"
    assert made.rows[0].endswith("On, has not fired yet")
    made.hold()
    QApplication.processEvents()
    assert made.did == [("snapshot", ""), ("#1 happy", "10.7")], "the marker is of the frame at which it fired"
    assert made.control.status_button.text() == "◆ #1: Happy"
    assert "Fired at " in made.rows[0]
    made.hold()
    QApplication.processEvents()
    assert "Fired 2 times, last at " in made.rows[0]
    made.hold()
    made.control.stop()
    QApplication.processEvents()
    assert len(made.did) == 4, "nothing is done any more after the end"


def test_an_own_expression_can_be_chosen_and_its_trigger_follows_its_name(desk: Callable[..., Desk]) -> None:
    made = desk()
    made.qtbot.keyClick(made.dialog.add, Qt.Key.Key_Space)
    editor = made.child(TriggerEditor)
    editor.expression.set_key("own_deep_thought")
    editor.ok.click()
    assert "shows “Deep thought”" in made.rows[0]
    made.own = {"own_doubt": "Doubt"}
    made.control.follow_renamed({"own_deep_thought": ("own_doubt", "Doubt")})
    assert "shows “Doubt”" in made.rows[0]
    assert '"own_doubt"' in made.kept[-1][0]
    made.own = {}
    made.control.dialog.reject()
    assert made.rows[0].endswith("Cannot fire: this expression is not taught")


def test_without_triggers_nothing_is_shown(desk: Callable[..., Desk]) -> None:
    made = desk()
    assert made.control.status_button.isHidden()
    assert made.dialog.empty.isVisible()
    assert not made.dialog.edit.isEnabled()


def test_by_keyboard_alone(desk: Callable[..., Desk]) -> None:
    made = desk()
    made.history.add(moment(9.0, {1: {"happy": 0.9}}))
    made.history.follow_people(People().renamed(1, "Anna"))
    keys, dialog = made.qtbot.keyClick, made.dialog
    keys(dialog.add, Qt.Key.Key_Space)
    editor = made.child(TriggerEditor)
    assert editor.rule.text().startswith("When anyone shows “Happy” for 1 s")
    assert editor.note.text() == "In the last minute it would not have fired."
    keys(editor.boxes[ActionKind.MARKER], Qt.Key.Key_Space)
    assert not editor.ok.isEnabled()
    assert "at least one action" in editor.rule.text()
    keys(editor.boxes[ActionKind.SNAPSHOT], Qt.Key.Key_Space)
    editor.hold.setFocus()
    editor.hold.selectAll()
    made.qtbot.keyClicks(editor.hold, "2.5")
    editor.person.setText("anna")  # Typing would open the list of names, which grabs the keyboard.
    keys(editor.person, Qt.Key.Key_Return)
    wanted = Trigger("happy", (Action(ActionKind.SNAPSHOT),), "anna", 2.5)
    assert made.kept == [(wanted.as_json(),)]
    keys(dialog.try_out, Qt.Key.Key_Space)
    assert dialog.tried.text() == "In the last minute it would not have fired."
    keys(dialog.list, Qt.Key.Key_Space)
    QApplication.processEvents()
    assert '"on": false' in made.kept[-1][0]
    assert made.rows[0].endswith("Off")
    assert made.control.status_button.isHidden()
    keys(dialog.list, Qt.Key.Key_Return)
    editor = made.child(TriggerEditor)
    assert editor.trigger().hold_s == 2.5
    editor.reject()
    keys(dialog.list, Qt.Key.Key_Delete)
    assert made.kept[-1] == ()


def test_a_command_is_shown_whole_and_confirmed_once(desk: Callable[..., Desk]) -> None:
    made = desk()
    made.dialog.add.click()
    editor = made.child(TriggerEditor)
    editor.boxes[ActionKind.COMMAND].setChecked(True)
    editor.texts[ActionKind.COMMAND].setText("say 'so sad'")
    editor.ok.click()
    question = made.child(CommandQuestion)
    assert question.command.toPlainText().startswith("say 'so sad'\n")
    assert "Argument 1: so sad" in question.command.toPlainText()
    made.qtbot.keyClick(question.no, Qt.Key.Key_Return)
    assert made.kept == []
    assert editor.isVisible()
    editor.ok.click()
    made.child(CommandQuestion).yes.click()
    assert len(made.kept) == 1
    made.dialog.list.edit_wanted.emit()
    made.child(TriggerEditor).ok.click()
    assert len(made.kept) == 2, "it was not asked again"


def test_a_command_that_nobody_confirmed_here_stays_off(desk: Callable[..., Desk]) -> None:
    made = desk(COMMAND, HAPPY)
    assert made.control.status_button.text() == "◆ Triggers: 1"
    assert "not confirmed on this computer" in made.notices.notices[0].text
    item = made.dialog.list.item(0)
    assert item.checkState() == Qt.CheckState.Unchecked
    item.setCheckState(Qt.CheckState.Checked)
    QApplication.processEvents()
    made.child(CommandQuestion).reject()
    assert item.checkState() == Qt.CheckState.Unchecked
    item.setCheckState(Qt.CheckState.Checked)
    QApplication.processEvents()
    made.child(CommandQuestion).yes.click()
    assert made.control.status_button.text() == "◆ Triggers: 2"


def test_what_fails_is_said(desk: Callable[..., Desk]) -> None:
    desk().control._confirmed.confirm(COMMAND.actions[0].text)
    made = desk(COMMAND)
    made.hold("sad")
    made.qtbot.waitUntil(lambda: bool(made.notices.notices))
    assert made.notices.notices[0].text == "Trigger: It broke."
    assert made.rows[0].endswith("It broke.")


def test_a_bad_entry_of_the_settings_is_said(desk: Callable[..., Desk]) -> None:
    made = desk("{", HAPPY)
    assert "cannot be read" in made.notices.notices[0].text
    assert len(made.rows) == 1
