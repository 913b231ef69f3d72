"""Keeps the triggers, shows when they fire, and does what they ask of the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from PyQt5.QtCore import QObject, Qt, QTime, QTimer, pyqtSignal
from PyQt5.QtWidgets import QToolButton, QWidget

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.settings import Settings
from realtime_fer.core.text.translation import said
from realtime_fer.core.triggers.confirmed import ConfirmedCommands
from realtime_fer.core.triggers.machine import Fired
from realtime_fer.core.triggers.trigger import Action, ActionKind, Trigger, triggers_of
from realtime_fer.core.triggers.words import expression_title, marker_words, trigger_sentence
from realtime_fer.gui.style.appearance import Appearance
from realtime_fer.gui.timeline.expression_history import ExpressionHistory
from realtime_fer.gui.triggers.command_question import CommandQuestion
from realtime_fer.gui.triggers.dialog import TriggerRow, TriggersDialog
from realtime_fer.gui.triggers.dry_run import dry_run_sentence
from realtime_fer.gui.triggers.editor import TriggerEditor
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.gui.widgets.plain_text import plain, plain_tip
from realtime_fer.gui.widgets.status_bar import StatusBar
from realtime_fer.runtime.triggers.runner import TriggerRunner

#: How long the status bar tells who has fired a trigger.
_TOLD_MS = 3000

_NEW = Trigger("happy", (Action(ActionKind.MARKER),))


@dataclass
class _Log:
    """What one trigger has done since it was switched on."""

    count: int = 0
    last: str = ""
    who: str = ""


class TriggerControl(QObject):
    """Called only from the GUI thread; the runner's threads are passed on to it.

    Args:
        keep: keeps settings by name.
        mark: sets a marker: text, and the capture time of its frame.
        own: gives the names of the expressions that the person taught, by the names of their columns.
        shows_own: whether faces are judged by them.
        handlers: as ``gui.live.commands.live_commands``, for what the window does.
    """

    _fired = pyqtSignal()
    _failed = pyqtSignal(object, str)

    def __init__(
        self,
        window: QWidget,
        runner: TriggerRunner,
        confirmed: ConfirmedCommands,
        settings: Settings,
        *,
        keep: Callable[..., None],
        mark: Callable[[str, float], None],
        handlers: Mapping[str, Callable[[str], None]],
        own: Callable[[], Mapping[str, str]] = dict,
        shows_own: Callable[[], bool] = lambda: False,
        history: ExpressionHistory,
        appearance: Appearance,
        status: StatusBar,
        notices: NoticeBar,
    ) -> None:
        super().__init__(window)
        self._window, self._runner, self._confirmed = window, runner, confirmed
        self._keep, self._mark, self._handlers = keep, mark, handlers
        self._own, self._shows_own = own, shows_own
        self._history, self._appearance = history, appearance
        self._status, self._notices = status, notices
        self._logs: dict[Trigger, _Log] = {}
        self._failures: dict[Action, str] = {}
        self._stopped = False
        self._refused = 0
        self.dialog: TriggersDialog | None = None
        self.status_button = QToolButton()
        self.status_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.status_button.clicked.connect(lambda _: self.open_dialog())
        status.add_item(self.status_button)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_TOLD_MS)
        self._calm.timeout.connect(self._show_status)
        # They come from the runner's threads. PyQt's stubs do not know the argument.
        self._fired.connect(self._take_fired, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]
        self._failed.connect(self._take_failure, Qt.ConnectionType.QueuedConnection)  # type: ignore[call-arg]
        runner.listen(self._fired.emit, self._failed.emit)
        self._triggers, sentence = triggers_of(settings.triggers)
        self._leave_unconfirmed_off(sentence)
        self._apply()

    def stop(self) -> None:
        """Ends the runner's thread. May be called twice."""
        self._stopped = True
        self._calm.stop()
        self._runner.stop()
        if self.dialog is not None:
            self.dialog.reject()

    # The dialogs

    def open_dialog(self) -> None:
        """Shows the list of triggers, or raises it."""
        if self.dialog is None:
            dialog = self.dialog = TriggersDialog(self._try_out, self._appearance.theme, self._window)
            dialog.add_wanted.connect(lambda: self._open_editor(None))
            dialog.edit_wanted.connect(self._open_editor)
            dialog.remove_wanted.connect(self._remove)
            dialog.switched.connect(self._switch)
            dialog.finished.connect(self._forget_dialog)
            dialog.show_rows(self._rows(), 0)
            dialog.open_beside(self._window)
        else:
            self.dialog.raise_()
        self.dialog.activateWindow()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _open_editor(self, row: int | None) -> None:
        """``row``: None for a new trigger."""
        if self.dialog is None:
            return
        names = sorted({name for person in self._history.people() if (name := self._history.said.name_of(person))})
        first = _NEW if row is None else self._triggers[row]
        editor = TriggerEditor(first, names, self._try_out, self._appearance.theme, self.dialog, self._own())
        editor.wanted.connect(lambda trigger: self._take_edited(editor, row, trigger))
        editor.open()

    def _take_edited(self, editor: TriggerEditor, row: int | None, trigger: Trigger) -> None:
        def take() -> None:
            at = len(self._triggers) if row is None else row
            self._change([*self._triggers[:at], trigger, *self._triggers[at + 1 :]], at)
            editor.accept()

        self._when_confirmed(editor, trigger, take)

    def _remove(self, row: int) -> None:
        self._change([*self._triggers[:row], *self._triggers[row + 1 :]], min(row, len(self._triggers) - 2))

    def _switch(self, row: int, on: bool) -> None:
        dialog = self.dialog
        if dialog is None or row >= len(self._triggers):
            return
        trigger = replace(self._triggers[row], is_on=on)

        def take() -> None:
            self._change([*self._triggers[:row], trigger, *self._triggers[row + 1 :]], row)

        if on:
            self._when_confirmed(dialog, trigger, take, lambda: dialog.uncheck(row))
        else:
            take()

    def _when_confirmed(
        self, parent: QWidget, trigger: Trigger, take: Callable[[], None], refuse: Callable[[], None] = lambda: None
    ) -> None:
        """Calls ``take`` once the person has seen the trigger's command and confirmed it; at once without one."""
        command = trigger.action(ActionKind.COMMAND)
        if command is None or self._confirmed.is_confirmed(command.text):
            take()
            return

        def confirm() -> None:
            try:
                self._confirmed.confirm(command.text)
            except RealtimeFerError as error:
                self._warn("triggers", said(error.sentence()))
            take()

        question = CommandQuestion(parent, command.text, confirm)
        question.rejected.connect(refuse)
        question.open()

    def follow_renamed(self, names: Mapping[str, tuple[str, str]]) -> None:
        """Own expressions have other names: key before, and key and name now. Their triggers go on."""
        if any(one.expression in names for one in self._triggers):
            kept = [
                replace(one, expression=names[one.expression][0], own_name=names[one.expression][1])
                if one.expression in names
                else one
                for one in self._triggers
            ]
            self._change(kept, 0)

    # What they do

    def _leave_unconfirmed_off(self, sentence: str) -> None:
        """Switches off what would run a command that nobody confirmed on this computer."""
        kept = [one if self._may_run(one) else replace(one, is_on=False) for one in self._triggers]
        lines = []
        if sentence:
            told = self.tr("A trigger in the settings cannot be read and is left out: {reason}")
            lines.append(told.format(reason=said(sentence)))
        if kept != self._triggers:
            lines.append(
                self.tr(
                    "A trigger is off, since its command was not confirmed on this computer. "
                    "Switch it on in Triggers… (Ctrl+T) to see the command."
                )
            )
        self._triggers = kept
        if lines:
            self._warn("triggers", " ".join(lines))

    def _may_run(self, trigger: Trigger) -> bool:
        command = trigger.action(ActionKind.COMMAND)
        return not trigger.is_on or command is None or self._confirmed.is_confirmed(command.text)

    def _change(self, triggers: Sequence[Trigger], row: int) -> None:
        self._triggers = list(triggers)
        self._keep(triggers=tuple(one.as_json() for one in triggers))
        self._apply()
        if self.dialog is not None:
            self.dialog.show_rows(self._rows(), max(0, row))

    def _apply(self) -> None:
        running = [one for one in self._triggers if one.is_on]
        self._logs = {one: self._logs.get(one, _Log()) for one in running}
        actions = {action for one in running for action in one.actions}
        self._failures = {action: told for action, told in self._failures.items() if action in actions}
        self._runner.apply(running)
        self._show_status()

    def _take_fired(self) -> None:
        if self._stopped:
            return
        for fired in self._runner.take_fired():
            log = self._logs.get(fired.trigger)
            if log is None:  # It was switched off meanwhile.
                continue
            log.count += 1
            log.last, log.who = QTime.currentTime().toString("HH:mm:ss"), fired.who
            # First, since a snapshot is taken of the newest frame.
            for action in sorted(fired.trigger.actions, key=lambda one: one.kind is not ActionKind.SNAPSHOT):
                self._do(action, fired)
            self._show_status(fired)
        if self._runner.refused > self._refused:
            self._refused = self._runner.refused
            told = self.tr("Triggers fired faster than their actions could run: {count} were left out.")
            self._warn("triggers", told.format(count=self._refused))
        if self.dialog is not None:
            self.dialog.show_rows(self._rows())

    def _do(self, action: Action, fired: Fired) -> None:
        if action.kind is ActionKind.MARKER:
            self._mark(action.text or marker_words(fired), fired.at_s)
        elif action.kind in self._handlers:
            self._handlers[action.kind]("")

    def _take_failure(self, action: Action, sentence: str) -> None:
        if self._stopped:
            return
        topic = f"trigger {action.kind}"
        if sentence:
            self._failures[action] = sentence
            self._warn(topic, self.tr("Trigger: {reason}").format(reason=said(sentence)))
        else:
            self._failures.pop(action, None)
            self._notices.dismiss(topic)
        if self.dialog is not None:
            self.dialog.show_rows(self._rows())

    def _warn(self, topic: str, text: str) -> None:
        self._notices.show_notice(Notice(topic, Severity.WARNING, text))

    # What is shown

    def _rows(self) -> list[TriggerRow]:
        return [TriggerRow(one, self._status_of(one)) for one in self._triggers]

    def _status_of(self, trigger: Trigger) -> str:
        if not trigger.is_on:
            return self.tr("Off")
        if trigger.is_own and trigger.expression not in self._own():
            return self.tr("Cannot fire: this expression is not taught")
        if trigger.is_own and not self._shows_own():
            return self.tr("Cannot fire: own expressions are hidden. Teach… (Ctrl+Shift+T) shows them")
        log = self._logs[trigger]
        lines = [said(self._failures[action]) for action in trigger.actions if action in self._failures]
        if log.count == 1:
            lines.insert(0, self.tr("Fired at {time}: {who}").format(time=log.last, who=log.who))
        elif log.count:
            told = self.tr("Fired {count} times, last at {time}: {who}")
            lines.insert(0, told.format(count=log.count, time=log.last, who=log.who))
        else:
            lines.insert(0, self.tr("On, has not fired yet"))
        return "\n".join(lines)

    def _show_status(self, fired: Fired | None = None) -> None:
        running = [one for one in self._triggers if one.is_on]
        if fired is not None:
            expression = plain(expression_title(fired.trigger))
            text = self.tr("◆ {who}: {expression}").format(who=plain(fired.who), expression=expression)
            self._calm.start()
        else:
            text = self.tr("◆ Triggers: {count}").format(count=len(running))
        button = self.status_button
        button.setText(text.replace("&", "&&"))
        button.setToolTip(plain_tip("\n".join(trigger_sentence(one) for one in running)))
        button.setAccessibleName(text)
        button.setVisible(bool(running))
        self._status.fit()

    def _try_out(self, trigger: Trigger) -> str:
        return dry_run_sentence(self._history, trigger)
