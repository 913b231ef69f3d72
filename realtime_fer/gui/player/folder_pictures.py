"""The thumbnails of the folder that is open, from which a person chooses a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt5.QtWidgets import QWidget

from realtime_fer.gui.player.open_file import OpenFile
from realtime_fer.gui.player.thumbnail_dialog import ThumbnailDialog
from realtime_fer.gui.player.thumbnail_loader import ReadThumbnail


class FolderPictures:
    """Called only from the GUI thread.

    Args:
        read_thumbnail: called in a thread of the dialog's own.
        choose: called with the number of the picture chosen.

    Attributes:
        dialog: the one that is open; None.
    """

    def __init__(self, window: QWidget, read_thumbnail: ReadThumbnail, choose: Callable[[int], None]) -> None:
        self._window, self._read_thumbnail, self._choose = window, read_thumbnail, choose
        self.dialog: ThumbnailDialog | None = None

    def open(self, file: OpenFile, current: int) -> None:
        if self.dialog is None:
            self.dialog = ThumbnailDialog(self._window, Path(file.key), file.names, self._read_thumbnail)
            self.dialog.chosen.connect(self._choose)
            self.dialog.finished.connect(self._forget)
            self.dialog.show()
        self.show_current(current)
        self.dialog.activateWindow()

    def show_current(self, current: int) -> None:
        if self.dialog is not None:
            self.dialog.show_current(current)

    def close(self) -> None:
        if self.dialog is not None:
            self.dialog.close()

    def _forget(self) -> None:
        self.dialog = None
