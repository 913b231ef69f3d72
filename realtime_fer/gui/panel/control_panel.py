"""The side panel: what is looked at, with what, and how; and the two buttons that save something."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from PyQt5.QtCore import QSize, Qt, pyqtSignal
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from realtime_fer.core.cards.model_order import in_order
from realtime_fer.core.cards.model_spec import ModelSpec, one_line
from realtime_fer.core.settings import Settings
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.panel.model_box import ModelBox
from realtime_fer.gui.panel.source_box import SourceBox
from realtime_fer.gui.style.icons import record_icon, snapshot_icon, stop_icon
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.inputs import ChoiceBox, KeyedChoice, PanelButton
from realtime_fer.gui.widgets.legend import Legend
from realtime_fer.gui.widgets.setting_inputs import check_box, keyed_choice, number_slider
from realtime_fer.gui.widgets.titles import (
    choice_tips,
    choice_titles,
    clock_duration,
    live_words,
    sensitivity_tip,
    setting_help,
    setting_label,
)

WIDTH_PX = 288
_PROMISE_FROM_PX = 420


def privacy_promise(is_live: bool = False, reaches_others: bool = False) -> str:
    """What is saved, and where numbers go: to other programs, or other computers."""
    saved = translate("ControlPanel", "Only Record, Analyse and Snapshot save anything.")
    if is_live:
        return f"{live_words(is_live, reaches_others)}. {saved}"
    return translate(
        "ControlPanel", "Everything stays on this computer; only Record, Analyse and Snapshot save anything."
    )


class ControlPanel(QFrame):
    """Shows choices and tells of new ones; it changes nothing by itself."""

    detector_chosen = pyqtSignal(str)
    #: Mirror, minimum confidence, smoothing or the hiding of faces changed.
    options_changed = pyqtSignal()
    record_pressed = pyqtSignal()
    snapshot_pressed = pyqtSignal()
    analyse_pressed = pyqtSignal()

    def __init__(self, settings: Settings, model_specs: Sequence[ModelSpec], theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self.source = SourceBox(theme)
        self.detector = self._detector_choice()
        self.model = ModelBox(model_specs, theme)
        self.compare = KeyedChoice(
            setting_label("compare_model").replace("&", ""),
            self._comparison_models(model_specs),
            setting_help("compare_model"),
        )
        self.mirror = check_box("mirror")
        self.mirror.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.min_confidence, self.smoothing = number_slider("min_confidence"), number_slider("smoothing_s")
        self.sensitivity, self.privacy, self.film = map(keyed_choice, ("sensitivity", "privacy", "film"))
        for beside in (self.compare, self.privacy):
            beside.setMinimumContentsLength(5)  # they take what their titles leave
        self.legend = Legend(theme)
        self.record = PanelButton(translate("ControlPanel", "Record"))
        self.record.setObjectName("record")
        self.snapshot = PanelButton(translate("ControlPanel", " Snapshot"))
        self.snapshot.setObjectName("snapshot")
        self.snapshot.setAccessibleName(translate("ControlPanel", "Snapshot"))
        self.snapshot.setToolTip(translate("ControlPanel", "Save the current frame as shown (S)"))
        self.analyse = PanelButton(translate("ControlPanel", "Analyse every frame…"))
        self.analyse.setToolTip(
            translate("ControlPanel", "Work through the whole file in the background; no frame is dropped (Ctrl+E)")
        )
        self.analyse.hide()
        self._lay_out()
        self.set_theme(theme)
        self.set_recording(None)
        self.mirror.setChecked(settings.mirror)
        self.show_choices(settings)
        self.show_detector(settings.detector)
        self.show_model(settings.model)
        self.compare.set_key(settings.compare_model if self.compare.findData(settings.compare_model) > 0 else "")
        self._connect()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        for button in (self.record, self.snapshot):
            button.setIconSize(QSize(theme.px(16), theme.px(16)))
        self.snapshot.setIcon(snapshot_icon(theme.text))
        self._show_record_icon()
        self._fit_width()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        """The promise, which the first page and the help make too, gives way to the controls in a low panel."""
        super().resizeEvent(event)
        self._promise.setVisible(self.height() >= self._theme.px(_PROMISE_FROM_PX))

    def show_live(self, is_on: bool, reaches_others: bool) -> None:
        """Whether numbers leave the program, and this computer."""
        self._promise.setText(privacy_promise(is_on, reaches_others))

    def _fit_width(self) -> None:
        """Makes the panel as wide as its widest control in any font and language, plus a scroll bar."""
        content = self.scroll_area.widget()
        for child in self.findChildren(QWidget):
            child.ensurePolished()
        layout = content.layout() if content is not None else None
        needed = layout.totalMinimumSize().width() if layout is not None else 0
        self.setFixedWidth(max(self._theme.px(WIDTH_PX), needed + self._theme.px(10) + 2))

    def _show_record_icon(self) -> None:
        recording = bool(self.record.property("recording"))
        self.record.setIcon(stop_icon("#ffffff") if recording else record_icon(self._theme.record))

    def set_models(self, specs: Sequence[ModelSpec]) -> None:
        """There is another list of models; the choices stay."""
        self.model.set_models(specs)
        self.compare.set_titles(self._comparison_models(specs))

    def _comparison_models(self, specs: Sequence[ModelSpec]) -> dict[str, str]:
        return {"": self.tr("None")} | {spec.model_id: one_line(spec.name) for spec in in_order(specs)}

    def _detector_choice(self) -> ChoiceBox:
        choice = ChoiceBox()
        choice.setAccessibleName(setting_label("detector").replace("&", ""))
        choice.setToolTip(setting_help("detector"))
        tips = choice_tips("detector")
        for name, title in choice_titles("detector").items():
            choice.addItem(title, str(name))
            choice.setItemData(choice.count() - 1, tips[name], Qt.ItemDataRole.ToolTipRole)
        return choice

    def _lay_out(self) -> None:
        content = QWidget()
        content.setObjectName("panelContent")
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 12, 15, 8)
        column.setSpacing(4)
        for name, widget in (("source", self.source), ("detector", self.detector), ("model", self.model)):
            label = QLabel(setting_label(name))
            label.setBuddy(widget)
            column.addWidget(label)
            column.addWidget(widget)
            column.addSpacing(4)
        column.addLayout(_beside(setting_label("compare_model"), self.compare))
        column.addSpacing(4)
        column.addLayout(_beside(setting_label("privacy"), self.privacy))
        column.addSpacing(4)
        for widget in (self.mirror, self.min_confidence, self.smoothing):
            column.addWidget(widget)
            column.addSpacing(4)
        sensitive = QLabel(setting_label("sensitivity"))
        sensitive.setBuddy(self.sensitivity)
        sensitive.setWordWrap(True)
        column.addWidget(sensitive)
        column.addWidget(self.sensitivity)
        column.addSpacing(4)
        column.addWidget(self.legend)
        column.addStretch(1)
        self.scroll_area = scroll = QScrollArea()
        scroll.setObjectName("panelScroll")
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(content)
        # In a low window it gives way, so that the buttons below it keep their height.
        scroll.setMinimumHeight(30)
        # The two buttons and what they keep stay in sight however low the window is.
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button, share in ((self.record, 12), (self.snapshot, 11)):
            # Shares of the width whatever they say, so that neither moves when a recording begins.
            button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            buttons.addWidget(button, share)
        self._promise = QLabel(privacy_promise())
        self._promise.setObjectName("quiet")
        self._promise.setWordWrap(True)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 8, 15, 10)
        foot.setSpacing(8)
        foot.addLayout(_beside(setting_label("film"), self.film))
        foot.addLayout(buttons)
        foot.addWidget(self.analyse)
        foot.addWidget(self._promise)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addLayout(foot)

        order = (
            self.source.choice,
            self.source.refresh,
            self.detector,
            self.model.choice,
            self.model.card,
            self.compare,
            self.privacy,
            self.mirror,
            self.min_confidence.slider,
            self.smoothing.slider,
            self.sensitivity,
            self.film,
            self.record,
            self.snapshot,
            self.analyse,
        )
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    def _connect(self) -> None:
        self.detector.activated.connect(lambda row: self.detector_chosen.emit(self.detector.itemData(row)))
        self.mirror.toggled.connect(lambda _: self.options_changed.emit())
        self.min_confidence.value_changed.connect(lambda _: self.options_changed.emit())
        self.smoothing.value_changed.connect(lambda _: self.options_changed.emit())
        self.privacy.chosen.connect(lambda _: self.options_changed.emit())
        self.sensitivity.chosen.connect(lambda _: self.options_changed.emit())
        self.record.clicked.connect(lambda _: self.record_pressed.emit())
        self.snapshot.clicked.connect(lambda _: self.snapshot_pressed.emit())
        self.analyse.clicked.connect(lambda _: self.analyse_pressed.emit())

    def chosen(self) -> dict[str, Any]:
        """What ``show_choices`` shows, as it is now, by the names of the settings."""
        return {
            "min_confidence": self.min_confidence.value,
            "smoothing_s": self.smoothing.value,
            "sensitivity": self.sensitivity.key,
            "privacy": self.privacy.key,
            "film": self.film.key,
        }

    def show_choices(self, settings: Settings) -> None:
        """The options that the engine gets, except for mirroring, which belongs to the source."""
        self.min_confidence.set_value(settings.min_confidence)
        self.smoothing.set_value(settings.smoothing_s)
        self.sensitivity.set_key(settings.sensitivity)
        self.privacy.set_key(settings.privacy)
        self.film.set_key(settings.film)

    def show_detector(self, name: str) -> None:
        self.detector.setCurrentIndex(self.detector.findData(str(name)))

    def show_model(self, model_id: str) -> None:
        """The model's name, facts and classes; of an unknown one nothing."""
        self.legend.set_present(self.model.show_model(model_id))
        available = self.model.has_prior
        self.sensitivity.setEnabled(available)
        self.sensitivity.setToolTip(sensitivity_tip(available))
        self.sensitivity.setAccessibleDescription(sensitivity_tip(available))

    def set_speed(self, model_id: str, ms_a_face: float, when_idle: bool = False) -> None:
        """What a face takes this model here; see ``ModelBox.set_speed``."""
        self.model.set_speed(model_id, ms_a_face, when_idle)

    def offer_analysis(self, offered: bool) -> None:
        """Whether a file or folder is open, which can be analysed as a whole."""
        self.analyse.setVisible(offered)

    def set_recording(self, seconds: float | None) -> None:
        """How long the recording has run; None when there is none."""
        recording = seconds is not None
        self.record.setText(
            translate("ControlPanel", " Stop  {time}").format(time=clock_duration(seconds))
            if seconds is not None
            else translate("ControlPanel", " Record")
        )
        if self.record.property("recording") != recording:
            self.record.setProperty("recording", recording)
            self._show_record_icon()
            tip = (
                translate("ControlPanel", "Stop recording (R)")
                if recording
                else translate("ControlPanel", "Record the video and a table of all values (R)")
            )
            self.record.setToolTip(tip)
            self.record.setAccessibleName(
                translate("ControlPanel", "Stop recording") if recording else translate("ControlPanel", "Record")
            )
            style = self.record.style()
            if style is not None:  # a stylesheet looks at a property again only when told
                style.unpolish(self.record)
                style.polish(self.record)


def _beside(title: str, choice: KeyedChoice) -> QHBoxLayout:
    """A title and its dropdown on one line."""
    label = QLabel(title)
    label.setBuddy(choice)
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(label)
    row.addWidget(choice, 1)
    return row
