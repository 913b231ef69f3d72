"""All settings in one place. Changes show at once; Cancel reverts them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PyQt5.QtCore import QPoint, Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from realtime_fer.core.settings import Settings
from realtime_fer.core.settings.sections import OTHERS, SECTIONS
from realtime_fer.core.settings.setting import Section
from realtime_fer.core.settings.table import TABLE
from realtime_fer.core.sound import SoundDevices
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.dialogs.settings_inputs import SIZE, dialog_inputs
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.dialog_scroll import dialog_scroll
from realtime_fer.gui.widgets.form_labels import align_labels
from realtime_fer.gui.widgets.titles import setting_label, setting_note

#: Live numbers have a dialog of their own.
LIVE_SECTIONS = (OTHERS,)
OWN_SECTIONS = tuple(section for section in SECTIONS if section not in LIVE_SECTIONS)

#: What the dialogs show, by when it takes effect.
APPLIED_AT_ONCE = tuple(name for name, declared in TABLE.items() if declared.section and declared.at_once)
APPLIED_ON_OK = tuple(name for name, declared in TABLE.items() if declared.section and not declared.at_once)

_WIDTH_PX = 470


class SettingsDialog(QDialog):
    """Shows settings and tells what a person changes of them; it changes nothing by itself.

    Args:
        settings: shown first.
        sections: whose settings are shown, of ``SECTIONS``.
        sound, recorded_level: as of ``dialog_inputs``.
        page: stands below them.
    """

    #: Name and value of a setting that the person has changed here and that is seen at once.
    previewed = pyqtSignal(str, object)

    def __init__(
        self,
        settings: Settings,
        theme: Theme,
        parent: QWidget | None = None,
        sections: Sequence[Section] = OWN_SECTIONS,
        sound: SoundDevices | None = None,
        recorded_level: Callable[[], float | None] = lambda: None,
        page: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._labels: list[QLabel] = []
        self._sections, self._page = sections, page
        self.setWindowTitle(self.tr("Live numbers") if sections == LIVE_SECTIONS else self.tr("Settings"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        self.inputs = dialog_inputs(settings, sections, sound, recorded_level)
        self._show(settings, self.inputs)
        self._first = self.shown()
        self._lay_out()
        for name in self._shown_of(APPLIED_AT_ONCE):
            self.inputs[name].changed.connect(lambda _value, name=name: self._tell(name))
        self.set_theme(theme)

    def _shown_of(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if name in self.inputs]

    def _show(self, settings: Settings, names: Iterable[str]) -> None:
        self._showing = True
        for name in names:
            value = (settings.width, settings.height) if name == SIZE[0] else getattr(settings, name)
            self.inputs[name].show(value)
        self._showing = False

    def show_at_once(self, settings: Settings) -> None:
        """Shows what takes effect at once, also where it was changed beside the dialog; no change made here is told."""
        self._show(settings, self._shown_of(APPLIED_AT_ONCE))

    def shown(self) -> dict[str, Any]:
        """Each setting as it is shown now, by its name."""
        values = {name: made.read() for name, made in self.inputs.items()}
        return values | (dict(zip(SIZE, values[SIZE[0]], strict=True)) if SIZE[0] in values else {})

    def changed(self, names: Iterable[str]) -> dict[str, Any]:
        """Those of them that are shown otherwise than at first."""
        shown = self.shown()
        return {name: shown[name] for name in names if name in shown and shown[name] != self._first[name]}

    def leave_microphone(self) -> None:
        """As of :class:`MicrophoneInput`."""
        if "microphone" in self.inputs:
            self.inputs["microphone"].widget.leave()  # type: ignore[attr-defined]

    def _lay_out(self) -> None:
        content = QWidget()
        content.setObjectName("settingsContent")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(24, 18, 24, 10)
        self._column.setSpacing(6)
        for section in self._sections:
            names = [name for name in self.inputs if TABLE[name].section is section]
            self._section(translate("Setting", section.title), names)
        if self._page is not None:
            self._column.addWidget(self._page)
        self._column.addStretch(1)
        self._scroll = dialog_scroll(content, "settingsScroll")
        buttons = QDialogButtonBox()
        ok = QPushButton(self.tr("OK"))
        ok.setDefault(True)
        buttons.addButton(ok, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QPushButton(self.tr("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        buttons.setContentsMargins(24, 8, 24, 16)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(buttons)

    def _section(self, title: str, names: Sequence[str]) -> None:
        if self._column.count():
            self._column.addSpacing(8)
        headline = QLabel(title)
        headline.setObjectName("section")
        self._column.addWidget(headline)
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for name in names:
            widget = self.inputs[name].widget
            if self.inputs[name].has_title:
                form.addRow(widget)
            else:
                label = QLabel(setting_label(name))
                label.setBuddy(widget.focusProxy() or widget)
                form.addRow(label, widget)
                self._labels.append(label)
                if not widget.accessibleName():
                    widget.setAccessibleName(setting_label(name).replace("&", ""))
            if note := setting_note(name):
                quiet = QLabel(note)
                quiet.setObjectName("quiet")
                quiet.setWordWrap(True)
                form.addRow(quiet)
        self._column.addLayout(form)

    def _tell(self, name: str) -> None:
        if not self._showing:
            self.previewed.emit(name, self.inputs[name].read())

    def set_theme(self, theme: Theme) -> None:
        """Resizes the dialog to its contents at this scale, at most to the screen, and keeps it on the screen."""
        content = self._scroll.widget()
        screen = self.screen()
        if content is None or screen is None:
            return
        for child in self.findChildren(QWidget):
            child.ensurePolished()
        align_labels(self._labels, theme)
        # Else the sections keep the sizes that they had at another scale.
        self._column.activate()
        if (outer := self.layout()) is not None:
            outer.activate()
        free = screen.availableGeometry().size()
        wanted = content.sizeHint()
        width = max(theme.px(_WIDTH_PX), wanted.width() + 14)
        self.resize(min(width, free.width() - 40), min(wanted.height() + theme.px(70), free.height() - 70))
        if self.isVisible():
            self._move_to(self.pos())

    def open_beside(self, window: QWidget) -> None:
        """At the right of ``window``, so that the picture stays in sight."""
        self._move_to(window.mapToGlobal(QPoint(window.width() - self.width() - 20, 50)))
        self.show()
        next(iter(self.inputs.values())).widget.setFocus()

    def _move_to(self, corner: QPoint) -> None:
        """To ``corner``, or to the next place where the whole dialog with its buttons is on the screen."""
        screen = self.screen()
        if screen is not None:
            free = screen.availableGeometry()
            corner.setX(max(free.left(), min(corner.x(), free.right() - self.width() - 4)))
            corner.setY(max(free.top() + 30, min(corner.y(), free.bottom() - self.height() - 10)))
        self.move(corner)
