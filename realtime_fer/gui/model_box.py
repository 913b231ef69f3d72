"""The choice of a model: a dropdown that says how good and how fast each is, and the button that opens its card."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import QModelIndex, QRect, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QColor, QFont, QFontMetrics, QPainter
from PyQt5.QtWidgets import (
    QGridLayout,
    QLabel,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.model_spec import ModelSpec, milliseconds, one_line
from realtime_fer.core.translation import translate
from realtime_fer.gui.inputs import ChoiceBox, PanelButton
from realtime_fer.gui.plain_text import plain_tip
from realtime_fer.gui.theme import Theme

#: The item's lines of facts, below its name in the open list.
FACTS_ROLE = Qt.ItemDataRole.UserRole + 1

_PADDING_PX = 6
_WIDEST_PX = 420


def model_facts(spec: ModelSpec, ms_a_face: float = 0.0, *, naming_lacks: bool = False) -> tuple[str, str]:
    """Two lines: how often it is right on what; how many expressions it knows, and how fast it is.

    Args:
        ms_a_face: as measured on this computer; 0.0 says nothing of it.
        naming_lacks: also names the expressions that it does not know, if they are few.
    """
    accuracies = spec.accuracies()
    right = translate("ModelBox", "No accuracy in its card")
    if accuracies:
        share, faces = accuracies[0]
        right = (
            translate("ModelBox", "{share:.1%} right on {faces}")
            .format(share=share, faces=faces)
            .replace("%", "\u00a0%", 1)
            .replace("(N ", "(N\u00a0")
        )
    classes = translate("ModelBox", "{count} expressions").format(count=len(spec.class_names))
    lacking = [entry.title.lower() for entry in EXPRESSIONS if entry.key not in spec.class_names]
    if naming_lacks and 0 < len(lacking) <= 2:
        classes += ", " + translate("ModelBox", "no {names}").format(names=translate("ModelBox", " or ").join(lacking))
    return right, translate("ModelBox", "{classes} · {time} a face").format(
        classes=classes, time=milliseconds(ms_a_face)
    ) if ms_a_face else classes


class _FactsDelegate(QStyledItemDelegate):
    """An item of the open list: the name, and two smaller lines below it."""

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self.theme = theme

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        if painter is None:
            return
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(option.rect, QColor(self.theme.accent if selected else self.theme.raised))
        area = option.rect.adjusted(_PADDING_PX + 4, _PADDING_PX, -_PADDING_PX - 4, -_PADDING_PX)
        top = area.top()
        for text, font, colour in self._lines(option.font, index):
            metrics = QFontMetrics(font)
            painter.setFont(font)
            painter.setPen(QColor(self.theme.on_accent if selected else colour))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
            line = QRect(area.left(), top, area.width(), metrics.height())
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), shown)
            top += metrics.height()
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        lines = [(text, QFontMetrics(font)) for text, font, _ in self._lines(option.font, index)]
        width = max(metrics.horizontalAdvance(text) for text, metrics in lines) + 2 * _PADDING_PX + 10
        return QSize(
            min(width, self.theme.px(_WIDEST_PX)), sum(metrics.height() for _, metrics in lines) + 2 * _PADDING_PX
        )

    def _lines(self, font: QFont, index: QModelIndex) -> list[tuple[str, QFont, str]]:
        name, small = QFont(font), QFont(font)
        name.setBold(True)
        if font.pointSizeF() > 0:
            small.setPointSizeF(font.pointSizeF() * 0.92)
        facts = index.data(FACTS_ROLE) or ()
        title = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        return [(title, name, self.theme.text), *((line, small, self.theme.quiet) for line in facts)]


class ModelBox(QWidget):
    """Shows choices and tells of new ones; it loads nothing.

    The milliseconds a face are those told by ``set_speed``; a model that was never loaded has none.
    """

    model_chosen = pyqtSignal(str)
    #: Id and milliseconds a face (0.0 is unknown) of the model whose card is asked for.
    card_wanted = pyqtSignal(str, float)
    #: The same of the model that is shown now.
    shown = pyqtSignal(str, float)

    def __init__(self, specs: Sequence[ModelSpec], theme: Theme) -> None:
        super().__init__()
        self._specs = {spec.model_id: spec for spec in specs}
        self._speeds: dict[str, float] = {}
        self._shown = ""
        self.choice = ChoiceBox()
        self.choice.setAccessibleName(translate("ModelBox", "Model"))
        self.choice.setMinimumContentsLength(6)
        self.choice.setMaxVisibleItems(9)
        self._delegate = _FactsDelegate(self.choice, theme)
        self.choice.setItemDelegate(self._delegate)
        for spec in specs:
            self.choice.addItem(one_line(spec.name, 60), spec.model_id)
            self._describe(spec)
        if not specs:
            self.choice.addItem(translate("ModelBox", "No model found"), "")
            self.choice.setEnabled(False)
        self.card = PanelButton(translate("ModelBox", "Model card"))
        self.card.setToolTip(translate("ModelBox", "What the model is, how often it is right, and its limits (Ctrl+I)"))
        self.facts = QLabel()
        self.facts.setObjectName("quiet")
        self.facts.setTextFormat(Qt.TextFormat.PlainText)
        self.facts.setWordWrap(True)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.choice, 0, 0)
        layout.addWidget(self.card, 0, 1)
        layout.addWidget(self.facts, 1, 0, 1, 2)
        layout.setColumnStretch(0, 1)
        self.setFocusProxy(self.choice)
        self.choice.activated.connect(lambda row: self.model_chosen.emit(self.choice.itemData(row) or ""))
        self.card.clicked.connect(lambda _: self.ask_for_card())

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        for spec in self._specs.values():
            self._describe(spec)

    def show_model(self, model_id: str) -> tuple[str, ...]:
        """Shows it as the chosen one and returns its classes; of an unknown one nothing."""
        self.choice.setCurrentIndex(self.choice.findData(model_id) if self._specs else 0)
        self._shown = model_id
        self._show_facts()
        spec = self._specs.get(model_id)
        return spec.class_names if spec else ()

    def set_speed(self, model_id: str, ms_a_face: float) -> None:
        """What a face takes this model on this computer; 0.0 is unknown."""
        self._speeds[model_id] = ms_a_face
        if model_id in self._specs:
            self._describe(self._specs[model_id])
        if model_id == self._shown:
            self._show_facts()

    def ask_for_card(self) -> None:
        if self._shown in self._specs:
            self.card_wanted.emit(self._shown, self._speeds.get(self._shown, 0.0))

    def _describe(self, spec: ModelSpec) -> None:
        row = self.choice.findData(spec.model_id)
        speed = self._speeds.get(spec.model_id, 0.0)
        self.choice.setItemData(row, model_facts(spec, speed, naming_lacks=True), FACTS_ROLE)
        self.choice.setItemData(row, plain_tip(spec.summary(speed)), Qt.ItemDataRole.ToolTipRole)
        view, model, delegate = self.choice.view(), self.choice.model(), self.choice.itemDelegate()
        if view is not None and model is not None and delegate is not None:
            option = QStyleOptionViewItem()
            option.font = self.choice.font()
            hints = [delegate.sizeHint(option, model.index(i, 0)) for i in range(self.choice.count())]
            # The list may be wider than the panel: its lines are.
            view.setMinimumWidth(max(hint.width() for hint in hints) + 24)

    def _show_facts(self) -> None:
        spec = self._specs.get(self._shown)
        speed = self._speeds.get(self._shown, 0.0)
        self.card.setEnabled(spec is not None)
        tip = plain_tip(spec.summary(speed)) if spec else translate("ModelBox", "No model is running.")
        self.choice.setToolTip(tip)
        self.facts.setText("\n".join(model_facts(spec, speed)) if spec else "")
        self.shown.emit(self._shown, speed)
