"""All settings in one place. What can be seen at once is seen while it is chosen; Cancel takes it back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

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

from realtime_fer.core.enums import Film, Privacy, Sensitivity
from realtime_fer.core.settings import Settings
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.inputs import KeyedChoice, ScaleChoice, confidence_slider, smoothing_slider
from realtime_fer.gui.widgets.titles import (
    film_titles,
    language_titles,
    privacy_titles,
    rate_titles,
    sensitivity_tip,
    sensitivity_titles,
    size_titles,
)

#: What nothing shows before the dialog is closed with OK.
AFTER_OK = ("width", "height", "fps", "threads", "jsonl", "recordings_folder", "language")

_WIDTH_PX = 470


class SettingsDialog(QDialog):
    """Shows settings and tells what a person changes of them; it changes nothing by itself.

    Args:
        settings: shown first.
    """

    #: Name and value of a setting that the person has changed here and that is seen at once.
    previewed = pyqtSignal(str, object)

    def __init__(self, settings: Settings, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._labels: list[QLabel] = []
        self.setWindowTitle(self.tr("Settings"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setSizeGripEnabled(True)
        own = self.tr("As the camera offers")
        self.size_choice = self._choice(self.tr("Picture size"), size_titles(settings, own))
        self.rate_choice = self._choice(self.tr("Pictures a second"), rate_titles(settings, own))
        self.min_confidence, self.smoothing = confidence_slider(), smoothing_slider()
        self.sensitivity = self._choice(self.tr("Sensitivity to subtle expressions"), sensitivity_titles())
        self.sensitivity.setToolTip(sensitivity_tip(available=True))
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
        self.scale = ScaleChoice(self.tr("Size of the interface"))
        self.scale.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.on_top = QCheckBox(self.tr("Keep the window in &front of others"))
        self.language = self._choice(self.tr("Language"), language_titles())
        self._at_once: dict[str, Callable[[], Any]] = {
            "min_confidence": lambda: self.min_confidence.value,
            "smoothing_s": lambda: self.smoothing.value,
            "sensitivity": lambda: Sensitivity(self.sensitivity.key),
            "adapt_load": self.adapt_load.isChecked,
            "privacy": lambda: Privacy(self.privacy.key),
            "film": lambda: Film(self.film.key),
            "scale_percent": lambda: self.scale.percent,
            "always_on_top": self.on_top.isChecked,
        }
        self._show(settings)
        self._first = self.shown()
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
        self.threads.setValue(settings.threads)
        self.jsonl.setChecked(settings.jsonl)
        self.language.set_key(settings.language)
        self.show_at_once(settings)

    def show_at_once(self, settings: Settings) -> None:
        """Also what of these was changed beside the dialog; it is not told as a change made here."""
        self._showing = True
        self.min_confidence.set_value(settings.min_confidence)
        self.smoothing.set_value(settings.smoothing_s)
        self.sensitivity.set_key(settings.sensitivity)
        self.adapt_load.setChecked(settings.adapt_load)
        self.privacy.set_key(settings.privacy)
        self.film.set_key(settings.film)
        self.scale.set_percent(settings.scale_percent)
        self.on_top.setChecked(settings.always_on_top)
        self._showing = False

    def shown(self) -> dict[str, Any]:
        """Each setting as it is shown now, by its name."""
        width, height = self.size_choice.key.split("x")
        return {
            "width": int(width),
            "height": int(height),
            "fps": int(self.rate_choice.key),
            "threads": self.threads.value(),
            "jsonl": self.jsonl.isChecked(),
            "recordings_folder": self.folder.text().strip(),
            "language": self.language.key,
            **{name: read() for name, read in self._at_once.items()},
        }

    def changed(self, names: Iterable[str]) -> dict[str, Any]:
        """Those of them that are shown otherwise than at first."""
        shown = self.shown()
        return {name: shown[name] for name in names if shown[name] != self._first[name]}

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
            (
                ("", self.min_confidence),
                ("", self.smoothing),
                (self.tr("Sensitivity to s&ubtle expressions"), self.sensitivity),
                (self.tr("&Threads of the model"), self.threads),
            ),
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
        for name, changed in (
            ("min_confidence", self.min_confidence.value_changed),
            ("smoothing_s", self.smoothing.value_changed),
            ("sensitivity", self.sensitivity.chosen),
            ("adapt_load", self.adapt_load.toggled),
            ("privacy", self.privacy.chosen),
            ("film", self.film.chosen),
            ("scale_percent", self.scale.chosen),
            ("always_on_top", self.on_top.toggled),
        ):
            changed.connect(lambda _value, name=name: self._tell(name))
        self.folder.setAccessibleName(self.tr("Recordings’ folder"))
        self.browse.clicked.connect(lambda _: self._choose_folder())

    def _tell(self, name: str) -> None:
        if not self._showing:
            self.previewed.emit(name, self._at_once[name]())

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
