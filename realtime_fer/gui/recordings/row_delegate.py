"""Draws a recording: its picture, its name, and two smaller lines."""

from __future__ import annotations

from PyQt5.QtCore import QModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPixmap
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from realtime_fer.core.sessions.recordings import RecordingEntry
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.recordings.rows import ENTRY_ROLE, FACTS_ROLE, ODD_ROLE, STATE_ROLE
from realtime_fer.gui.style.theme import Theme

_PADDING_PX = 7
_PICTURE_PX = (96, 54)
_GAP_PX = 12


class RecordingDelegate(QStyledItemDelegate):
    """Every row has the same height, so that the list needs none that is not on screen.

    Attributes:
        state_lines: lines for what is said last of each recording.
    """

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme
        self.state_lines = 1

    def is_long(self, index: QModelIndex, font: QFont, row_px: int) -> bool:
        """Whether the state of the recording needs more than one line of a row of this width."""
        text_px = row_px - 2 * self.theme.px(_PADDING_PX) - self.theme.px(_PICTURE_PX[0]) - self.theme.px(_GAP_PX)
        return QFontMetrics(_fonts(font)[1]).horizontalAdvance(str(index.data(STATE_ROLE))) > text_px

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        strong, small = _fonts(option.font)
        lines = QFontMetrics(strong).height() + (1 + self.state_lines) * QFontMetrics(small).height()
        height = max(self.theme.px(_PICTURE_PX[1]), lines) + 2 * self.theme.px(_PADDING_PX)
        return QSize(self.theme.px(200), height)

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        entry = index.data(ENTRY_ROLE)
        if painter is None or not isinstance(entry, RecordingEntry):
            return
        theme, padding = self.theme, self.theme.px(_PADDING_PX)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        back = theme.accent if selected else theme.field
        painter.fillRect(option.rect, QColor(back))
        if not selected and index.row():
            painter.fillRect(QRect(option.rect.left(), option.rect.top(), option.rect.width(), 1), QColor(theme.border))
        area = option.rect.adjusted(padding, padding, -padding, -padding)
        picture_px = QSize(*(theme.px(side) for side in _PICTURE_PX))
        place = QRect(area.topLeft() + QPoint(0, (area.height() - picture_px.height()) // 2), picture_px)
        self._draw_picture(painter, place, index.data(Qt.ItemDataRole.DecorationRole), entry)
        strong, small = _fonts(option.font)
        left = place.right() + theme.px(_GAP_PX)
        state = theme.warning if index.data(ODD_ROLE) else theme.quiet
        width_px = area.right() + 1 - left
        said = wrapped(str(index.data(STATE_ROLE)), QFontMetrics(small), width_px, self.state_lines)
        lines = (
            (str(index.data(Qt.ItemDataRole.DisplayRole)), strong, theme.text if entry.is_recording else theme.quiet),
            (str(index.data(FACTS_ROLE)), small, theme.quiet),
            *((line, small, state) for line in said),
        )
        heights = [QFontMetrics(font).height() for _, font, _ in lines]
        top = area.top() + (area.height() - sum(heights)) // 2
        for (text, font, colour), line_px in zip(lines, heights, strict=True):
            painter.setFont(font)
            painter.setPen(QColor(theme.on_accent if selected else colour))
            shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width_px)
            painter.drawText(QRect(left, top, width_px, line_px), int(Qt.AlignmentFlag.AlignVCenter), shown)
            top += line_px
        if focused:
            painter.setPen(QColor(theme.text if selected else theme.accent))
            painter.drawRect(QRectF(option.rect).adjusted(1.5, 1.5, -1.5, -1.5))
        painter.restore()

    def _draw_picture(self, painter: QPainter, place: QRect, picture: object, entry: RecordingEntry) -> None:
        """The picture, cut to the place's shape; without one a plate that says what the folder holds."""
        theme = self.theme
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(place), theme.px(4), theme.px(4))
        if isinstance(picture, QPixmap) and not picture.isNull():
            painter.save()
            painter.setClipPath(outline)
            size = QSize(place.size()).scaled(picture.size(), Qt.AspectRatioMode.KeepAspectRatio)
            corner = picture.rect().center() - QRect(0, 0, size.width(), size.height()).center()
            painter.drawPixmap(place, picture, QRect(corner, size))
            painter.restore()
            return
        painter.fillPath(outline, QColor(theme.raised))
        painter.setPen(QColor(theme.border))
        painter.drawPath(outline)
        if entry.is_recording and entry.video is None:
            words = translate("Recordings", "numbers only")
        else:
            words = "" if entry.is_recording else "?"
        painter.setPen(QColor(theme.quiet))
        font = QFont(painter.font())
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * 0.8)
        painter.setFont(font)
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), words)


def _fonts(font: QFont) -> tuple[QFont, QFont]:
    strong, small = QFont(font), QFont(font)
    strong.setBold(True)
    if font.pointSizeF() > 0:
        small.setPointSizeF(font.pointSizeF() * 0.92)
    return strong, small


def wrapped(text: str, metrics: QFontMetrics, width_px: int, most: int) -> list[str]:
    """The text in at most so many lines, broken between words; the last is not cut."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if not lines[-1] or len(lines) == most or metrics.horizontalAdvance(longer) <= width_px:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
