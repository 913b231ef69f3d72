"""All settings in one place. What can be seen at once is seen while it is chosen; Cancel takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PyQt5.QtCore import QPoint, Qt, pyqtSignal
from PyQt5.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from realtime_fer.core.settings import Settings
from realtime_fer.gui.inputs import KeyedChoice, confidence_slider, smoothing_slider
from realtime_fer.gui.theme import Theme
from realtime_fer.gui.titles import film_titles, language_titles, privacy_titles

SIZES = ((640, 480), (1280, 720), (1920, 1080), (2560, 1440), (3840, 2160))
RATES = (10, 15, 24, 25, 30, 50, 60)
SCALES = (100, 125, 150, 175, 200)

_WIDTH_PX = 470


class SettingsDialog(QDialog):
    """Shows and gives back Settings; it changes nothing by itself.

    Args:
        settings: shown first; what the dialog has no control for comes back as it was.
    """

    #: The settings as they are shown now, after every change.
    previewed = pyqtSignal(object)

    def __init__(self, settings: Settings, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._before = settings
        self._labels: list[QLabel] = []
        self.setWindowTitle(self.tr("Settings"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        own = self.tr("As the camera offers")
        self.size_choice = self._choice(self.tr("Picture size"), _sizes(settings, own))
        self.rate_choice = self._choice(self.tr("Pictures a second"), _rates(settings, own))
        self.min_confidence, self.smoothing = confidence_slider(), smoothing_slider()
        self.threads = QSpinBox()
        self.threads.setRange(1, 64)
        self.adapt_load = QCheckBox(self.tr("&Lower the load when this computer cannot keep up"))
        self.privacy = self._choice(self.tr("Faces"), privacy_titles())
        self.film = self._choice(self.tr("Recordings keep"), film_titles())
        self.jsonl = QCheckBox(self.tr("&Write expressions.jsonl beside the table"))
        self.folder = QLineEdit(settings.recordings_folder)
        self.folder.setPlaceholderText(self.tr("The documents’ folder"))
        self.browse = QPushButton(self.tr("&Choose…"))
        self.browse.setAutoDefault(False)
        self.scale = self._choice(
            self.tr("Size of the interface"), {str(step): f"{step} %" for step in _scales(settings)}
        )
        self.on_top = QCheckBox(self.tr("Keep the window in &front of others"))
        self.language = self._choice(self.tr("Language"), language_titles())
        self._show(settings)
        self._lay_out()
        self._connect()
        self.set_theme(theme)

    def _choice(self, name: str, titles: dict[str, str]) -> KeyedChoice:
        choice = KeyedChoice(name, titles, "")
        choice.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return choice

    def _show(self, settings: Settings) -> None:
        self.size_choice.set_key(f"{settings.width}x{settings.height}")
        self.rate_choice.set_key(str(settings.fps))
        self.min_confidence.set_value(settings.min_confidence)
        self.smoothing.set_value(settings.smoothing_s)
        self.threads.setValue(settings.threads)
        self.adapt_load.setChecked(settings.adapt_load)
        self.privacy.set_key(settings.privacy)
        self.film.set_key(settings.film)
        self.jsonl.setChecked(settings.jsonl)
        self.scale.set_key(str(settings.scale_percent))
        self.on_top.setChecked(settings.always_on_top)
        self.language.set_key(settings.language)

    def settings(self) -> Settings:
        """As shown now."""
        width, height = self.size_choice.key.split("x")
        return replace(
            self._before,
            width=int(width),
            height=int(height),
            fps=int(self.rate_choice.key),
            min_confidence=self.min_confidence.value,
            smoothing_s=self.smoothing.value,
            threads=self.threads.value(),
            adapt_load=self.adapt_load.isChecked(),
            privacy=self.privacy.key,
            film=self.film.key,
            jsonl=self.jsonl.isChecked(),
            recordings_folder=self.folder.text().strip(),
            scale_percent=int(self.scale.key),
            always_on_top=self.on_top.isChecked(),
            language=self.language.key,
        )

    def _lay_out(self) -> None:
        content = QWidget()
        content.setObjectName("settingsContent")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(24, 18, 24, 10)
        self._column.setSpacing(6)
        folder = QHBoxLayout()
        folder.addWidget(self.folder, 1)
        folder.addWidget(self.browse)
        self._section(
            self.tr("Camera"),
            ((self.tr("Picture &size"), self.size_choice), (self.tr("Pictures a second"), self.rate_choice)),
            note=self.tr("Asked of the camera when this is closed with OK; it may not offer it."),
        )
        self._section(
            self.tr("Expressions"),
            (("", self.min_confidence), ("", self.smoothing), (self.tr("&Threads of the model"), self.threads)),
        )
        self._column.addWidget(self.adapt_load)
        self._section(self.tr("Privacy"), ((self.tr("F&aces"), self.privacy),))
        self._section(self.tr("Recording"), ((self.tr("Recordings &keep"), self.film), (self.tr("&Folder"), folder)))
        self._column.addWidget(self.jsonl)
        self._section(
            self.tr("Window"),
            ((self.tr("Size of the &interface"), self.scale), (self.tr("Lan&guage"), self.language)),
            note=self.tr("Another language is there from the next start on."),
        )
        self._column.addWidget(self.on_top)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setObjectName("settingsScroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(content)
        buttons = QDialogButtonBox()
        ok = QPushButton(self.tr("OK"))
        ok.setDefault(True)
        buttons.addButton(ok, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(QPushButton(self.tr("Cancel")), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        buttons.setContentsMargins(24, 8, 24, 16)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(buttons)

    def _section(self, title: str, rows: Sequence[tuple[str, QWidget | QHBoxLayout]], note: str = "") -> None:
        if self._column.count():
            self._column.addSpacing(8)
        headline = QLabel(title)
        headline.setObjectName("section")
        self._column.addWidget(headline)
        form = QFormLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in rows:
            if not words:
                form.addRow(field)
                continue
            label = QLabel(words)
            label.setBuddy(self.folder if isinstance(field, QHBoxLayout) else field)
            form.addRow(label, field)
            self._labels.append(label)
            if isinstance(field, QWidget) and not field.accessibleName():
                field.setAccessibleName(words.replace("&", ""))
        self._column.addLayout(form)
        if note:
            label = QLabel(note)
            label.setObjectName("quiet")
            label.setWordWrap(True)
            self._column.addWidget(label)

    def _connect(self) -> None:
        for choice in (self.privacy, self.film, self.scale):
            choice.chosen.connect(self._changed)
        for slider in (self.min_confidence, self.smoothing):
            slider.value_changed.connect(self._changed)
        for box in (self.adapt_load, self.on_top):
            box.toggled.connect(self._changed)
        self.folder.setAccessibleName(self.tr("Recordings’ folder"))
        self.browse.clicked.connect(lambda _: self._choose_folder())

    def _changed(self, _value: object = None) -> None:
        self.previewed.emit(self.settings())

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Recordings’ folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def set_theme(self, theme: Theme) -> None:
        """As large as its contents at this scale, and never larger than the screen."""
        content = self._scroll.widget()
        screen = self.screen()
        if content is None or screen is None:
            return
        for child in self.findChildren(QWidget):
            child.ensurePolished()
        # One column for all sections.
        widest = max(label.sizeHint().width() for label in self._labels)
        for label in self._labels:
            label.setMinimumWidth(widest)
        free = screen.availableGeometry().size()
        wanted = content.sizeHint()
        width = max(theme.px(_WIDTH_PX), wanted.width() + 14)
        self.resize(min(width, free.width() - 40), min(wanted.height() + theme.px(70), free.height() - 70))

    def open_beside(self, window: QWidget) -> None:
        """At the right of ``window``, so that the picture stays in sight."""
        corner = window.mapToGlobal(QPoint(window.width() - self.width() - 20, 50))
        screen = self.screen()
        if screen is not None:
            free = screen.availableGeometry()
            corner.setX(max(free.left(), min(corner.x(), free.right() - self.width())))
            corner.setY(max(free.top() + 30, min(corner.y(), free.bottom() - self.height() - 10)))
        self.move(corner)
        self.show()
        self.size_choice.setFocus()


def _sizes(settings: Settings, own: str) -> dict[str, str]:
    sizes = {(settings.width, settings.height), *SIZES} - {(0, 0)}
    return {"0x0": own, **{f"{width}x{height}": f"{width} × {height}" for width, height in sorted(sizes)}}


def _rates(settings: Settings, own: str) -> dict[str, str]:
    return {"0": own, **{str(rate): str(rate) for rate in sorted({settings.fps, *RATES} - {0})}}


def _scales(settings: Settings) -> list[int]:
    return sorted({settings.scale_percent, *SCALES})
