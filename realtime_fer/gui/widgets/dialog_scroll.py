"""What a dialog holds, scrolled up and down where the screen is too low for it; and the dialog's size."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QDialog, QFrame, QScrollArea, QWidget

from realtime_fer.gui.style.theme import Theme

#: Of a scroll bar; and what the window's frame and the screen's edges take.
_BAR_PX, _BESIDE_PX, _ABOVE_PX = 14, 40, 70


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


def polish_children(dialog: QDialog) -> None:
    """Gives what is in the dialog its fonts and shapes, by which its size is measured."""
    for child in dialog.findChildren(QWidget):
        child.ensurePolished()


def fit_to_screen(dialog: QDialog, scroll: QScrollArea, theme: Theme, width_px: int, around_px: int) -> None:
    """Resizes a dialog, whose children are polished, to its contents at this scale, at most to the screen.

    Args:
        scroll: of ``dialog_scroll``; its content has a layout.
        width_px: at 100 %; wider where the contents need it.
        around_px: height of what does not scroll, at 100 %.
    """
    content, screen = scroll.widget(), dialog.screen()
    if content is None or screen is None:
        return
    layout = content.layout()
    if layout is not None:
        layout.activate()
    free = screen.availableGeometry().size()
    width = min(max(theme.px(width_px), content.minimumSizeHint().width() + _BAR_PX), free.width() - _BESIDE_PX)
    height = max(content.sizeHint().height(), content.heightForWidth(width)) + theme.px(around_px)
    dialog.resize(width, min(height, free.height() - _ABOVE_PX))
