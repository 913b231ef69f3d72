"""The labels of a form in one column, also over several sections."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QLabel

from realtime_fer.gui.style.theme import Theme

_MOST_PX = 220

_MNEMONIC = int(Qt.TextFlag.TextShowMnemonic)


def align_labels(labels: Sequence[QLabel], theme: Theme) -> None:
    """Makes all as wide as the widest, at most to a bound at this scale; what is longer takes two lines."""
    widths = [label.fontMetrics().size(_MNEMONIC, label.text()).width() for label in labels]
    column = min(max(widths, default=0), theme.px(_MOST_PX))
    for label, width in zip(labels, widths, strict=True):
        label.setWordWrap(width > column)
        label.setFixedWidth(column)
