"""Chooses the forms of an export and the folder they go to, and tells what is left out."""

from __future__ import annotations

from pathlib import Path

from PyQt5.QtCore import QPoint, QRect, QSize, Qt, pyqtSignal
from PyQt5.QtGui import QFontMetricsF
from PyQt5.QtWidgets import (
    QApplication,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from realtime_fer.core.sessions.export_formats import EXPORT_FORMATS
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.player.position import time_words
from realtime_fer.gui.review.review_document import ReviewDocument
from realtime_fer.gui.widgets.plain_text import plain
from realtime_fer.gui.window_place import bounded


def format_titles() -> dict[str, tuple[str, str]]:
    """Of each format its name, and what it is for."""
    return {
        "csv": (
            translate("Export", "Corrected table (CSV)"),
            translate("Export", "For R, pandas and spreadsheets: all columns, corrected, with the people’s names"),
        ),
        "bids": (
            translate("Export", "BIDS events"),
            translate("Export", "For brain imaging data sets: each expression and marker with onset and duration"),
        ),
        "elan": (
            translate("Export", "ELAN"),
            translate("Export", "For annotation by hand: a tier for each person and one for the markers"),
        ),
        "webvtt": (
            translate("Export", "Captions (WebVTT)"),
            translate("Export", "For browsers and players: what each person shows, beside the video"),
        ),
        "srt": (
            translate("Export", "Captions (SubRip)"),
            translate("Export", "The same, for players that do not support WebVTT"),
        ),
        "pyfeat": (
            translate("Export", "py-feat"),
            translate("Export", "For py-feat in Python: its columns, the model’s own probabilities"),
        ),
    }


def left_out_words(document: ReviewDocument) -> str:
    """What report and exports lack, in a sentence."""
    names = [plain(document.name_of(person)) for person in sorted(document.now.hidden) if document.track(person)]
    seconds = sum(min(span.end_s, document.duration_s) - span.start_s for span in document.now.excluded)
    parts = []
    if names:
        parts.append(translate("Export", "hidden people ({names})").format(names=", ".join(names)))
    if seconds > 0:
        parts.append(translate("Export", "excluded spans ({time})").format(time=time_words(seconds)))
    if not parts:
        return translate("Export", "Nothing is left out.")
    return translate("Export", "Left out: {what}.").format(what=", ".join(parts))


class ExportDialog(QDialog):
    """Not modal. ``wanted`` gives the formats and the folder once a person has chosen.

    Attributes:
        boxes: by the names of ``EXPORT_FORMATS``.
    """

    wanted = pyqtSignal(list, object)

    def __init__(self, document: ReviewDocument, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        width = round(QFontMetricsF(self.font()).averageCharWidth() * 62)
        headline = QLabel(self.tr("Export for other programs"))
        headline.setObjectName("headline")
        self.boxes: dict[str, QCheckBox] = {}
        formats = QVBoxLayout()
        formats.setSpacing(2)
        titles = format_titles()
        for position, name in enumerate(EXPORT_FORMATS):
            title, use = titles[name]
            box = QCheckBox(title)
            box.setAccessibleDescription(use)
            box.toggled.connect(self._check)
            told = QLabel(use)
            told.setObjectName("quiet")
            told.setWordWrap(True)
            told.setIndent(_text_left(box))
            if position:
                formats.addSpacing(8)
            formats.addWidget(box)
            formats.addWidget(told)
            self.boxes[name] = box
        formats.addStretch(1)
        self.folder = QLineEdit(str(document.recording.folder))
        self.folder.textChanged.connect(self._check)
        label = QLabel(self.tr("Into &folder"))
        label.setBuddy(self.folder)
        browse = QPushButton(self.tr("&Browse…"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        place = QGridLayout()
        place.addWidget(label, 0, 0)
        row = QHBoxLayout()
        row.addWidget(self.folder, 1)
        row.addWidget(browse)
        place.addLayout(row, 1, 0)
        self._document = document
        self.left_out = QLabel()
        self.left_out.setTextFormat(Qt.TextFormat.PlainText)
        self.left_out.setWordWrap(True)
        self.refresh()
        buttons = QDialogButtonBox()
        self.export = QPushButton(self.tr("&Export"))
        self.export.setDefault(True)
        buttons.addButton(self.export, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.setAutoDefault(False)
        buttons.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 18, 24, 16)
        column.setSpacing(10)
        column.addWidget(headline)
        area = _scrolled(formats, width)
        column.addWidget(area, 1)
        column.addLayout(place)
        column.addWidget(self.left_out)
        column.addWidget(buttons)
        self.boxes["csv"].setChecked(True)
        self._check()
        self.adjustSize()
        # On a small screen the formats get all that is left of it.
        missing = formats.sizeHint().height() + 4 - area.minimumHeight()
        self.resize(bounded(self, QSize(self.width(), self.height() + max(0, missing))))

    @property
    def formats(self) -> list[str]:
        return [name for name, box in self.boxes.items() if box.isChecked()]

    def refresh(self) -> None:
        """After each change of the document: the window behind it can still be edited."""
        self.left_out.setText(left_out_words(self._document))

    def _check(self) -> None:
        if hasattr(self, "export"):
            self.export.setEnabled(bool(self.formats) and bool(self.folder.text().strip()))

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Export into folder"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _accept(self) -> None:
        self.wanted.emit(self.formats, Path(self.folder.text().strip()).expanduser())
        self.accept()


def _text_left(box: QCheckBox) -> int:
    """Where the box's text begins, at any size of the interface."""
    option = QStyleOptionButton()
    box.initStyleOption(option)
    option.rect = QRect(QPoint(), box.sizeHint())
    style = box.style()
    return style.subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, box).left() if style is not None else 0


def _scrolled(rows: QVBoxLayout, width: int) -> QScrollArea:
    """As large as the rows, or as the screen allows."""
    content = QWidget()
    content.setObjectName("dialogContent")
    rows.setContentsMargins(0, 0, 4, 0)
    content.setLayout(rows)
    area = QScrollArea()
    area.setObjectName("dialogScroll")
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    screen = QApplication.primaryScreen()
    free = screen.availableGeometry().size() if screen is not None else QSize(1024, 768)
    width = min(width, free.width() - 110)
    wanted = rows.heightForWidth(width) if rows.hasHeightForWidth() else content.sizeHint().height()
    area.setMinimumSize(width, min(wanted + 4, max(80, free.height() - 13 * area.fontMetrics().height() - 110)))
    return area
