"""What a dialog holds, scrolled up and down where the screen is too low for it."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QFrame, QScrollArea, QWidget


def dialog_scroll(content: QWidget, name: str = "dialogScroll") -> QScrollArea:
    """``content`` in a frameless area that takes no focus and never scrolls sideways.

    Args:
        name: by which the style sheet knows it.
    """
    scroll = QScrollArea()
    scroll.setObjectName(name)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(content)
    return scroll
