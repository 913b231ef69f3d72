"""The rows of the open list of models: their texts, and the delegate that draws them."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QModelIndex, QRect, QSize, Qt
from PyQt5.QtGui import QColor, QFont, QFontMetrics, QPainter
from PyQt5.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from realtime_fer.core.cards.model_figures import COMPARED_EXPRESSIONS, balanced_accuracy
from realtime_fer.core.cards.model_order import SHIPPED_GROUPS
from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.text.numbers import milliseconds, percent
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.plain_text import plain_tip

#: The model's line of facts, below its name.
FACTS_ROLE = Qt.ItemDataRole.UserRole + 1
#: The mark after the model's name, such as 'recommended'.
MARK_ROLE = Qt.ItemDataRole.UserRole + 2
#: HEADING or LOAD; models have none.
KIND_ROLE = Qt.ItemDataRole.UserRole + 3

HEADING, LOAD = "heading", "load"

_PADDING_PX = 6
_INDENT_PX = 4
_WIDEST_PX = 560


def model_facts(spec: ModelSpec, ms_a_face: float = 0.0) -> tuple[str, str]:
    """The model's accuracy; its number of expressions and, where it was measured, its speed.

    Args:
        ms_a_face: measured on this computer; 0.0 if it was not.
    """
    found, count = balanced_accuracy(spec), len(spec.class_names)
    if found is None and spec.accuracies():
        share, faces = spec.accuracies()[0]
        right = translate("ModelBox", "{share} accuracy on {faces}").format(share=percent(share, 1), faces=faces)
    elif found is None:
        right = translate("ModelBox", "No accuracy on its card")
    elif found.compared and found.accuracy is not None:
        words = translate("ModelBox", "{accuracy} accuracy, {share} balanced")
        right = words.format(accuracy=percent(found.accuracy), share=percent(found.share))
    elif found.compared:
        right = translate("ModelBox", "{share} balanced accuracy").format(share=percent(found.share, 1))
    else:
        # Measured on other faces than the shipped models and not comparable with them.
        words = translate("ModelBox", "{share} balanced accuracy on {faces}")
        right = words.format(share=percent(found.share, 1), faces=found.faces)
    right = right.replace("(N ", "(N\u00a0")
    time = translate("ModelBox", "{time} per face").format(time=milliseconds(ms_a_face)) if ms_a_face else ""
    expressions = translate("ModelBox", "{count} expressions").format(count=count)
    return right, f"{expressions} · {time}" if time else expressions


def compared_on(specs: Sequence[ModelSpec]) -> str:
    """What the accuracies of the shipped models were measured on, for below the list; '' without any."""
    shipped = {model_id for group in SHIPPED_GROUPS for model_id in group.model_ids}
    figures = [balanced_accuracy(spec) for spec in specs if spec.model_id in shipped]
    found = [each for each in figures if each is not None and each.compared]
    if not found:
        return ""
    # A model without contempt is asked about fewer faces.
    faces = max(found, key=lambda each: each.n).faces.replace("(N ", "(N\u00a0")
    words = translate("ModelBox", "Accuracy on {faces}; balanced: {count} expressions count alike")
    return words.format(faces=faces, count=len(COMPARED_EXPRESSIONS))


def facts_line(spec: ModelSpec, ms_a_face: float = 0.0) -> str:
    return " · ".join(model_facts(spec, ms_a_face))


def model_tip(spec: ModelSpec, ms_a_face: float = 0.0) -> str:
    """The faces and their number it was measured on, its expressions, its size."""
    found = balanced_accuracy(spec)
    told = [sentence.said for sentence in found.sentences] if found is not None else []
    if found is not None and found.compared and not set(COMPARED_EXPRESSIONS) <= set(spec.class_names):
        told.append(
            translate(
                "ModelBox", "In the balanced accuracy, an expression that it does not know counts as never right."
            )
        )
    return plain_tip("\n".join((*told, spec.summary(ms_a_face))))


class ModelListDelegate(QStyledItemDelegate):
    """Draws a model as its name over a smaller line of facts; what is no model has a line above it."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if painter is None:
            return
        painter.save()
        kind = index.data(KIND_ROLE)
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and kind != HEADING
        painter.fillRect(option.rect, QColor(self.theme.accent if selected else self.theme.raised))
        if kind and index.row():
            painter.setPen(QColor(self.theme.border))
            painter.drawLine(option.rect.topLeft(), option.rect.topRight())
        padding = self._px(_PADDING_PX)
        area = option.rect.adjusted(padding + self._px(_INDENT_PX), padding, -padding - self._px(_INDENT_PX), -padding)
        top = area.top()
        for line in self._lines(option.font, index):
            left = area.left()
            for text, font, colour in line:
                metrics = QFontMetrics(font)
                painter.setFont(font)
                painter.setPen(QColor(self.theme.on_accent if selected else colour))
                shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.right() + 1 - left)
                place = QRect(left, top, area.right() + 1 - left, _height(line))
                painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), shown)
                left += metrics.horizontalAdvance(shown)
            top += _height(line)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        lines = self._lines(option.font, index)
        width = max(sum(QFontMetrics(font).horizontalAdvance(text) for text, font, _ in line) for line in lines)
        margins = 2 * (self._px(_PADDING_PX) + self._px(_INDENT_PX)) + 2
        height = sum(_height(line) for line in lines) + 2 * self._px(_PADDING_PX)
        return QSize(min(width + margins, self._px(_WIDEST_PX)), height)

    def _px(self, pixels: int) -> int:
        return self.theme.px(pixels)

    def _lines(self, font: QFont, index: QModelIndex) -> list[list[tuple[str, QFont, str]]]:
        """The row's lines, each a list of (text, font, colour) drawn side by side."""
        strong, small = QFont(font), QFont(font)
        strong.setBold(True)
        if font.pointSizeF() > 0:
            small.setPointSizeF(font.pointSizeF() * 0.92)
        title, kind = str(index.data(Qt.ItemDataRole.DisplayRole) or ""), index.data(KIND_ROLE)
        if kind == HEADING:
            return [[(title, small, self.theme.quiet)]]
        if kind == LOAD:
            return [[(title, font, self.theme.text)]]
        first = [(title, strong, self.theme.text)]
        mark, facts = index.data(MARK_ROLE), index.data(FACTS_ROLE)
        if mark:
            first.append((f"   {mark}", small, self.theme.accent))
        return [first, [(facts, small, self.theme.quiet)]] if facts else [first]


def _height(line: list[tuple[str, QFont, str]]) -> int:
    return max(QFontMetrics(font).height() for _, font, _ in line)
