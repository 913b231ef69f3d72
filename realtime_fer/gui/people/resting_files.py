"""Resting faces that a person keeps as files: saved, used and deleted by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from PyQt5.QtCore import QObject, Qt
from PyQt5.QtGui import QGuiApplication
from PyQt5.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from realtime_fer.core.errors import RestingFaceError, reason_of
from realtime_fer.core.face_features.resting_face import (
    LONGEST_NAME,
    SUFFIX,
    RestingFace,
    file_name_of,
    one_line_name,
    read_resting_face,
)
from realtime_fer.core.system.private_files import make_private_folder, write_private
from realtime_fer.core.text.translation import said
from realtime_fer.gui.widgets.plain_text import plain
from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.events import RestingFacesLearnt

#: Characters.
_WIDTH = 62

_PATH = Qt.ItemDataRole.UserRole


class RestingFiles(QObject):
    """Remembers what was learnt last, and opens the dialog. Called only from the GUI thread.

    Args:
        folder: of the files; None where there is none.
    """

    def __init__(self, engine: Engine, folder: Path | None, window: QWidget) -> None:
        super().__init__(window)
        self._engine, self._folder, self._window = engine, folder, window
        self._learnt: dict[int, RestingFace] = {}
        self.dialog: RestingFilesDialog | None = None

    def remember(self, event: RestingFacesLearnt) -> None:
        """What can be saved: of the people whose faces were learnt last."""
        self._learnt = dict(zip(event.identities, event.faces, strict=False))
        if self.dialog is not None:
            self.dialog.show_learnt(self._labelled())

    def open(self) -> None:
        """Shows the dialog; the video runs on beside it."""
        if self._folder is None:
            return
        if self.dialog is not None:
            self.dialog.activateWindow()
            return
        self.dialog = RestingFilesDialog(self._folder, self._engine.use_resting_face, self._window)
        self.dialog.show_learnt(self._labelled())
        self.dialog.finished.connect(self._forget_dialog)
        self.dialog.show()

    def _labelled(self) -> dict[str, RestingFace]:
        people = self._engine.people.now
        return {plain(people.label_of(identity)): face for identity, face in self._learnt.items()}

    def _forget_dialog(self) -> None:
        self.dialog = None


class RestingFilesDialog(QDialog):
    """The files in ``folder``, and what can be done with them.

    Args:
        use: takes the one that is chosen.
    """

    def __init__(self, folder: Path, use: Callable[[RestingFace], None], parent: QWidget) -> None:
        super().__init__(parent)
        self._folder, self._use = folder, use
        self._learnt: dict[str, RestingFace] = {}
        self.setWindowTitle(self.tr("Resting faces in files"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.files = QListWidget()
        self.files.setAccessibleName(self.tr("Files"))
        self.files.itemActivated.connect(lambda _: self._use_chosen())
        self.files.currentItemChanged.connect(lambda *_: self._fit_buttons())
        self.use = self._button(self.tr("&Use"), self._use_chosen)
        self.delete = self._button(self.tr("&Delete"), self._delete_chosen)
        self.whose = QComboBox()
        self.whose.setAccessibleName(self.tr("Whose face"))
        self.name = QLineEdit()
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setAccessibleName(self.tr("Name of the file"))
        self.name.setPlaceholderText(self.tr("Name of the file"))
        self.name.textChanged.connect(lambda _: self._fit_buttons())
        self.name.returnPressed.connect(self._save)
        self.save = self._button(self.tr("&Save"), self._save)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        hint = QLabel(
            self.tr(
                "A file holds numbers of one face at rest and no picture. It applies to whoever is alone in "
                "view, with the model that it was learnt with, until you forget it (Shift+C) or open another "
                "source. Folder: {folder}"
            ).format(folder=folder)
        )
        hint.setObjectName("quiet")
        hint.setWordWrap(True)
        hint.setTextFormat(Qt.TextFormat.PlainText)
        hint.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        close = self._button(self.tr("&Close"), self.reject)
        grid = QGridLayout(self)
        grid.setContentsMargins(20, 16, 20, 14)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.files, 0, 0, 3, 2)
        grid.addWidget(self.use, 0, 2)
        grid.addWidget(self.delete, 1, 2)
        grid.setRowStretch(2, 1)
        grid.addWidget(self.name, 3, 0)
        grid.addWidget(self.whose, 3, 1)
        grid.addWidget(self.save, 3, 2)
        grid.addWidget(self.told, 4, 0, 1, 3)
        grid.addWidget(hint, 5, 0, 1, 3)
        grid.addWidget(close, 6, 2)
        line = self.fontMetrics().lineSpacing()
        self.files.setMinimumHeight(3 * line)
        width = _WIDTH * self.fontMetrics().averageCharWidth()
        # The wrapped hint needs less height at this width than Qt takes for it by itself; a small screen has less.
        high = grid.totalHeightForWidth(width) - self.files.sizeHint().height() + 8 * line
        screen = self.screen() or QGuiApplication.primaryScreen()
        self.resize(width, high if screen is None else min(high, screen.availableGeometry().height() - 40))
        self._list()
        self.files.setFocus()

    def _button(self, title: str, press: Callable[[], None]) -> QPushButton:
        button = QPushButton(title)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _: press())
        return button

    def show_learnt(self, learnt: dict[str, RestingFace]) -> None:
        """What can be saved, by the people's labels."""
        self._learnt = learnt
        self.whose.clear()
        self.whose.addItems(list(learnt))
        self.whose.setVisible(len(learnt) > 1)
        if not learnt:
            self.told.setText(self.tr("Learn a resting face (C) in order to save it."))
        elif self.told.text() == self.tr("Learn a resting face (C) in order to save it."):
            self.told.clear()
        self._fit_buttons()

    def _list(self, chosen: Path | None = None) -> None:
        self.files.clear()
        for path in sorted(self._folder.glob(f"*{SUFFIX}")):
            try:
                face = read_resting_face(path)
                item = QListWidgetItem(f"{face.name} · {face.model} · {face.made}")
            except RestingFaceError as error:
                item = QListWidgetItem(said(error.sentence()))
                item.setForeground(self.palette().placeholderText())
            item.setData(_PATH, path)
            self.files.addItem(item)
            if path == chosen:
                self.files.setCurrentItem(item)
        if self.files.currentItem() is None and self.files.count():
            self.files.setCurrentRow(0)
        self._fit_buttons()

    def _fit_buttons(self) -> None:
        chosen = self._chosen() is not None
        self.use.setEnabled(chosen)
        self.delete.setEnabled(chosen)
        self.delete.setText(self.tr("&Delete"))
        self.save.setEnabled(bool(self._learnt and file_name_of(self.name.text())))
        self.name.setEnabled(bool(self._learnt))

    def _chosen(self) -> Path | None:
        item = self.files.currentItem()
        return None if item is None else item.data(_PATH)

    def _use_chosen(self) -> None:
        path = self._chosen()
        if path is None:
            return
        try:
            self._use(read_resting_face(path))
        except RestingFaceError as error:
            self.told.setText(said(error.sentence()))
        else:
            self.close()

    def _delete_chosen(self) -> None:
        """Deletes at the second press."""
        path = self._chosen()
        sure = self.tr("&Delete for good")
        if path is None or self.delete.text() != sure:
            self.delete.setText(sure)
            return
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            self.told.setText(self.tr("The file cannot be deleted: {reason}.").format(reason=reason_of(error)))
        self._list()

    def _save(self) -> None:
        name = one_line_name(self.name.text())
        face = self._learnt.get(self.whose.currentText())
        if face is None or not file_name_of(name):
            return
        path = self._folder / file_name_of(name)
        try:
            make_private_folder(self._folder)
            write_private(path, replace(face, name=name, made=date.today().isoformat()).as_json())
        except FileExistsError:
            self.told.setText(self.tr("There is a file of this name already: choose another name, or delete it first."))
        except (OSError, ValueError) as error:
            self.told.setText(self.tr("The file cannot be written: {reason}.").format(reason=reason_of(error)))
        else:
            self.told.setText(self.tr("Saved as “{name}”.").format(name=path.name))
            self.name.clear()
            self._list(path)
