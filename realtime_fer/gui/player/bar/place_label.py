"""Where the file is, in full or in short."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QLabel

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.style.theme import Theme


class PlaceLabel(QLabel):
    """It has room for the longest text that may come, so that nothing beside it moves."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(translate("TransportBar", "Position"))
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # In full and in short, and the widest that each can be.
        self._words, self._widths, self._is_short = ("", ""), (0, 0), False

    @property
    def room_px(self) -> int:
        """The width that it takes."""
        return self._widths[self._is_short]

    def tell(self, words: tuple[str, str], longest: tuple[str, str], theme: Theme) -> bool:
        """Shows the words, in full or in short. Returns whether it needs another width than before."""
        self._words = words
        self._say()
        widths = self._width(longest[0], theme), self._width(longest[1], theme)
        is_other, self._widths = widths != self._widths, widths
        return is_other

    def set_short(self, short: bool) -> None:
        self._is_short = short
        self.setMinimumWidth(self.room_px)
        self._say()

    def _width(self, text: str, theme: Theme) -> int:
        digits = "".join("0" if letter.isdigit() else letter for letter in text)
        return self.fontMetrics().horizontalAdvance(digits) + theme.px(16)

    def _say(self) -> None:
        self.setText(self._words[self._is_short])
        self.setToolTip(self._words[0] if self._is_short else "")
