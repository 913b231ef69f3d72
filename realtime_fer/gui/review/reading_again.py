"""Follows a recording that is still being written: says so, and reads it again once it is complete."""

from __future__ import annotations

import json
import time
from collections.abc import Callable

from PyQt5.QtCore import QObject, QTimer, pyqtSignal

from realtime_fer.core.corrections.recording import Recording
from realtime_fer.core.system.bounded_files import read_regular
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.player.position import time_words
from realtime_fer.gui.review.review_files import BackgroundTask, ReviewFiles
from realtime_fer.gui.review.review_page import ReviewPage
from realtime_fer.gui.widgets.notice import Notice, Severity

_TABLE, _FACTS = "expressions.csv", "session.json"
_MAX_FACTS_BYTES = 5_000_000

_LOOK_EVERY_MS = 2000
#: Where nothing was written for so long, its program has ended.
_MAY_RUN_S = 60.0

_TOPIC = "written"


class ReadingAgain(QObject):
    """Called only from the GUI thread. ``begin`` once the page is shown.

    Args:
        wall_time: seconds since the epoch.
    """

    told = pyqtSignal(object)

    def __init__(
        self, page: ReviewPage, files: ReviewFiles, parent: QObject, wall_time: Callable[[], float] = time.time
    ) -> None:
        super().__init__(parent)
        self._page, self._files, self._wall_time = page, files, wall_time
        self._folder = page.document.recording.folder
        self._was_running = False
        self._reading = BackgroundTask("review-reading-again", self)
        self._reading.done.connect(self._take)
        self._reading.failed.connect(self._refused)
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Says whether the recording is whole, and watches one that is not."""
        if self._page.document.recording.is_complete:
            return
        self._was_running = self._is_running()
        if self._was_running:
            self._say_running()
            self._timer.start()
        else:
            self._say_unfinished()

    def stop(self) -> None:
        self._timer.stop()
        self._reading.stop()

    def read_now(self) -> None:
        """Reads what there is by now. Corrections stay, with undo."""
        if not self._reading.is_running:
            self._was_running = self._is_running()
            self._reading.start(lambda progress: self._files.read(self._folder, progress))

    def look(self) -> None:
        """Whether it has ended."""
        if not self._is_running():
            self._timer.stop()
            self.read_now()

    def _take(self, recording: Recording) -> None:
        self._page.take_recording(recording)
        if recording.is_complete:
            self._timer.stop()
            text = translate("Review", "The recording was read again; it is complete: {length}.")
            self._tell(Severity.SUCCESS, text.format(length=time_words(recording.duration_s)))
        elif self._was_running:
            self._say_running()
            self._timer.start()
        else:
            self._say_unfinished()

    def _refused(self, sentence: str) -> None:
        self._timer.stop()
        self._tell(Severity.WARNING, sentence)

    def _is_running(self) -> bool:
        """Not complete, and written lately."""
        try:
            facts = json.loads(read_regular(self._folder / _FACTS, _MAX_FACTS_BYTES))
            written_s = max((self._folder / name).stat().st_mtime for name in (_TABLE, _FACTS))
        except (OSError, ValueError, RecursionError):
            return False
        is_complete = not isinstance(facts, dict) or facts.get("complete") is True
        return not is_complete and self._wall_time() - written_s < _MAY_RUN_S

    def _say_running(self) -> None:
        text = translate(
            "Review",
            "This recording is still being written; it is shown up to {time}. It is read again when it is "
            "complete, or when you press F5. Corrections stay.",
        )
        self._tell(Severity.WARNING, text.format(time=time_words(self._page.document.recording.duration_s)))

    def _say_unfinished(self) -> None:
        self._tell(
            Severity.WARNING, translate("Review", "The recording was not finished: its program ended before it did.")
        )

    def _tell(self, severity: Severity, text: str) -> None:
        self.told.emit(Notice(_TOPIC, severity, text))
