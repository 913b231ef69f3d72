"""The window with a model's card. Nothing in it reaches for a file or the network."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from PyQt5.QtCore import QRectF, QSize, Qt, QUrl
from PyQt5.QtGui import QColor, QIcon, QImage, QKeyEvent, QPainter, QPainterPath, QTextOption
from PyQt5.QtWidgets import QDialog, QDialogButtonBox, QTextBrowser, QVBoxLayout, QWidget

from realtime_fer.core.cards.card_sections import card_sections
from realtime_fer.core.cards.model_spec import ModelSpec, one_line
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.model_card.rich_text import BAR_HEIGHT_PX, rich_text
from realtime_fer.gui.style.theme import Theme

_BAR = re.compile(r"([0-9a-f]{6})/([0-9a-f]{6})/(\d{1,4})/(\d{1,3})")
_PIXEL_RATIO = 3  # Drawn larger than shown, so that it is sharp on any screen.


def bar_picture(address: str) -> QImage | None:
    """The picture of ``rich_text``'s 'bar:<colour>/<track>/<thousandths>/<width>'; None for any other address."""
    found = _BAR.fullmatch(address.removeprefix("bar:")) if address.startswith("bar:") else None
    if found is None or not int(found[4]):
        return None
    width = int(found[4])
    picture = QImage(width * _PIXEL_RATIO, BAR_HEIGHT_PX * _PIXEL_RATIO, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_PIXEL_RATIO, _PIXEL_RATIO)
    outline = QPainterPath()
    outline.addRoundedRect(QRectF(0, 0, width, BAR_HEIGHT_PX), 3, 3)
    painter.setClipPath(outline)
    painter.fillRect(QRectF(0, 0, width, BAR_HEIGHT_PX), QColor(f"#{found[2]}"))
    painter.fillRect(QRectF(0, 0, width * int(found[3]) / 1000, BAR_HEIGHT_PX), QColor(f"#{found[1]}"))
    painter.end()
    return picture


class CardBrowser(QTextBrowser):
    """Shows a page; scrolls by the arrows, Page Up, Page Down, Home, End and Space; its text can be copied."""

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        # A hash has no place to break.
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        document = self.document()
        if document is not None:
            document.setDocumentMargin(14)
            document.setIndentWidth(20)

    def loadResource(self, kind: int, name: QUrl) -> Any:
        """Bars alone: where Qt would look for a file there is nothing."""
        return bar_picture(name.toString())

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        scroll = self.verticalScrollBar()
        if event is None or scroll is None:
            return
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if plain and event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            scroll.setValue(scroll.minimum() if event.key() == Qt.Key.Key_Home else scroll.maximum())
        else:
            super().keyPressEvent(event)


class CardWindow(QDialog):
    """Not modal: the picture goes on beside it."""

    def __init__(self, parent: QWidget | None, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[ModelSpec, float] | None = None
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setSizeGripEnabled(True)
        self.browser = CardBrowser()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        if close is not None:
            close.setText(translate("CardWindow", "Close"))
            close.setIcon(QIcon())
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 12, 12, 10)
        column.setSpacing(10)
        column.addWidget(self.browser, 1)
        column.addWidget(buttons)
        self.setMinimumSize(420, 300)
        self.resize(self._first_size())

    def _first_size(self) -> QSize:
        """Room for the widest table, and never larger than the screen allows."""
        screen = self.screen()
        free = screen.availableGeometry().size() if screen is not None else QSize(1024, 600)
        return QSize(min(self._theme.px(720), free.width() - 60), min(self._theme.px(780), free.height() - 80))

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        if self._shown is not None:
            self.show_card(*self._shown)

    def show_card(self, spec: ModelSpec, ms_a_face: float) -> None:
        """The page of this model, from its top unless it is already the one that is shown."""
        page = rich_text(spec.name, card_sections(spec, ms_a_face), self._theme)
        scroll = self.browser.verticalScrollBar()
        before = scroll.value() if scroll is not None and self._shown and self._shown[0] is spec else 0
        self._shown = (spec, ms_a_face)
        title = translate("CardWindow", "Model card: {name}").format(name=one_line(spec.name))
        self.setWindowTitle(title)
        self.browser.setAccessibleName(title)
        self.browser.setHtml(page)
        if scroll is not None:
            scroll.setValue(before)


class ModelCards:
    """Opens the card of the chosen model in one window, which follows the choice while it is open.

    Called only from the GUI thread.
    """

    def __init__(self, parent: QWidget, model_specs: Sequence[ModelSpec], theme: Theme) -> None:
        self._parent, self.theme = parent, theme
        self.set_models(model_specs)
        self._window: CardWindow | None = None

    def set_models(self, specs: Sequence[ModelSpec]) -> None:
        self._specs = {spec.model_id: spec for spec in specs}

    def open(self, model_id: str, ms_a_face: float) -> None:
        """Shows the model's card in front; does nothing for an unknown model."""
        if model_id not in self._specs:
            return
        if self._window is None:
            self._window = CardWindow(self._parent, self.theme)
        self._window.show_card(self._specs[model_id], ms_a_face)
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
        self._window.browser.setFocus()

    def follow(self, model_id: str, ms_a_face: float) -> None:
        """Another model was chosen, or this one was measured: an open window shows that."""
        if self._window is not None and self._window.isVisible() and model_id in self._specs:
            self._window.show_card(self._specs[model_id], ms_a_face)
