"""The queue of analyses, its words and its list."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QLabel

from realtime_fer.core.text.translation import Wording
from realtime_fer.gui.analyse.analyses import MOST_WAITING, Analyses, State
from realtime_fer.gui.analyse.list_window import AnalysesWindow, Offers
from realtime_fer.gui.analyse.words import progress_words, state_words, status_words
from realtime_fer.gui.style.theme import DARK
from realtime_fer.runtime.analyses.child import AnalysisEnd, AnalysisProgress
from tests.gui.analyse.conftest import Children, progress

# The queue


def test_one_runs_at_a_time_in_the_order_asked(qtbot: Any, analyses: Analyses, children: Children, ask: Any) -> None:
    assert analyses.add([ask("a.mp4"), ask("b.mp4")]) == 0
    first, second = analyses.all
    assert (first.state, second.state) == (State.STARTING, State.WAITING)
    assert [child.request.source.name for child in children.made] == ["a.mp4"]
    children.made[0].on_progress(progress(10))
    qtbot.waitUntil(lambda: first.state is State.RUNNING)
    children.made[0].on_end(AnalysisEnd(100, Path("session"), Path("report.html")))
    qtbot.waitUntil(lambda: second.state is State.STARTING)
    assert first.state is State.DONE
    assert children.made[0].asked == ["start", "join"]
    children.made[1].on_end(AnalysisEnd(sentence="There is no picture."))
    qtbot.waitUntil(lambda: second.state is State.FAILED)
    assert analyses.running is None
    analyses.clear_done()
    assert analyses.all == ()


def test_one_that_runs_keeps_what_there_is_and_one_that_waits_goes(
    qtbot: Any, analyses: Analyses, children: Children, ask: Any
) -> None:
    analyses.add([ask("a.mp4"), ask("b.mp4")])
    first, second = analyses.all
    analyses.cancel(second)
    assert analyses.all == (first,)
    analyses.cancel(first)
    assert (first.state, children.made[0].asked) == (State.STOPPING, ["start", "stop"])
    children.made[0].on_progress(progress(11))
    end = AnalysisEnd(11, Path("session"), sentence="The analysis was stopped after 11 frames.", stopped=True)
    children.made[0].on_end(end)
    qtbot.waitUntil(lambda: first.state is State.INCOMPLETE)
    assert state_words(first) == "Incomplete: The analysis was stopped after 11 frames."
    assert len(children.made) == 1


def test_too_many_are_refused_and_counted(analyses: Analyses, ask: Any) -> None:
    assert analyses.add([ask()] * (MOST_WAITING + 3)) == 3 - 1 + 1
    assert len(analyses.waiting) == MOST_WAITING - 1


def test_the_window_s_end_stops_all(analyses: Analyses, children: Children, ask: Any) -> None:
    analyses.add([ask("a.mp4"), ask("b.mp4")])
    analyses.stop()
    assert (len(analyses.all), children.made[0].asked) == (1, ["start", "stop"])
    assert analyses.join(1.0)
    assert analyses.add([ask()]) == 1
    assert len(children.made) == 1


# Words


def test_progress_in_words() -> None:
    told = progress_words(progress(25), in_time=True)
    assert told == "25 of 100 frames · 50.0 frames/s · 2.0 × real time · 00:02 left"
    assert progress_words(progress(1, None), in_time=False) == "1 frame · 50.0 frames/s"
    assert progress_words(AnalysisProgress(1, None, 0.0, 0.0), in_time=True) == "1 frame"
    assert progress_words(progress(12000, 20000), in_time=False).startswith("12\u202f000 of 20\u202f000 frames")


def test_the_status_bar_s_words(analyses: Analyses, ask: Any) -> None:
    analyses.add([ask()])
    (analysis,) = analyses.all
    assert status_words(analysis, 0) == "Analysing…"
    analysis.progress = progress(42)
    assert status_words(analysis, 2) == "Analysing 42 % · 2 waiting"
    analysis.progress = progress(7, None)
    assert status_words(analysis, 0) == "Analysing: 7 frames"


@pytest.mark.parametrize(
    ("end", "told"),
    [
        (AnalysisEnd(2512, Path("s")), "Done: 2512 frames."),
        (AnalysisEnd(9, Path("s"), remark="The sound is left out: MP4 cannot hold PCM."), "left out: MP4"),
        (AnalysisEnd(stopped=True), "Stopped before the first frame; nothing is kept."),
        (AnalysisEnd(sentence=Wording("Source", "There is no file.")), "There is no file."),
    ],
)
def test_the_end_in_words(
    qtbot: Any, analyses: Analyses, children: Children, ask: Any, end: AnalysisEnd, told: str
) -> None:
    analyses.add([ask()])
    (analysis,) = analyses.all
    with qtbot.waitSignal(analyses.finished):
        children.made[0].on_end(end)
    assert told in state_words(analysis)


# The list


@pytest.fixture
def shown(qtbot: Any, analyses: Analyses) -> Iterator[tuple[AnalysesWindow, list[tuple[str, Path]]]]:
    opened: list[tuple[str, Path]] = []
    parent = QLabel()
    qtbot.addWidget(parent)
    offers = Offers(
        lambda path: opened.append(("folder", path)),
        lambda path: opened.append(("page", path)),
        lambda path: opened.append(("review", path)),
    )
    window = AnalysesWindow(analyses, offers, lambda: None, DARK, parent)
    qtbot.addWidget(window)
    window.open()
    yield window, opened
    del parent


def test_a_row_shows_one_analysis_and_offers_what_can_be_done(
    qtbot: Any, analyses: Analyses, children: Children, ask: Any, shown: Any, tmp_path: Path
) -> None:
    window, opened = shown
    analyses.add([ask("a\u202egpj.mp4"), ask("b.mp4")])
    first, second = analyses.all
    row = window.row(first)
    assert not any("\u202e" in label.text() for label in row.findChildren(QLabel))
    assert (row.cancel.text(), window.row(second).cancel.text()) == ("Cancel", "Remove")
    children.made[0].on_progress(progress(50))
    qtbot.waitUntil(lambda: first.state is State.RUNNING)
    assert any("50 of 100 frames" in label.text() for label in row.findChildren(QLabel))
    assert not row.folder.isVisible()
    row.cancel.setFocus()
    qtbot.keyClick(row.cancel, Qt.Key_Space)
    assert first.state is State.STOPPING
    assert not row.cancel.isEnabled()
    children.made[0].on_end(AnalysisEnd(50, tmp_path, tmp_path / "report.html", "Stopped.", stopped=True))
    qtbot.waitUntil(lambda: first.state is State.INCOMPLETE)
    for button in (row.folder, row.report, row.review):
        qtbot.mouseClick(button, Qt.LeftButton)
    assert opened == [("folder", tmp_path), ("page", tmp_path / "report.html"), ("review", tmp_path)]
    qtbot.mouseClick(window.clear, Qt.LeftButton)
    assert first not in analyses.all
    qtbot.keyClick(window, Qt.Key_Escape)
    assert not window.isVisible()
