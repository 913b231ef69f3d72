"""An action's words for a button that has only an icon."""

from __future__ import annotations

from PyQt5.QtGui import QKeySequence
from PyQt5.QtWidgets import QAction


def title_of(action: QAction) -> str:
    """An action's text without its mnemonic."""
    return action.text().replace("&", "").rstrip("…")


def key_of(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def with_key(words: str, action: QAction | None) -> str:
    """'Next frame (.)'."""
    key = key_of(action) if action is not None else ""
    return f"{words} ({key})" if key else words
