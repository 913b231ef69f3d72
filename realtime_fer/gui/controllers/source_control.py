"""Opens, pauses and replays sources for the window, by dialog too."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt5.QtCore import QObject, pyqtSignal
from PyQt5.QtWidgets import QWidget

from realtime_fer.core.request import Kind, SourceRequest, request_of
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.controllers.camera_finder import CameraFinder
from realtime_fer.gui.controllers.recent_sources import RecentSources
from realtime_fer.gui.dialogs import open_dialogs
from realtime_fer.gui.panel.source_box import OPEN_ADDRESS, OPEN_FOLDER, ListCameras, SourceBox
from realtime_fer.gui.view.video_view import VideoView, ViewState
from realtime_fer.runtime.engine import Engine


class SourceControl(QObject):
    """Called only from the GUI thread.

    Attributes:
        remembered: the last camera or the demo that the person chose, for the next start; '' before that. A file,
            folder or address is not: the file may be gone by then, and an address may hold a password.
        finder: looks for cameras.
        recent: the files, folders and addresses that could be opened.
        opening: signal with the SourceRequest that is about to be opened.
        opened: signal with the SourceRequest that runs.
        paused_changed: signal, whether the source is paused now.
    """

    opening = pyqtSignal(object)
    opened = pyqtSignal(object)
    paused_changed = pyqtSignal(bool)

    def __init__(
        self,
        engine: Engine,
        view: VideoView,
        box: SourceBox,
        list_cameras: ListCameras,
        recent_requests: Sequence[str],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._engine, self._view, self._box, self._window = engine, view, box, window
        self._last_folder = ""
        self._running: SourceRequest | None = None
        self.remembered = ""
        self.recent = RecentSources(recent_requests, self.open, self)
        self.finder = CameraFinder(list_cameras, self)
        self.finder.found.connect(box.set_cameras)
        view.source_dropped.connect(self.open)
        view.play_button.clicked.connect(self.toggle_pause)
        box.source_chosen.connect(self.open)
        box.dialog_wanted.connect(self.open_dialog)
        box.refresh_wanted.connect(self.refresh_cameras)

    @property
    def running(self) -> SourceRequest | None:
        """The source that was opened last; None before the first."""
        return self._running

    @property
    def plays_file(self) -> bool:
        """Whether who is in view was recorded before, and can be asked for nothing."""
        return self._running is not None and self._running.kind in (Kind.FILE, Kind.FOLDER)

    def open(self, word: str) -> None:
        """Opens what a person chose, dropped or typed: see ``core.request``."""
        self._open(request_of(word), self._engine.open_source)

    def open_request(self, request: SourceRequest) -> None:
        """Opens what is known already, as another track of the same file."""
        self._open(request, self._engine.open_source)

    def reopen(self) -> None:
        """Opens the running source again, with the settings as they are now."""
        if self._running is not None:
            self._open(self._running, self._engine.reopen_source)

    def _open(self, request: SourceRequest, open_source: Callable[[SourceRequest], None]) -> None:
        if request.kind is Kind.DEMO or request.is_camera:
            self.remembered = request.value
        elif request.path is not None:
            self._last_folder = str(request.path.parent)
        self.opening.emit(request)
        self._view.await_source(
            translate("SourceControl", "Opening…"), translate("SourceControl", "Waiting for the first frame.")
        )
        open_source(request)
        self._show_paused()

    def source_opened(self, request: SourceRequest) -> None:
        """A source runs: a file, folder or address becomes the newest of the recent sources."""
        self._running = request
        self.opened.emit(request)
        if request.path is not None or request.is_address:
            self.recent.add(request.value if request.path is None else str(request.path.absolute()))

    def open_dialog(self, question: str) -> None:
        """``question``: OPEN_VIDEO, OPEN_FOLDER or OPEN_ADDRESS. Opens what the person chooses."""
        if question == OPEN_ADDRESS:
            request = open_dialogs.choose_address(self._window)
        elif question == OPEN_FOLDER:
            request = open_dialogs.choose_folder(self._window, open_dialogs.start_folder(self._last_folder))
        else:
            request = open_dialogs.choose_video(self._window, open_dialogs.start_folder(self._last_folder))
        if request:
            self.open(request)

    def refresh_cameras(self) -> None:
        self._box.set_searching()
        self.finder.search()

    def toggle_pause(self) -> None:
        """Also plays an ended video again, and tries a failed source again."""
        if self._view.state is ViewState.ENDED:
            self._view.set_state(ViewState.LIVE)
            self._engine.replay()
        elif self._view.state is ViewState.RETRYABLE:
            self._view.set_state(
                ViewState.STARTING,
                translate("SourceControl", "Retrying…"),
                translate("SourceControl", "Waiting for the first frame."),
            )
            self._engine.replay()
        elif self._view.state is not ViewState.ERROR:
            self.set_paused(not self._engine.paused)

    def set_paused(self, paused: bool) -> None:
        self._engine.set_paused(paused)
        self._show_paused()

    def _show_paused(self) -> None:
        self._view.set_paused(self._engine.paused)
        self.paused_changed.emit(self._engine.paused)
