"""Paints the square: pleasantness of the expressions across, their strength upwards, each face with its trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PyQt5.QtCore import QPointF, QRectF, QSize, Qt
from PyQt5.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PyQt5.QtWidgets import QSizePolicy, QWidget

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.pleasantness.trails import SPAN_S, TrailPoint
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.plain_text import plain

_CENTRE = int(Qt.AlignmentFlag.AlignCenter)
_LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
_RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
#: A face that was missing for less is still shown where it was.
_HOLD_S = 0.5
_WIDEST = 2.0


def pleasantness_tip() -> str:
    """What the square is, in a sentence."""
    return translate(
        "Pleasantness",
        "How pleasant the visible expression is (across) and how strong it is (upwards), by the model’s probabilities, "
        "with a trail of the last four seconds; it does not say how the person feels.",
    )


@dataclass(frozen=True)
class ShownTrail:
    """One person's points, the newest last, in the person's colour."""

    label: str
    colour_rgb: tuple[int, int, int]
    points: tuple[TrailPoint, ...]


class PleasantnessSquare(QWidget):
    """Called only from the GUI thread. As wide as twice its height at most: the scale across is twice as long."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._trails: tuple[ShownTrail, ...] = ()
        self._now_s, self._words = 0.0, ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(translate("Pleasantness", "Pleasantness of the expression"))
        self.setToolTip(pleasantness_tip())
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(300), self._theme.px(170))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(210), self._theme.px(110))

    def show_trails(self, trails: Sequence[ShownTrail], now_s: float, words: str = "") -> None:
        """``words``: in place of points, why there are none."""
        self._trails, self._now_s, self._words = tuple(trails), now_s, words
        self.update()

    @property
    def place(self) -> QRectF:
        """Where the square is, between the words of its axes."""
        metrics = QFontMetricsF(self.font())
        left = max(metrics.horizontalAdvance(word) for word in _strength_words()) + 14
        area = QRectF(self.rect()).adjusted(left, 6, -12, -metrics.height() - 6)
        width = max(1.0, min(area.width(), _WIDEST * area.height()))
        return QRectF(area.left() + (area.width() - width) / 2, area.top(), width, max(1.0, area.height()))

    def point_at(self, point: TrailPoint) -> QPointF:
        place = self.place
        across, up = min(max(point.pleasantness, -1.0), 1.0), min(max(point.strength, 0.0), 1.0)
        return QPointF(place.left() + place.width() * (1 + across) / 2, place.bottom() - place.height() * up)

    def paintEvent(self, event: QPaintEvent | None) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        place = self.place
        self._paint_ground(painter, place)
        if self._words:
            painter.setPen(QColor(self._theme.quiet))
            painter.drawText(place.adjusted(6, 4, -6, -4), _CENTRE | int(Qt.TextFlag.TextWordWrap), self._words)
        for trail in self._trails:
            if trail.points:
                self._paint_trail(painter, trail)
        labels: list[QRectF] = []
        for trail in self._trails:
            if trail.points and self._now_s - trail.points[-1].time_s <= _HOLD_S:
                self._paint_point(painter, trail, labels)
        painter.end()

    def _paint_ground(self, painter: QPainter, place: QRectF) -> None:
        metrics, theme = QFontMetricsF(self.font()), self._theme
        painter.fillRect(place, QColor(theme.field))
        painter.setPen(QPen(QColor(theme.border), 1))
        middle = round(place.center().x()) + 0.5
        painter.drawLine(QPointF(middle, place.top()), QPointF(middle, place.bottom()))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(place)
        painter.setPen(QColor(theme.quiet))
        strong, weak = _strength_words()
        beside = QRectF(0, place.top(), place.left() - 6, metrics.height())
        painter.drawText(beside, _RIGHT, strong)
        beside.moveBottom(place.bottom())
        painter.drawText(beside, _RIGHT, weak)
        below = QRectF(place.left(), place.bottom() + 2, place.width(), metrics.height())
        unpleasant, pleasant = translate("Pleasantness", "unpleasant"), translate("Pleasantness", "pleasant")
        painter.drawText(below, _LEFT, unpleasant)
        painter.drawText(below, _RIGHT, pleasant)

    def _paint_trail(self, painter: QPainter, trail: ShownTrail) -> None:
        """Fades towards its oldest end; a break in the time is one in the line."""
        colour = QColor(*trail.colour_rgb)
        width = max(2.0, self._theme.px(2.5))
        for before, after in zip(trail.points, trail.points[1:], strict=False):
            if after.time_s - before.time_s > _HOLD_S:
                continue
            colour.setAlphaF(max(0.15, 0.8 * (1 - (self._now_s - after.time_s) / SPAN_S)))
            painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
            painter.drawLine(self.point_at(before), self.point_at(after))

    def _paint_point(self, painter: QPainter, trail: ShownTrail, labels: list[QRectF]) -> None:
        """The newest point, hollow while no expression is named, with the person's label beside it if it has room."""
        newest, colour, metrics = trail.points[-1], QColor(*trail.colour_rgb), QFontMetricsF(self.font())
        at, reach = self.point_at(newest), self._theme.px(6)
        painter.setPen(QPen(colour, max(2, reach / 3)) if not newest.is_named else QPen(QColor(self._theme.field), 1.5))
        painter.setBrush(colour if newest.is_named else QColor(self._theme.field))
        painter.drawEllipse(at, reach, reach)
        words = metrics.elidedText(plain(trail.label), Qt.TextElideMode.ElideRight, self.place.width() / 3)
        chip = QRectF(0, 0, metrics.horizontalAdvance(words) + 12, metrics.height() + 1)
        chip.moveCenter(at)
        chip.moveLeft(at.x() + reach + 3)
        if chip.right() > self.place.right() - 2:
            chip.moveRight(at.x() - reach - 3)
        chip.moveTop(min(max(chip.top(), self.place.top() + 2), self.place.bottom() - chip.height() - 2))
        if any(chip.intersects(other) for other in labels):
            return
        labels.append(chip)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(chip, chip.height() / 2, chip.height() / 2)
        painter.setPen(QColor("#ffffff"))
        painter.drawText(chip, _CENTRE, words)


def _strength_words() -> tuple[str, str]:
    return translate("Pleasantness", "strong"), translate("Pleasantness", "weak")
