"""The analyses that run, wait and are done; one runs at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import Protocol

from PyQt5.QtCore import QObject, Qt, pyqtSignal

from realtime_fer.runtime.analyses.child import AnalysisChild, AnalysisEnd, AnalysisProgress
from realtime_fer.runtime.analyses.request import AnalysisRequest

#: Analyses that may wait. Overflow: more are refused, and ``add`` counts them.
MOST_WAITING = 500
#: Analyses listed after their end; the oldest are forgotten.
MOST_DONE = 100


class State(Enum):
    """Of one analysis. INCOMPLETE ended early and kept what there was; FAILED kept nothing."""

    WAITING = auto()
    STARTING = auto()
    RUNNING = auto()
    STOPPING = auto()
    DONE = auto()
    INCOMPLETE = auto()
    FAILED = auto()

    @property
    def is_over(self) -> bool:
        return self in (State.DONE, State.INCOMPLETE, State.FAILED)


@dataclass(eq=False)
class Analysis:
    """One analysis, as far as it is.

    Attributes:
        progress: None before the first frame.
        end: None until it is over.
    """

    request: AnalysisRequest
    state: State = State.WAITING
    progress: AnalysisProgress | None = None
    end: AnalysisEnd | None = None

    @property
    def name(self) -> str:
        return self.request.source.name


class Child(Protocol):
    """What runs one analysis; see :class:`AnalysisChild`."""

    def start(self) -> None: ...

    def request_stop(self) -> None: ...

    def join(self, timeout_s: float) -> bool: ...


MakeChild = Callable[[AnalysisRequest, Callable[[AnalysisProgress], None], Callable[[AnalysisEnd], None]], Child]


class Analyses(QObject):
    """Called only from the GUI thread. Starts the next one when one is over.

    Attributes:
        make_child: makes what runs an analysis, from the request, ``on_progress`` and ``on_end``.
    """

    #: With the Analysis.
    added = pyqtSignal(object)
    changed = pyqtSignal(object)
    removed = pyqtSignal(object)
    finished = pyqtSignal(object)

    _progressed = pyqtSignal(object, object)
    _ended = pyqtSignal(object, object)

    def __init__(self, parent: QObject | None = None, make_child: MakeChild = AnalysisChild) -> None:
        super().__init__(parent)
        self.make_child = make_child
        self._all: list[Analysis] = []
        self._running: Analysis | None = None
        self._child: Child | None = None
        self._stopped = False
        queued = Qt.ConnectionType.QueuedConnection
        self._progressed.connect(self._take_progress, queued)  # type: ignore[call-arg]
        self._ended.connect(self._take_end, queued)  # type: ignore[call-arg]

    @property
    def all(self) -> tuple[Analysis, ...]:
        """In the order in which they were asked for."""
        return tuple(self._all)

    @property
    def running(self) -> Analysis | None:
        return self._running

    @property
    def waiting(self) -> tuple[Analysis, ...]:
        return tuple(analysis for analysis in self._all if analysis.state is State.WAITING)

    def add(self, requests: Iterable[AnalysisRequest]) -> int:
        """Returns how many were refused because too many wait."""
        refused = 0
        for request in requests:
            if self._stopped or len(self.waiting) >= MOST_WAITING:
                refused += 1
                continue
            analysis = Analysis(request)
            self._all.append(analysis)
            self.added.emit(analysis)
        self._start_next()
        return refused

    def cancel(self, analysis: Analysis) -> None:
        """One that runs keeps what there is; one that waits is removed."""
        if analysis.state is State.WAITING:
            self._remove(analysis)
        elif analysis is self._running and self._child is not None:
            analysis.state = State.STOPPING
            self.changed.emit(analysis)
            self._child.request_stop()

    def clear_done(self) -> None:
        """Forgets those that are over; their recordings stay."""
        for analysis in self.all:
            if analysis.state.is_over:
                self._remove(analysis)

    def stop(self) -> None:
        """Stops the one that runs, which keeps what there is, and forgets those that wait. Returns at once."""
        self._stopped = True
        for analysis in self.waiting:
            self._remove(analysis)
        if self._child is not None:
            self._child.request_stop()

    def join(self, deadline_s: float) -> bool:
        """Whether the one that was stopped is over by then; else it still finishes by itself."""
        return self._child is None or self._child.join(deadline_s)

    def _remove(self, analysis: Analysis) -> None:
        self._all.remove(analysis)
        self.removed.emit(analysis)

    def _start_next(self) -> None:
        waiting = self.waiting
        if self._running is not None or self._stopped or not waiting:
            return
        analysis = self._running = waiting[0]
        analysis.state = State.STARTING
        self._child = self.make_child(
            analysis.request,
            lambda progress: self._tell(self._progressed, analysis, progress),
            lambda end: self._tell(self._ended, analysis, end),
        )
        self._child.start()
        self.changed.emit(analysis)

    @staticmethod
    def _tell(signal: object, analysis: Analysis, told: object) -> None:
        """Called in the child's thread, which may outlive the window."""
        with suppress(RuntimeError):
            signal.emit(analysis, told)  # type: ignore[attr-defined]

    def _take_progress(self, analysis: Analysis, progress: AnalysisProgress) -> None:
        analysis.progress = progress
        if analysis.state is State.STARTING:
            analysis.state = State.RUNNING
        self.changed.emit(analysis)

    def _take_end(self, analysis: Analysis, end: AnalysisEnd) -> None:
        if self._child is not None:
            self._child.join(5.0)
        self._child = self._running = None
        analysis.end = end
        if end.session is None:
            analysis.state = State.FAILED
        else:
            analysis.state = State.DONE if end.is_whole else State.INCOMPLETE
        over = [other for other in self._all if other.state.is_over]
        for old in over[:-MOST_DONE]:
            self._remove(old)
        self.changed.emit(analysis)
        self.finished.emit(analysis)
        self._start_next()
