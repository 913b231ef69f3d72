"""The list of analyses: what runs, what waits, and what became of the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt5.QtCore import Qt
from PyQt5.QtGui import QResizeEvent
from PyQt5.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from realtime_fer.core.text.translation import translate
from realtime_fer.gui.analyse.analyses import Analyses, Analysis, State
from realtime_fer.gui.analyse.words import state_words
from realtime_fer.gui.style.theme import Theme
from realtime_fer.gui.widgets.dialog_scroll import dialog_scroll
from realtime_fer.gui.widgets.plain_text import plain, plain_tip

_WIDTH_PX, _HEIGHT_PX = 620, 340
#: Steps of the progress bar, which is finer than a percent where it is wide.
_STEPS = 1000


class Offers:
    """What can be done with a finished recording.

    Args:
        open_folder, open_page: called with a path.
        review: opens a recording for review; None where the window cannot.
    """

    def __init__(
        self,
        open_folder: Callable[[Path], None],
        open_page: Callable[[Path], None],
        review: Callable[[Path], None] | None = None,
    ) -> None:
        self.open_folder, self.open_page, self.review = open_folder, open_page, review


class _Row(QFrame):
    """One analysis."""

    def __init__(self, analysis: Analysis, analyses: Analyses, offers: Offers, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("analysisRow")
        self._analysis, self._name = analysis, plain(analysis.name)
        self._title = QLabel(self._name)
        self._title.setObjectName("section")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setToolTip(plain_tip(str(analysis.request.source)))
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(self._name)
        self._told = QLabel()
        self._told.setObjectName("quiet")
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self._told.setWordWrap(True)
        self.cancel = QPushButton(translate("Analyse", "Cancel"))
        self.cancel.setToolTip(translate("Analyse", "Stop this analysis and keep what has been analysed so far"))
        self.cancel.clicked.connect(lambda _: analyses.cancel(analysis))
        self.folder = QPushButton(translate("Analyse", "Open folder"))
        self.folder.clicked.connect(lambda _: self._offer(offers.open_folder, self._session))
        self.report = QPushButton(translate("Analyse", "Open report"))
        self.report.clicked.connect(lambda _: self._offer(offers.open_page, self._page))
        self.review = QPushButton(translate("Analyse", "Review"))
        self.review.clicked.connect(lambda _: self._offer(offers.review, self._session))
        self._can_review = offers.review is not None
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._told, 1)
        for button in (self.cancel, self.folder, self.report, self.review):
            button.setAutoDefault(False)
            button.setAccessibleDescription(self._name)
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 8)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addWidget(self._bar)
        column.addLayout(buttons)
        self.set_theme(theme)
        self.show_state()

    @property
    def _session(self) -> Path | None:
        return self._analysis.end.session if self._analysis.end is not None else None

    @property
    def _page(self) -> Path | None:
        return self._analysis.end.report if self._analysis.end is not None else None

    @staticmethod
    def _offer(call: Callable[[Path], None] | None, path: Path | None) -> None:
        if call is not None and path is not None:
            call(path)

    def show_state(self) -> None:
        analysis = self._analysis
        state, told = analysis.state, state_words(analysis)
        self._told.setText(plain(told))
        self._bar.setAccessibleDescription(plain(told))
        share = analysis.progress.share if analysis.progress is not None else None
        under_way = state in (State.STARTING, State.RUNNING, State.STOPPING)
        self._bar.setVisible(under_way)
        busy = share is None and under_way
        self._bar.setRange(0, 0 if busy else _STEPS)
        if not busy:
            self._bar.setValue(round(_STEPS * (share or 0.0)))
        self.cancel.setVisible(not state.is_over)
        self.cancel.setEnabled(state is not State.STOPPING)
        self.cancel.setText(
            translate("Analyse", "Remove") if state is State.WAITING else translate("Analyse", "Cancel")
        )
        self.folder.setVisible(self._session is not None)
        self.report.setVisible(self._page is not None)
        self.review.setVisible(self._session is not None and self._can_review)

    def set_theme(self, theme: Theme) -> None:
        self._bar.setFixedHeight(theme.px(8))
        self.setStyleSheet(
            f"#analysisRow {{ border: none; border-bottom: 1px solid {theme.border}; }}"
            f"QProgressBar {{ background: {theme.field}; border: none; border-radius: {theme.px(4)}px; }}"
            f"QProgressBar::chunk {{ background: {theme.accent}; border-radius: {theme.px(4)}px; }}"
        )
        self._elide()

    def resizeEvent(self, event: QResizeEvent | None) -> None:
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        width = max(60, self.width())
        self._title.setText(self._title.fontMetrics().elidedText(self._name, Qt.TextElideMode.ElideMiddle, width))


class AnalysesWindow(QDialog):
    """Not modal; made once and hidden by Close and Escape.

    Args:
        another: called where the person wants to analyse something else.
    """

    def __init__(
        self, analyses: Analyses, offers: Offers, another: Callable[[], None], theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._analyses, self._offers, self._theme = analyses, offers, theme
        self._rows: dict[Analysis, _Row] = {}
        self.setWindowTitle(translate("AnalysesWindow", "Analyses"))
        self.setWindowFlag(Qt.WindowType.WindowContextHelpButtonHint, False)
        self.setSizeGripEnabled(True)
        self._empty = QLabel(
            translate(
                "AnalysesWindow",
                "No analysis is running. Analyse works through a whole video in the background and drops no frame.",
            )
        )
        self._empty.setObjectName("quiet")
        self._empty.setWordWrap(True)
        content = QWidget()
        content.setObjectName("dialogContent")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(24, 14, 24, 10)
        self._column.setSpacing(4)
        self._column.addWidget(self._empty)
        self._column.addStretch(1)
        scroll = dialog_scroll(content)
        self._scroll = scroll
        self.another = QPushButton(translate("AnalysesWindow", "&Analyse…"))
        self.another.clicked.connect(lambda _: another())
        self.clear = QPushButton(translate("AnalysesWindow", "C&lear finished"))
        self.clear.clicked.connect(lambda _: analyses.clear_done())
        self.close_button = QPushButton(translate("AnalysesWindow", "Close"))
        self.close_button.clicked.connect(lambda _: self.hide())
        buttons = QHBoxLayout()
        buttons.setContentsMargins(24, 8, 24, 16)
        buttons.setSpacing(8)
        for button in (self.another, self.clear):
            button.setAutoDefault(False)
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll, 1)
        outer.addLayout(buttons)
        self.close_button.setDefault(True)
        analyses.added.connect(self._add)
        analyses.changed.connect(self._change)
        analyses.removed.connect(self._remove)
        for analysis in analyses.all:
            self._add(analysis)
        self._show_buttons()
        self.set_theme(theme)

    def open(self) -> None:
        """Shows it, or brings it to the front."""
        self.show()
        self.activateWindow()

    def row(self, analysis: Analysis) -> _Row:
        return self._rows[analysis]

    def _add(self, analysis: Analysis) -> None:
        row = self._rows[analysis] = _Row(analysis, self._analyses, self._offers, self._theme)
        self._column.insertWidget(self._column.count() - 1, row)
        self._show_buttons()

    def _change(self, analysis: Analysis) -> None:
        row = self._rows.get(analysis)
        if row is not None:
            # A hidden button would leave the keyboard without a place.
            had_focus = row.cancel.hasFocus()
            row.show_state()
            if had_focus and not row.cancel.isVisibleTo(row):
                (row.report if row.report.isVisibleTo(row) else self.close_button).setFocus()
        self._show_buttons()

    def _remove(self, analysis: Analysis) -> None:
        row = self._rows.pop(analysis, None)
        if row is not None:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._show_buttons()

    def _show_buttons(self) -> None:
        self._empty.setVisible(not self._rows)
        self.clear.setEnabled(any(analysis.state.is_over for analysis in self._rows))

    def set_theme(self, theme: Theme) -> None:
        """Resizes it to this scale, at most to the screen."""
        self._theme = theme
        screen = self.screen()
        if screen is not None:
            free = screen.availableGeometry().size()
            self.resize(min(theme.px(_WIDTH_PX), free.width() - 40), min(theme.px(_HEIGHT_PX), free.height() - 70))
