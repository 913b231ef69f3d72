"""Opens recordings for review from the main window: each in a window of its own, and each once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PyQt5.QtCore import QObject
from PyQt5.QtWidgets import QFileDialog, QWidget

from realtime_fer.gui.review.review_files import ReviewFiles
from realtime_fer.gui.style.theme import Theme

if TYPE_CHECKING:
    from realtime_fer.gui.review.review_window import ReviewWindow


class ReviewControl(QObject):
    """Called only from the GUI thread.

    Args:
        window: parent of the folder dialog.
        recordings_folder: where the dialog opens.
        theme: of the moment.
    """

    def __init__(
        self,
        window: QWidget,
        files: ReviewFiles,
        recordings_folder: Callable[[], Path],
        theme: Callable[[], Theme],
    ) -> None:
        super().__init__(window)
        self._window, self._files = window, files
        self._recordings_folder, self._theme = recordings_folder, theme
        self.windows: dict[Path, ReviewWindow] = {}

    def choose_recording(self) -> None:
        """Reviews the recording whose folder the person chooses in a dialog."""
        folder = self._recordings_folder()
        start = folder if folder.is_dir() else Path.home()
        title = self.tr("Choose a recording folder to review")
        chosen = QFileDialog.getExistingDirectory(self._window, title, str(start))
        if chosen:
            self.open(Path(chosen))

    def open(self, folder: Path) -> None:
        """Opens the review of a recording's folder, or shows the one that is open."""
        key = folder.resolve()
        window = self.windows.get(key)
        if window is None:
            # It takes as long as the main window to import, because of its plots.
            from realtime_fer.gui.review.review_window import ReviewWindow

            window = self.windows[key] = ReviewWindow(folder, self._files, self._theme())
            window.closed.connect(lambda: self._forget(key))
            window.show()
            window.begin()
        else:
            window.show()
            window.raise_()
            window.activateWindow()

    def busy(self, folder: Path) -> str:
        """That the recording in ``folder`` is open, in words; '' if it is not."""
        return self.tr("open for review") if folder.resolve() in self.windows else ""

    def stop(self) -> None:
        """Closes all; their corrections are saved."""
        for window in list(self.windows.values()):
            window.close()

    def _forget(self, key: Path) -> None:
        window = self.windows.pop(key, None)
        if window is not None:
            window.deleteLater()
