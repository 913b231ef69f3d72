"""Analyse… in the window: opens its dialog and its list, shows how far it is, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt5.QtCore import QObject, Qt
from PyQt5.QtWidgets import QApplication, QToolButton, QWidget

from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.request import Kind, SourceRequest
from realtime_fer.core.settings import Settings
from realtime_fer.core.text.translation import LANGUAGES, language
from realtime_fer.gui.analyse.analyses import Analyses, Analysis, State
from realtime_fer.gui.analyse.dialog import AnalyseDialog
from realtime_fer.gui.analyse.list_window import AnalysesWindow, Offers
from realtime_fer.gui.analyse.record_question import RecordQuestion
from realtime_fer.gui.analyse.words import notice_words, status_words
from realtime_fer.gui.style.appearance import Appearance
from realtime_fer.gui.widgets.notice import Notice, Severity
from realtime_fer.gui.widgets.notice_bar import NoticeBar
from realtime_fer.gui.widgets.status_bar import StatusBar
from realtime_fer.runtime.analyses.request import AnalysisRequest

#: How long the window waits at its end for the analysis that it stopped; that one finishes by itself, too.
STOP_S = 20.0

_SEVERITIES = {State.DONE: Severity.SUCCESS, State.INCOMPLETE: Severity.WARNING, State.FAILED: Severity.ERROR}


class AnalyseControl(QObject):
    """Called only from the GUI thread.

    Args:
        settings: the choices of the moment.
        mirror: whether the picture is mirrored now.
        recordings_folder: where recordings go.
        source: the source that runs.
        specs: the models there are.
        own_names: the own expressions that are taught.
        change_settings: called with settings to change, by name.
        offers: what can be done with a finished recording.
    """

    def __init__(
        self,
        window: QWidget,
        notices: NoticeBar,
        status: StatusBar,
        appearance: Appearance,
        *,
        settings: Callable[[], Settings],
        mirror: Callable[[], bool],
        recordings_folder: Callable[[], Path],
        source: Callable[[], SourceRequest | None],
        specs: Callable[[], Sequence[ModelSpec]],
        own_names: Callable[[], tuple[str, ...]],
        change_settings: Callable[..., None],
        offers: Offers,
    ) -> None:
        super().__init__(window)
        self._window, self._notices, self._status, self._appearance = window, notices, status, appearance
        self._settings, self._mirror, self._recordings_folder = settings, mirror, recordings_folder
        self._source, self._specs, self._change_settings, self._offers = source, specs, change_settings, offers
        self._own_names = own_names
        self.analyses = Analyses(self)
        self.dialog: AnalyseDialog | None = None
        self.list_window: AnalysesWindow | None = None
        self.question: RecordQuestion | None = None
        self._stopped = False
        self._last_source = Path()
        self.status_button = QToolButton()
        self.status_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.status_button.setToolTip(self.tr("Show the analyses"))
        self.status_button.setAccessibleName(self.tr("Show the analyses"))
        self.status_button.clicked.connect(lambda _: self.show_list())
        status.add_item(self.status_button)
        for signal in (self.analyses.added, self.analyses.changed, self.analyses.removed):
            signal.connect(lambda _: self._show_status())
        self.analyses.finished.connect(self._finished)

    @property
    def busy(self) -> bool:
        """Whether an analysis runs."""
        return self.analyses.running is not None

    @property
    def waiting(self) -> int:
        return len(self.analyses.waiting)

    def busy_with(self, folder: Path) -> str:
        """In words, where an analysis is writing the recording in ``folder``; else ''."""
        running = self.analyses.running
        session = running.progress.session if running is not None and running.progress is not None else None
        if session is None or folder.resolve() != session.resolve():
            return ""
        return self.tr("being analysed")

    def open_dialog(self) -> None:
        """Asks what to analyse, the file or folder that is open being proposed; goes to the dialog where it is open."""
        if self.dialog is None:
            dialog = self.dialog = AnalyseDialog(self._proposed(), self._specs(), self._appearance.theme, self._window)
            dialog.wanted.connect(self._start)
            dialog.finished.connect(self._forget_dialog)
            dialog.show()
        self.dialog.activateWindow()
        (self.dialog.start if self.dialog.start.isEnabled() else self.dialog.video).setFocus()

    def show_list(self) -> None:
        """Opens the list of analyses."""
        if self.list_window is None:
            self.list_window = AnalysesWindow(
                self.analyses, self._offers, self.open_dialog, self._appearance.theme, self._window
            )
        self.list_window.open()

    def ask_before_recording(self, record: Callable[[], None]) -> None:
        """Records, but of a file that plays only after a question, since that loses frames."""
        source = self._source()
        loses = source is not None and source.kind in (Kind.FILE, Kind.FOLDER)
        if not loses or not self._settings().ask_before_lossy:
            record()
        elif self.question is not None:
            self.question.activateWindow()
        else:
            self.question = RecordQuestion(
                self._window, self.open_dialog, record, lambda: self._change_settings(ask_before_lossy=False)
            )
            self.question.finished.connect(self._forget_question)
            self.question.open()

    def stop(self) -> None:
        """Stops what runs, which keeps what there is, and forgets what waits. Returns at once."""
        self._stopped = True
        for dialog in (self.dialog, self.question):
            if dialog is not None:
                dialog.reject()
        if self.list_window is not None:
            self.list_window.hide()
        self.analyses.stop()

    def join(self, deadline_s: float = STOP_S) -> bool:
        """Whether what was stopped is over by then."""
        return self.analyses.join(deadline_s)

    def _proposed(self) -> AnalysisRequest:
        source = self._source()
        path = source.path if source is not None else None
        told = language()
        return AnalysisRequest(
            path.absolute() if path is not None else self._last_source,
            self._recordings_folder(),
            self._settings(),
            # The window mirrors cameras; of a file only what the person asked for.
            mirror=path is not None and self._mirror(),
            language=told if told in LANGUAGES else "en",
            track=source.track if source is not None else 0,
            own_names=self._own_names(),
        )

    def _start(self, requests: Sequence[AnalysisRequest]) -> None:
        self._last_source = requests[0].source
        refused = self.analyses.add(requests)
        if refused:
            text = self.tr("Too many analyses are waiting; videos that are left out: {count}.").format(count=refused)
            self._notices.show_notice(Notice("analysis", Severity.WARNING, text))
        self.show_list()

    def _finished(self, analysis: Analysis) -> None:
        end = analysis.end
        if self._stopped or end is None:
            return
        # Who cancels an analysis is not told so as of an error.
        severity = Severity.INFO if end.stopped else _SEVERITIES[analysis.state]
        text = notice_words(analysis)
        QApplication.alert(self._window)
        self._notices.show_notice(Notice("analysis", severity, text, end.session, end.session, end.report))

    def _show_status(self) -> None:
        running = self.analyses.running
        self.status_button.setVisible(running is not None)
        if running is not None:
            told = status_words(running, self.waiting)
            self.status_button.setText(told)
            self.status_button.setAccessibleDescription(told)
        self._status.fit()

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _forget_question(self) -> None:
        self.question = None
