"""The welcome page: what the program shows, what it cannot know, where it must not be used, what it saves."""

from __future__ import annotations

from PyQt5.QtCore import QEvent, QObject, QRectF, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from realtime_fer.gui.style.icons import window_icon
from realtime_fer.gui.widgets.inputs import PanelButton

_WIDEST_EM = 46
_DIMMED = QColor(10, 12, 15, 175)


class WelcomePage(QWidget):
    """Covers its parent, which keeps running behind it, until the person has read it.

    Single-letter shortcuts are off meanwhile: nobody starts a recording without having read what it saves.

    Args:
        notices: a child of ``parent`` at its top that stays in sight: warnings come first.
    """

    #: The person pressed the button.
    read = pyqtSignal()

    def __init__(self, parent: QWidget, notices: QWidget) -> None:
        super().__init__(parent)
        self._notices = notices
        self.setAccessibleName(self.tr("Before you begin"))
        self._card = QFrame()
        self._card.setObjectName("welcome")
        self._scroll = QScrollArea()
        self._scroll.setObjectName("welcomeScroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(self.tr("Before you begin"))
        self._scroll.setAccessibleDescription(" ".join(f"{head}. {body}" for head, body in self._sections()))
        self.button = PanelButton(self.tr("I have read this"))
        self.button.setObjectName("welcomeButton")
        self.button.setDefault(True)
        self.button.clicked.connect(lambda _: self.read.emit())
        self._lay_out()
        parent.installEventFilter(self)
        notices.installEventFilter(self)
        self.hide()

    def _sections(self) -> tuple[tuple[str, str], ...]:
        return (
            (
                self.tr("What you will see"),
                self.tr(
                    "Each face gets a box, a number and the name of the expression visible on it at this moment. A "
                    "small model reads it from brows, eyes and mouth."
                ),
            ),
            (
                self.tr("What it cannot know"),
                self.tr(
                    "An expression is not a feeling: people smile without joy and are sad without showing it. The "
                    "model is often wrong, and for some faces more often than for others; its card says how often. "
                    "Do not use it to judge anyone."
                ),
            ),
            (
                self.tr("Where it must not be used"),
                self.tr(
                    "At work or in education: in the European Union, inferring people’s emotions there is prohibited "
                    "(AI Act, Article 5(1)(f)). And never without the knowledge of everyone in view."
                ),
            ),
            (
                self.tr("Where the pictures go"),
                self.tr(
                    "Nowhere. Everything stays on this computer, and nothing is saved unless you press Record, "
                    "Analyse or Snapshot. Faces can be blurred, pixelated or covered. Recordings have sound only if "
                    "you choose a microphone in the settings. Other programs receive numbers only if you switch that "
                    "on; the status bar then says so."
                ),
            ),
        )

    def _lay_out(self) -> None:
        text = QWidget()
        text.setObjectName("welcomeText")
        column = QVBoxLayout(text)
        column.setContentsMargins(30, 24, 30, 8)
        column.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(14)
        icon = QLabel()
        icon.setPixmap(window_icon().pixmap(44, 44))
        title = QLabel(self.tr("Before you begin"))
        title.setObjectName("headline")
        head.addWidget(icon)
        head.addWidget(title, 1)
        column.addLayout(head)
        column.addSpacing(6)
        for headline, body in self._sections():
            for words, name in ((headline, "section"), (body, "")):
                label = QLabel(words)
                label.setObjectName(name)
                label.setWordWrap(True)
                column.addWidget(label)
            column.addSpacing(8)
        column.addStretch(1)
        self._scroll.setWidget(text)
        foot = QHBoxLayout()
        foot.setContentsMargins(30, 8, 30, 22)
        hint = QLabel(self.tr("You can read this again from the Help menu."))
        hint.setObjectName("quiet")
        hint.setWordWrap(True)
        foot.addWidget(hint, 1)
        foot.addWidget(self.button)
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self._scroll, 1)
        inside.addLayout(foot)
        self._card.setParent(self)

    def open(self) -> None:
        """Shows the page over its parent."""
        self._fit()
        self.show()
        self.raise_()
        self._notices.raise_()
        self.button.setFocus()

    def eventFilter(self, watched: QObject | None, event: QEvent | None) -> bool:
        kinds = (QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)
        if event is not None and event.type() in kinds and self.isVisible():
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        parent = self.parentWidget()
        if parent is None:
            return
        self.setGeometry(parent.rect())
        top = 0 if self._notices.isHidden() else self._notices.geometry().bottom() + 1
        free = self.height() - top
        em = self.fontMetrics().height()
        width = min(self.width() - 24, _WIDEST_EM * em * 9 // 10)
        content = self._scroll.widget()
        needed = content.heightForWidth(width) if content is not None else 0
        foot = self.button.sizeHint().height() + 34
        height = min(free - 24, max(needed, 0) + foot)
        self._card.setGeometry((self.width() - width) // 2, top + (free - height) // 2, width, height)

    def event(self, event: QEvent | None) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            held = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            if not event.modifiers() & held:
                event.accept()
                return True
        return super().event(event)

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Keeps Tab on the page: what lies behind cannot be seen well enough to use."""
        (self._scroll if self.button.hasFocus() else self.button).setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def keyPressEvent(self, event: QKeyEvent | None) -> None:
        """Passes no key on to the window."""
        if event is not None and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.button.click()

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.fillRect(QRectF(self.rect()), _DIMMED)
        painter.end()
