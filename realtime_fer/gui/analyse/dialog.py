"""Asks what is to be analysed, and how; the window's own choices stand there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PyQt5.QtCore import Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from realtime_fer.core.cards.model_order import in_order
from realtime_fer.core.cards.model_spec import ModelSpec, one_line
from realtime_fer.core.enums import Film, Privacy
from realtime_fer.core.system.folder_trees import videos_of
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.dialogs import open_dialogs
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.dialog_scroll import dialog_scroll, fit_to_screen, polish_children
from realtime_fer.gui.widgets.form_labels import align_labels
from realtime_fer.gui.widgets.inputs import KeyedChoice
from realtime_fer.gui.widgets.setting_inputs import setting_input
from realtime_fer.gui.widgets.titles import sensitivity_tip, setting_help, setting_label
from realtime_fer.runtime.analyses.request import AnalysisRequest

_WIDTH_PX = 520

#: The settings that the dialog shows besides the models, in its order.
_CHOICES = ("detector", "sensitivity", "privacy", "film", "min_confidence", "smoothing_s", "mirror")


class AnalyseDialog(QDialog):
    """Not modal: the video plays on beside it.

    Args:
        proposed: what is shown first; its ``source`` is '.' where there is none to propose.
        specs: the models there are.
    """

    #: With a list of AnalysisRequest: one for each file, and for each video of a folder.
    wanted = pyqtSignal(object)

    def __init__(
        self, proposed: AnalysisRequest, specs: Sequence[ModelSpec], theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._proposed = proposed
        self._labels: list[QLabel] = []
        self._several: tuple[str, ...] = ()
        self.setWindowTitle(translate("AnalyseDialog", "Analyse every frame"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        self.path = QLineEdit("" if proposed.source == Path() else str(proposed.source))
        self.path.setPlaceholderText(translate("AnalyseDialog", "A video, a picture or a folder"))
        self.path.setAccessibleName(translate("AnalyseDialog", "Video or folder"))
        self.video = QPushButton(translate("AnalyseDialog", "&Video…"))
        self.folder = QPushButton(translate("AnalyseDialog", "F&older…"))
        for button in (self.video, self.folder):
            button.setAutoDefault(False)
        titles = {spec.model_id: one_line(spec.name) for spec in in_order(specs)}
        self.model = KeyedChoice(setting_label("model").replace("&", ""), titles, setting_help("model"))
        self.compare = KeyedChoice(
            setting_label("compare_model").replace("&", ""),
            {"": translate("AnalyseDialog", "None")} | titles,
            setting_help("compare_model"),
        )
        self.inputs = {name: setting_input(name) for name in _CHOICES}
        self.own = QCheckBox(translate("AnalyseDialog", "Reco&gnise your own expressions too"))
        self.own.setToolTip(", ".join(proposed.own_names))
        self.sound = QCheckBox(translate("AnalyseDialog", "Keep the video’s so&und"))
        self._voices = QLabel(
            translate("AnalyseDialog", "Voices and names identify people even where their faces are hidden.")
        )
        self._voices.setObjectName("quiet")
        self._voices.setWordWrap(True)
        self._specs = {spec.model_id: spec for spec in specs}
        self.note = QLabel()
        self.note.setObjectName("quiet")
        self.start = QPushButton(translate("AnalyseDialog", "A&nalyse"))
        self._lay_out()
        self._show(proposed)
        self.path.textChanged.connect(self._check)
        for signal in (self.model.chosen, self.inputs["film"].changed, self.inputs["privacy"].changed):
            signal.connect(lambda _: self._show_dependent())
        self.sound.toggled.connect(lambda _: self._show_dependent())
        self._show_dependent()
        self.video.clicked.connect(lambda _: self._choose_videos())
        self.folder.clicked.connect(lambda _: self._choose_folder())
        self._check()
        self.set_theme(theme)

    def _show(self, proposed: AnalysisRequest) -> None:
        settings = proposed.settings
        self.model.set_key(settings.model if self.model.findData(settings.model) >= 0 else self.model.itemData(0))
        self.compare.set_key(settings.compare_model if self.compare.findData(settings.compare_model) > 0 else "")
        for name, made in self.inputs.items():
            made.show(proposed.mirror if name == "mirror" else getattr(settings, name))
        self.own.setChecked(settings.own_expressions)
        self.sound.setChecked(proposed.sound)

    def _lay_out(self) -> None:
        content = QWidget()
        content.setObjectName("dialogContent")
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 18, 24, 10)
        column.setSpacing(6)
        what = QLabel(translate("AnalyseDialog", "Video or &folder"))
        what.setBuddy(self.path)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.path, 1)
        row.addWidget(self.video)
        row.addWidget(self.folder)
        self.note.setWordWrap(True)
        column.addWidget(what)
        column.addLayout(row)
        column.addWidget(self.note)
        column.addSpacing(6)
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        rows: list[tuple[str, QWidget]] = [("model", self.model), ("compare_model", self.compare)]
        rows += [(name, made.widget) for name, made in self.inputs.items()]
        for name, widget in rows:
            if isinstance(widget, KeyedChoice):
                widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
                widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
                label = QLabel(setting_label(name))
                label.setBuddy(widget)
                self._labels.append(label)
                form.addRow(label, widget)
            else:
                form.addRow(widget)
        if self._proposed.own_names:
            form.addRow(self.own)
        form.addRow(self.sound)
        form.addRow(self._voices)
        column.addLayout(form)
        column.addStretch(1)
        self._scroll = dialog_scroll(content)
        buttons = QDialogButtonBox()
        buttons.addButton(self.start, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QPushButton(translate("AnalyseDialog", "Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        buttons.setContentsMargins(24, 8, 24, 16)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(buttons)
        # Only now, in its dialog, it stays the default one when another had the focus.
        self.start.setDefault(True)

    @property
    def sources(self) -> list[Path]:
        """What is to be analysed; empty where one of them is not there."""
        text = self.path.text()
        if self._several and text == _quoted(self._several):
            return [Path(name) for name in self._several]
        if not text.strip():
            return []
        try:
            path = Path(text).expanduser()
            return [path.absolute()] if path.exists() else []
        except (OSError, ValueError, RuntimeError):  # An impossible name.
            return []

    def chosen(self) -> list[AnalysisRequest]:
        """What the dialog shows, for each of ``sources``."""
        values = {name: made.read() for name, made in self.inputs.items() if name != "mirror"}
        settings = replace(
            self._proposed.settings,
            model=self.model.key,
            compare_model=self.compare.key,
            own_expressions=self.own.isChecked(),
            **values,
        )
        request = replace(
            self._proposed, settings=settings, mirror=self.inputs["mirror"].read(), sound=self.sound.isChecked()
        )
        # A track is of the file that was proposed.
        return [
            replace(request, source=source, track=request.track if source == request.source else 0)
            for source in self.sources
        ]

    def accept(self) -> None:
        requests: list[AnalysisRequest] = []
        # A tree of many folders takes a while.
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            for request in self.chosen():
                videos = videos_of(request.source) if request.source.is_dir() else []
                requests += [replace(request, source=video) for video in videos] or [request]
        finally:
            QApplication.restoreOverrideCursor()
        if not requests:
            self._check()
            return
        self.wanted.emit(requests)
        super().accept()

    def _start_folder(self) -> str:
        sources = self.sources
        if not sources:
            return open_dialogs.start_folder("")
        return open_dialogs.start_folder(str(sources[0] if sources[0].is_dir() else sources[0].parent))

    def _choose_videos(self) -> None:
        chosen = open_dialogs.choose_videos(self, self._start_folder())
        if chosen:
            self._several = tuple(chosen) if len(chosen) > 1 else ()
            self.path.setText(_quoted(chosen) if len(chosen) > 1 else chosen[0])

    def _choose_folder(self) -> None:
        chosen = open_dialogs.choose_folder(self, self._start_folder())
        if chosen:
            self.path.setText(chosen)

    def _check(self) -> None:
        sources = self.sources
        self.start.setEnabled(bool(sources))
        if not sources and self.path.text().strip():
            self.note.setText(translate("AnalyseDialog", "There is no such file or folder."))
        elif len(sources) > 1:
            self.note.setText(
                translate("AnalyseDialog", "Each of the {count} files becomes a recording of its own.").format(
                    count=len(sources)
                )
            )
        elif sources and sources[0].is_dir():
            self.note.setText(
                translate(
                    "AnalyseDialog",
                    "A folder of pictures becomes one recording; in a folder of videos, each video becomes a "
                    "recording of its own.",
                )
            )
        else:
            self.note.setText(
                translate(
                    "AnalyseDialog",
                    "Runs in the background, skips no frame, and makes a recording with video, table and report.",
                )
            )

    def _show_dependent(self) -> None:
        """What makes sense depends on the other choices."""
        spec = self._specs.get(self.model.key)
        has_prior = spec is not None and spec.prior is not None
        sensitivity = self.inputs["sensitivity"].widget
        sensitivity.setEnabled(has_prior)
        sensitivity.setToolTip(sensitivity_tip(has_prior))
        has_video = self.inputs["film"].read() is not Film.NONE
        self.sound.setEnabled(has_video)
        hides = self.inputs["privacy"].read() is not Privacy.OFF
        self._voices.setVisible(hides and has_video and self.sound.isChecked())

    def set_theme(self, theme: Theme) -> None:
        """Resizes the dialog to its contents at this scale, at most to the screen."""
        polish_children(self)
        align_labels(self._labels, theme)
        fit_to_screen(self, self._scroll, theme, _WIDTH_PX, 70)


def _quoted(paths: Sequence[str]) -> str:
    """Several files in one line, as file dialogs show them."""
    return " ".join(f'"{path}"' for path in paths)
