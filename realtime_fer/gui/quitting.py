"""Whether the window may close: a person is asked first while something would be lost."""

from __future__ import annotations

from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication, QWidget

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.analyse.control import AnalyseControl
from realtime_fer.gui.dialogs.quit_question import QuitQuestion
from realtime_fer.gui.view.video_view import VideoView, ViewState
from realtime_fer.runtime.engine import Engine


class Quitting:
    """Called only from the GUI thread."""

    def __init__(self, window: QWidget, engine: Engine, analyse: AnalyseControl) -> None:
        self._window, self._engine, self._analyse = window, engine, analyse
        self._may_close = False
        self.question: QuitQuestion | None = None

    def finish_and_close(self) -> None:
        """Closes without a question, as a polite kill must; finishes a recording first."""
        self._may_close = True
        self._window.close()

    def asks_first(self) -> bool:
        """Whether the window stays open until a person has said what becomes of the recording or the analysis.

        The desktop's own end asks nobody.
        """
        application = QApplication.instance()
        ending = isinstance(application, QApplication) and application.isSavingSession()
        recording, analysing = self._engine.recording, self._analyse.busy
        if ending or self._may_close or not (recording or analysing):
            return False
        if self.question is None:
            self.question = QuitQuestion(
                self._window,
                self.finish_and_close,
                recording=recording,
                analysing=analysing,
                waiting=self._analyse.waiting,
            )
            self.question.finished.connect(self._forget_question)
            self.question.open()
        else:
            self.question.activateWindow()
        return True

    def close_question(self) -> None:
        if self.question is not None:
            self.question.reject()

    def stop_engine(self, view: VideoView) -> None:
        """Stops engine and analysis, and says over the picture what is being finished meanwhile."""
        if self._engine.recording or self._analyse.busy:
            view.set_state(
                ViewState.CLOSING,
                translate("MainWindow", "Finishing the recording…")
                if self._engine.recording
                else translate("MainWindow", "Finishing the analysis…"),
                translate("MainWindow", "The window will close automatically."),
            )
            view.repaint()
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self._engine.stop()
            self._analyse.join()
        finally:
            QApplication.restoreOverrideCursor()

    def _forget_question(self) -> None:
        self.question = None
