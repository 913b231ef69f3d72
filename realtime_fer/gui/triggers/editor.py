"""Asks for one trigger: whose which expression, for how long, and what happens then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PyQt5.QtCore import QLocale, Qt, QTimer, pyqtSignal
from PyQt5.QtGui import QValidator
from PyQt5.QtWidgets import (
    QCheckBox,
    QCompleter,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from realtime_fer.core.errors import TriggerError
from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.people import LONGEST_NAME
from realtime_fer.core.text.translation import language, said
from realtime_fer.core.triggers.targets import HTTP_EXAMPLE, OSC_EXAMPLE
from realtime_fer.core.triggers.trigger import (
    HOLD_S,
    LONGEST_TEXT,
    PERCENT,
    REST_S,
    Action,
    ActionKind,
    Sound,
    Trigger,
)
from realtime_fer.core.triggers.words import sound_title, trigger_sentence
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.dialog_scroll import dialog_scroll, fit_to_screen, polish_children
from realtime_fer.gui.widgets.form_labels import align_labels
from realtime_fer.gui.widgets.inputs import KeyedChoice
from realtime_fer.gui.widgets.plain_text import plain

_WIDTH_PX = 520
_LOOK_AGAIN_MS = 1000


class TriggerEditor(QDialog):
    """Blocks the list that it belongs to, but not the video: the last line says when the trigger would have fired.

    Args:
        trigger: shown first.
        names: of the people in view, which are offered.
        try_out: what a trigger would have done in the last minute, as a sentence.
        own: names of the expressions that the person taught, by the names of their columns.
    """

    #: With the Trigger, once it is one. ``accept`` closes the dialog when the command in it may run.
    wanted = pyqtSignal(object)

    def __init__(
        self,
        trigger: Trigger,
        names: Sequence[str],
        try_out: Callable[[Trigger], str],
        theme: Theme,
        parent: QWidget | None = None,
        own: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        # One that is not taught any more is still shown.
        self._own = {**({trigger.expression: trigger.own_name} if trigger.is_own else {}), **(own or {})}
        self._is_on, self._try_out = trigger.is_on, try_out
        self.setWindowTitle(self.tr("Trigger"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        titles = {one.key: one.title for one in EXPRESSIONS} | {key: plain(name) for key, name in self._own.items()}
        self.expression = KeyedChoice(self.tr("Expression"), titles, "")
        if self._own:
            self.expression.insertSeparator(len(EXPRESSIONS))
        self.expression.set_key(trigger.expression)
        self.person = QLineEdit(trigger.person)
        self.person.setMaxLength(LONGEST_NAME)
        self.person.setPlaceholderText(self.tr("Anyone"))
        self.person.setToolTip(self.tr("A name that you gave in the window, in upper or lower case; empty for anyone"))
        completer = QCompleter([plain(name) for name in names], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.person.setCompleter(completer)
        self.hold = _seconds(HOLD_S, trigger.hold_s, 0.1)
        self.percent = QSpinBox()
        self.percent.setRange(*PERCENT)
        self.percent.setValue(trigger.percent)
        self.percent.setSuffix("\u00a0%")
        self.rest = _seconds(REST_S, trigger.rest_s, 1.0)
        self.rest.setSpecialValueText(self.tr("No limit"))
        self.boxes: dict[ActionKind, QCheckBox] = {}
        self.texts: dict[ActionKind, QLineEdit] = {}
        self.sound = KeyedChoice(self.tr("Sound"), {one.value: sound_title(one) for one in Sound}, "")
        self.sound.set_key(Sound.MIDDLE)
        self.record = KeyedChoice(
            self.tr("Recording"),
            {
                ActionKind.START_RECORDING: self.tr("Start"),
                ActionKind.STOP_RECORDING: self.tr("Stop"),
            },
            "",
        )
        self.rule, self.note = QLabel(), QLabel()
        for label in (self.rule, self.note):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.note.setObjectName("quiet")
        self.ok = QPushButton(self.tr("OK"))
        self._lay_out()
        self._show_actions(trigger)
        for widget in (self.hold, self.percent, self.rest):
            widget.valueChanged.connect(lambda _: self._check())
        for text in (self.person, *self.texts.values()):
            text.textChanged.connect(lambda _: self._check())
        for choice in (self.expression, self.sound, self.record):
            choice.chosen.connect(lambda _: self._check())
        for kind, box in self.boxes.items():
            box.toggled.connect(lambda on, kind=kind: self._toggled(kind, on))
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._check)
        self.finished.connect(lambda _: self._timer.stop())
        self._timer.start(_LOOK_AGAIN_MS)
        self._check()
        self.set_theme(theme)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._labels = []
        for title, widget in (
            (self.tr("E&xpression"), self.expression),
            (self.tr("&Person"), self.person),
            (self.tr("&Held for"), self.hold),
            (self.tr("At &least"), self.percent),
            (self.tr("At most &every"), self.rest),
        ):
            label = QLabel(title)
            label.setBuddy(widget)
            if not widget.accessibleName():
                widget.setAccessibleName(title.replace("&", ""))
            self._labels.append(label)
            form.addRow(label, widget)
        for choice in (self.expression, self.sound, self.record):
            choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(1, 1)
        rows: tuple[tuple[ActionKind, str, str, QWidget | None], ...] = (
            (ActionKind.MARKER, self.tr("Add a &marker"), self.tr("Number and expression"), None),
            (ActionKind.SNAPSHOT, self.tr("Take a &snapshot"), "", None),
            (ActionKind.SOUND, self.tr("Play a so&und"), "", self.sound),
            (ActionKind.START_RECORDING, self.tr("&Recording"), "", self.record),
            (ActionKind.OSC, self.tr("Send &OSC"), OSC_EXAMPLE, None),
            (ActionKind.HTTP, self.tr("Send H&TTP"), HTTP_EXAMPLE, None),
            (ActionKind.COMMAND, self.tr("Run a &command"), self.tr("Program and arguments"), None),
        )
        for row, (kind, title, example, beside) in enumerate(rows):
            box = self.boxes[kind] = QCheckBox(title)
            grid.addWidget(box, row, 0)
            if example:
                beside = text = self.texts[kind] = QLineEdit()
                text.setPlaceholderText(example)
                text.setMaxLength(LONGEST_TEXT)
                text.setAccessibleName(title.replace("&", ""))
            if beside is not None:
                grid.addWidget(beside, row, 1)
        self.texts[ActionKind.OSC].setToolTip(
            self.tr("Values after the address are sent as they are; without any, it sends expression, name and value")
        )
        self.texts[ActionKind.HTTP].setToolTip(
            self.tr(
                "Sends expression, name and value as JSON by POST; with GET before the address, it sends a GET "
                "without them"
            )
        )
        self.texts[ActionKind.COMMAND].setToolTip(
            self.tr("Runs without a shell, with FER_EXPRESSION, FER_NAME and FER_VALUE in its environment")
        )
        then = QLabel(self.tr("Then"))
        then.setObjectName("section")
        content = QWidget()
        content.setObjectName("dialogContent")
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 18, 24, 10)
        column.setSpacing(6)
        column.addLayout(form)
        column.addSpacing(6)
        column.addWidget(then)
        column.addLayout(grid)
        column.addSpacing(6)
        column.addWidget(self.rule)
        column.addWidget(self.note)
        column.addStretch(1)
        self._scroll = dialog_scroll(content)
        buttons = QDialogButtonBox()
        buttons.addButton(self.ok, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QPushButton(self.tr("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._want)
        buttons.rejected.connect(self.reject)
        buttons.setContentsMargins(24, 8, 24, 16)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(buttons)
        self.ok.setDefault(True)

    def _show_actions(self, trigger: Trigger) -> None:
        for action in trigger.actions:
            recording = action.kind in (ActionKind.START_RECORDING, ActionKind.STOP_RECORDING)
            self.boxes[ActionKind.START_RECORDING if recording else action.kind].setChecked(True)
            if recording:
                self.record.set_key(action.kind)
            elif action.kind is ActionKind.SOUND:
                self.sound.set_key(action.text)
            elif action.kind in self.texts:
                self.texts[action.kind].setText(action.text)
        for kind, box in self.boxes.items():
            self._enable(kind, box.isChecked())

    def _toggled(self, kind: ActionKind, on: bool) -> None:
        self._enable(kind, on)
        if on and kind in self.texts:
            self.texts[kind].setFocus()
        self._check()

    def _enable(self, kind: ActionKind, on: bool) -> None:
        beside = {ActionKind.SOUND: self.sound, ActionKind.START_RECORDING: self.record, **self.texts}.get(kind)
        if beside is not None:
            beside.setEnabled(on)

    def trigger(self) -> Trigger:
        """What is shown.

        Raises:
            TriggerError: it is none yet.
        """
        actions = []
        for kind, box in self.boxes.items():
            if not box.isChecked():
                continue
            if kind is ActionKind.START_RECORDING:
                actions.append(Action(ActionKind(self.record.key)))
            elif kind is ActionKind.SOUND:
                actions.append(Action(kind, self.sound.key))
            else:
                actions.append(Action(kind, self.texts[kind].text() if kind in self.texts else ""))
        return Trigger(
            self.expression.key,
            tuple(actions),
            self.person.text(),
            round(self.hold.value(), 1),
            self.percent.value(),
            round(self.rest.value(), 1),
            self._is_on,
            self._own.get(self.expression.key, ""),
        )

    def _check(self) -> None:
        try:
            trigger = self.trigger()
        except TriggerError as error:
            self.ok.setEnabled(False)
            self.rule.setText(plain(said(error.sentence())))
            self.note.setText("")
            return
        self.ok.setEnabled(True)
        self.rule.setText(plain(trigger_sentence(trigger)))
        self.note.setText(self._try_out(trigger))

    def _want(self) -> None:
        try:
            self.wanted.emit(self.trigger())
        except TriggerError:
            self._check()

    def set_theme(self, theme: Theme) -> None:
        """Resizes the dialog to its contents at this scale, at most to the screen."""
        polish_children(self)
        align_labels(self._labels, theme)
        # Room for sentences that come while it is open.
        line = self.fontMetrics().lineSpacing()
        self.rule.setMinimumHeight(3 * line)
        self.note.setMinimumHeight(3 * line)
        fit_to_screen(self, self._scroll, theme, _WIDTH_PX, 70)


class _Seconds(QDoubleSpinBox):
    """Shows the language's decimal sign, and takes a point too."""

    def __init__(self) -> None:
        super().__init__()
        locale = QLocale(language())
        locale.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
        self.setLocale(locale)

    def validate(self, text: str | None, position: int) -> tuple[QValidator.State, str, int]:
        return super().validate(self._typed(text), position)

    def valueFromText(self, text: str | None) -> float:
        return super().valueFromText(self._typed(text))

    def _typed(self, text: str | None) -> str:
        return (text or "").replace(".", self.locale().decimalPoint())


def _seconds(limits: tuple[float, float], value: float, step: float) -> QDoubleSpinBox:
    box = _Seconds()
    box.setDecimals(1)
    box.setRange(*limits)
    box.setSingleStep(step)
    box.setValue(value)
    box.setSuffix("\u00a0s")
    return box
