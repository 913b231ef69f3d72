"""The controls of the settings dialog, one for each setting that the table gives a section."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from realtime_fer.core.settings import Settings
from realtime_fer.core.settings.setting import Section
from realtime_fer.core.settings.table import TABLE
from realtime_fer.core.sound import NoSoundDevices, SoundDevices
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.sound.microphone_input import MicrophoneInput
from realtime_fer.gui.widgets.inputs import KeyedChoice, ScaleChoice
from realtime_fer.gui.widgets.setting_inputs import SettingInput, setting_input
from realtime_fer.gui.widgets.titles import language_titles, rate_titles, setting_help, setting_label, size_titles

#: Settings that one control shows together, under the first one's name.
SIZE = ("width", "height")

#: Texts that a person types, with an example of each.
_LINES = {"live_pages": "http://localhost:3000", "live_osc": "127.0.0.1:9000", "live_lsl_markers": "PsychoPy"}


class FolderInput(QWidget):
    """A folder's path, typed or browsed for; '' is the documents folder."""

    changed = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        name = translate("SettingsDialog", "Recordings folder")
        self.path = QLineEdit()
        self.path.setPlaceholderText(translate("SettingsDialog", "Documents folder"))
        self.path.setAccessibleName(name)
        self.path.textChanged.connect(self.changed)
        self.browse = QPushButton(translate("SettingsDialog", "&Browse…"))
        self.browse.setAutoDefault(False)
        self.browse.clicked.connect(lambda _: self._browse(name))
        self.setFocusProxy(self.path)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.path, 1)
        row.addWidget(self.browse)

    def text(self) -> str:
        return self.path.text().strip()

    def _browse(self, title: str) -> None:
        chosen = QFileDialog.getExistingDirectory(self, title, self.path.text())
        if chosen:
            self.path.setText(chosen)


def dialog_inputs(
    settings: Settings,
    sections: Collection[Section],
    sound: SoundDevices | None = None,
    recorded_level: Callable[[], float | None] = lambda: None,
) -> dict[str, SettingInput]:
    """By the name of the setting, in the order of the table. The control under ``width`` shows the height too: its
    value is both.

    Args:
        settings: lists of common values hold theirs too.
        sections: whose settings get a control.
        sound: the microphones; None for none.
        recorded_level: as of :class:`MicrophoneInput`.
    """
    inputs: dict[str, SettingInput] = {}
    for name, declared in TABLE.items():
        if declared.section not in sections or name == SIZE[1]:
            continue
        if name == "microphone":
            inputs[name] = _microphone_input(MicrophoneInput(sound or NoSoundDevices(), recorded_level))
            continue
        made = _input(name, settings)
        if isinstance(made.widget, KeyedChoice):
            made.widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            made.widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        inputs[name] = made
    return inputs


def _microphone_input(made: MicrophoneInput) -> SettingInput:
    return SettingInput(made, lambda: made.key, made.set_key, made.changed)


def _input(name: str, settings: Settings) -> SettingInput:
    title = setting_label(name).replace("&", "")
    if name == SIZE[0]:
        size = KeyedChoice(title, size_titles(settings), "")
        return SettingInput(
            size,
            lambda: tuple(map(int, size.key.split("x"))),
            lambda pixels: size.set_key("{}x{}".format(*pixels)),
            size.chosen,
        )
    if name == "fps":
        rate = KeyedChoice(title, rate_titles(settings), "")
        return SettingInput(rate, lambda: int(rate.key), lambda fps: rate.set_key(str(fps)), rate.chosen)
    if name == "recordings_folder":
        folder = FolderInput()
        return SettingInput(folder, folder.text, folder.path.setText, folder.changed)
    if name in _LINES:
        line = QLineEdit()
        line.setToolTip(setting_help(name))
        line.setPlaceholderText(_LINES[name])
        return SettingInput(line, lambda: line.text().strip(), line.setText, line.textChanged)
    if name == "scale_percent":
        scale = ScaleChoice(title, TABLE[name].usual)
        return SettingInput(scale, lambda: scale.percent, scale.set_percent, scale.chosen)
    if name == "language":
        language = KeyedChoice(title, language_titles(), "")
        return SettingInput(language, lambda: language.key, language.set_key, language.chosen)
    return setting_input(name)
