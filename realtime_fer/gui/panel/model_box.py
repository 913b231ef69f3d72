"""The choice of a model: a dropdown with each model's accuracy and speed, and the button that opens its card."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import QGridLayout, QLabel, QStyleOptionViewItem, QWidget

from realtime_fer.core.cards.model_order import RECOMMENDED, grouped
from realtime_fer.core.cards.model_spec import ModelSpec, one_line
from realtime_fer.core.text.translation import said, translate
from realtime_fer.gui.panel.model_list import (
    FACTS_ROLE,
    HEADING,
    KIND_ROLE,
    LOAD,
    MARK_ROLE,
    ModelListDelegate,
    compared_on,
    facts_line,
    model_facts,
    model_tip,
)
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.inputs import ChoiceBox, PanelButton

#: The last entry's datum; no model has an id with a line break.
_ASK_FILE = "\nask file"


class ModelBox(QWidget):
    """Shows choices and tells of new ones; it loads nothing.

    ``set_speed`` gives the milliseconds per face; a model that was never measured has none.
    """

    model_chosen = pyqtSignal(str)
    #: The list opens: the ids of the models never measured on an idle computer.
    unmeasured = pyqtSignal(object)
    #: The person wants to choose a model's file.
    load_wanted = pyqtSignal()
    #: The person opens a model's card: its id and milliseconds per face (0.0: unknown).
    card_wanted = pyqtSignal(str, float)
    #: Another model is shown: likewise.
    shown = pyqtSignal(str, float)

    def __init__(self, specs: Sequence[ModelSpec], theme: Theme) -> None:
        super().__init__()
        self._specs: dict[str, ModelSpec] = {}
        self._speeds: dict[str, float] = {}
        self._timed_when_idle: set[str] = set()
        self._shown = ""
        self.choice = ChoiceBox()
        self.choice.setAccessibleName(translate("ModelBox", "Model"))
        self.choice.setMinimumContentsLength(6)
        self.choice.setMaxVisibleItems(30)  # as many as the screen has room for
        self._delegate = ModelListDelegate(self.choice, theme)
        self.choice.setItemDelegate(self._delegate)
        self.card = PanelButton(translate("ModelBox", "Model card"))
        self.card.setToolTip(translate("ModelBox", "What the model is, how accurate it is, and its limits (Ctrl+I)"))
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
        self.set_models(specs)
        self.choice.activated.connect(self._activated)
        self.choice.opening.connect(self._report_unmeasured)
        self.card.clicked.connect(lambda _: self.open_card())

    def set_models(self, specs: Sequence[ModelSpec]) -> None:
        """Lists ``specs`` in their groups; keeps the model shown."""
        self._specs = {spec.model_id: spec for spec in specs}
        self.choice.clear()
        if not specs:
            self._add_heading(translate("ModelBox", "No model found"))
        for group, members in grouped(specs):
            title = said(group.title)
            if title:
                self._add_heading(title)
            for spec in members:
                self.choice.addItem(one_line(spec.name, 60), spec.model_id)
                row = self.choice.count() - 1
                # Screen readers skip headings, so each model names its group.
                self.choice.setItemData(row, title, Qt.ItemDataRole.AccessibleDescriptionRole)
                if spec.model_id == RECOMMENDED:
                    self.choice.setItemData(row, translate("ModelBox", "recommended"), MARK_ROLE)
                self._describe(spec)
        if note := compared_on(specs):
            self._add_heading(note)
        self.choice.addItem(translate("ModelBox", "Load model…"), _ASK_FILE)
        self.choice.setItemData(self.choice.count() - 1, LOAD, KIND_ROLE)
        tip = translate("ModelBox", "Your own model: a .tflite file with its card next to it (Ctrl+M)")
        self.choice.setItemData(self.choice.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)
        self._fit_list()
        self._select_shown()

    def set_theme(self, theme: Theme) -> None:
        self._delegate.theme = theme
        self._fit_list()

    def show_model(self, model_id: str) -> tuple[str, ...]:
        """Shows the model as chosen and returns its classes; () for an unknown one."""
        self._shown = model_id
        self._select_shown()
        self._show_facts()
        spec = self._specs.get(model_id)
        return spec.class_names if spec else ()

    @property
    def has_prior(self) -> bool:
        """Whether the card of the model shown says what of its prior may be taken back."""
        spec = self._specs.get(self._shown)
        return spec is not None and spec.prior is not None

    def set_speed(self, model_id: str, ms_a_face: float, when_idle: bool = False) -> None:
        """What a face takes this model on this computer; 0.0 is unknown.

        Args:
            when_idle: it was measured while the computer was idle, which it seldom is while it loads a model.
        """
        if model_id in self._timed_when_idle and not when_idle:
            return
        if when_idle:
            self._timed_when_idle.add(model_id)
        self._speeds[model_id] = ms_a_face
        if model_id in self._specs:
            self._describe(self._specs[model_id])
            self._fit_list()
        if model_id == self._shown:
            self._show_facts()

    def add_speed(self, model_id: str, ms_a_face: float) -> None:
        """As ``set_speed``, of a model that was only measured while it was loaded, if at all."""
        if model_id not in self._timed_when_idle:
            self.set_speed(model_id, ms_a_face, when_idle=True)

    def _report_unmeasured(self) -> None:
        self.unmeasured.emit([model_id for model_id in self._specs if model_id not in self._timed_when_idle])

    def open_card(self) -> None:
        if self._shown in self._specs:
            self.card_wanted.emit(self._shown, self._speeds.get(self._shown, 0.0))

    def _add_heading(self, title: str) -> None:
        self.choice.addItem(title)
        row, model = self.choice.count() - 1, self.choice.model()
        self.choice.setItemData(row, HEADING, KIND_ROLE)
        if model is not None:
            # Qt's own way to disable an entry of a dropdown: role UserRole - 1 holds the item's flags.
            model.setData(model.index(row, 0), 0, int(Qt.ItemDataRole.UserRole) - 1)

    def _activated(self, row: int) -> None:
        chosen = str(self.choice.itemData(row) or "")
        if chosen == _ASK_FILE:
            self._select_shown()
            self.load_wanted.emit()
        else:
            self.model_chosen.emit(chosen)

    def _select_shown(self) -> None:
        self.choice.setCurrentIndex(self.choice.findData(self._shown) if self._specs else 0)

    def _describe(self, spec: ModelSpec) -> None:
        row, speed = self.choice.findData(spec.model_id), self._speeds.get(spec.model_id, 0.0)
        facts = facts_line(spec, speed)
        spoken = (self.choice.itemText(row), self.choice.itemData(row, MARK_ROLE) or "", facts)
        self.choice.setItemData(row, facts, FACTS_ROLE)
        self.choice.setItemData(row, model_tip(spec, speed), Qt.ItemDataRole.ToolTipRole)
        self.choice.setItemData(row, ", ".join(part for part in spoken if part), Qt.ItemDataRole.AccessibleTextRole)

    def _fit_list(self) -> None:
        """Makes the open list as wide as its lines, which are wider than the panel."""
        view, model, delegate = self.choice.view(), self.choice.model(), self.choice.itemDelegate()
        if view is not None and model is not None and delegate is not None:
            option = QStyleOptionViewItem()
            option.font = self.choice.font()
            hints = [delegate.sizeHint(option, model.index(i, 0)) for i in range(self.choice.count())]
            view.setMinimumWidth(max(hint.width() for hint in hints) + 24)

    def _show_facts(self) -> None:
        spec = self._specs.get(self._shown)
        speed = self._speeds.get(self._shown, 0.0)
        self.card.setEnabled(spec is not None)
        tip = model_tip(spec, speed) if spec else translate("ModelBox", "No model is running.")
        self.choice.setToolTip(tip)
        self.facts.setText("\n".join(model_facts(spec, speed)) if spec else "")
        self.shown.emit(self._shown, speed)
