"""Controls made from the table of settings: a label, a range or a list of choices stands there and nowhere else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PyQt5.QtWidgets import QCheckBox, QSpinBox, QWidget

from realtime_fer.core.settings.table import TABLE
from realtime_fer.gui.widgets.inputs import KeyedChoice, NumberSlider
from realtime_fer.gui.widgets.titles import choice_titles, setting_help, setting_label


@dataclass(frozen=True)
class SettingInput:
    """A control of one setting, whatever its kind.

    Attributes:
        read, show: the value of the setting.
        changed: signal with one argument.
        has_title: the control tells its own title, so that no label stands beside it.
    """

    widget: QWidget
    read: Callable[[], Any]
    show: Callable[[Any], None]
    changed: Any
    has_title: bool = False


def keyed_choice(name: str) -> KeyedChoice:
    """The dropdown of a setting that is one of fixed words."""
    return KeyedChoice(setting_label(name).replace("&", ""), choice_titles(name), setting_help(name))


def number_slider(name: str) -> NumberSlider:
    """The slider of a number whose least value is 0, which switches off what it controls."""
    declared = TABLE[name]
    return NumberSlider(
        setting_label(name),
        step=declared.step,
        highest=declared.limits[1],
        unit=declared.unit,
        tip=setting_help(name),
    )


def check_box(name: str) -> QCheckBox:
    box = QCheckBox(setting_label(name))
    box.setToolTip(setting_help(name))
    return box


def spin_box(name: str) -> QSpinBox:
    box = QSpinBox()
    low, high = TABLE[name].limits
    box.setRange(int(low), int(high))
    box.setToolTip(setting_help(name))
    return box


def setting_input(name: str) -> SettingInput:
    """The control that a setting's kind asks for.

    Raises:
        ValueError: free text and lists have none.
    """
    kind = TABLE[name].kind
    if issubclass(kind, StrEnum):
        choice = keyed_choice(name)
        return SettingInput(choice, lambda: kind(choice.key), choice.set_key, choice.chosen)
    if kind is bool:
        box = check_box(name)
        return SettingInput(box, box.isChecked, box.setChecked, box.toggled, has_title=True)
    if kind is int:
        spin = spin_box(name)
        return SettingInput(spin, spin.value, spin.setValue, spin.valueChanged)
    if kind is float:
        slider = number_slider(name)
        return SettingInput(slider, lambda: slider.value, slider.set_value, slider.value_changed, has_title=True)
    raise ValueError(f"the setting '{name}' has no control of its kind")
