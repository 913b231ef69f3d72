"""A recording of two people, made of arrays: person 1 from 0 to 4 s, person 2 from 1 to 3 s, ten frames a second."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QApplication

from realtime_fer import assembly
from realtime_fer.core.corrections.annotations import Annotations, ReviewMarker, Span
from realtime_fer.core.corrections.recording import NOT_COMPARED, RecordedRows, Recording
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.protocols import SeekableSource
from realtime_fer.gui.review.review_document import ReviewDocument
from realtime_fer.gui.review.review_files import ReviewFiles
from realtime_fer.gui.review.review_window import ReviewWindow
from realtime_fer.gui.style.appearance import Appearance

HAPPY, SAD = EXPRESSION_KEYS.index("happy"), EXPRESSION_KEYS.index("sad")


def rows_of(seen: list[tuple[int, int, int]]) -> RecordedRows:
    """From (frame, face_id, label), at ten frames a second."""
    seen = sorted(seen)
    frame, face_id, label = (np.array([entry[at] for entry in seen]) for at in range(3))
    smoothed = np.full((len(seen), len(EXPRESSION_KEYS)), 0.05, np.float32)
    smoothed[np.arange(len(seen)), np.minimum(label, len(EXPRESSION_KEYS) - 1)] = 0.65
    return RecordedRows(
        frame=frame.astype(np.int64),
        time_s=frame / 10,
        face_id=face_id.astype(np.int64),
        label=label.astype(np.int8),
        doubt=np.zeros(len(seen), np.int8),
        confidence=np.full(len(seen), 0.9, np.float32),
        smoothed=smoothed,
        xywh=np.tile(np.array([10, 10, 30, 30], np.float32), (len(seen), 1)),
        compared=np.full(len(seen), NOT_COMPARED, np.int8),
        compared_share=np.zeros(len(seen), np.float32),
    )


@pytest.fixture
def recording(tmp_path: Path) -> Recording:
    first = [(frame, 1, HAPPY if frame < 20 else SAD) for frame in range(40)]
    second = [(frame, 2, SAD) for frame in range(10, 30)]
    return Recording(
        folder=tmp_path,
        rows=rows_of(first + second),
        markers=(ReviewMarker(1.0, "door"),),
        gaps=(Span(3.0, 3.5),),
        duration_s=4.0,
        step_s=0.1,
        size=(100, 80),
    )


@pytest.fixture
def document(recording: Recording) -> ReviewDocument:
    return ReviewDocument(recording, Annotations())


class Files:
    """Files of a test: one recording, and a folder that corrections go into."""

    def __init__(self, recording: Recording) -> None:
        self.recording = recording
        self.claimed = False
        self.fault: Exception | None = None
        self.exported: list[tuple[Sequence[str], Path]] = []
        self.saves = 0
        self.gate = threading.Event()
        self.gate.set()

    def read(self, folder: Path, progress: Callable[[float], None]) -> Recording:
        progress(0.5)
        assert self.gate.wait(10)
        progress(0.9)
        return self.recording

    def save(self, folder: Path, annotations: Annotations) -> None:
        if self.fault is not None:
            raise self.fault
        self.saves += 1
        assembly.save_corrections(folder, annotations)

    def claim(self, folder: Path) -> Callable[[], None] | None:
        if self.claimed:
            return None
        self.claimed = True

        def release() -> None:
            self.claimed = False

        return release

    def open_film(self, path: Path) -> SeekableSource:
        raise AssertionError("there is no video")

    def report(self, folder: Path) -> Path:
        return folder / "report.html"

    def export(self, folder: Path, formats: Sequence[str], into: Path) -> list[Path]:
        self.exported.append((formats, into))
        return [into / f"{name}.out" for name in formats]

    @property
    def functions(self) -> ReviewFiles:
        return ReviewFiles(self.read, self.save, self.claim, self.open_film, self.report, self.export)


@pytest.fixture
def files(recording: Recording) -> Files:
    return Files(recording)


@pytest.fixture
def open_window(qtbot: Any, appearance: Appearance, tmp_path: Path) -> Iterator[Callable[..., ReviewWindow]]:
    windows: list[ReviewWindow] = []

    def make(functions: ReviewFiles, folder: Path = tmp_path, waits: bool = True) -> ReviewWindow:
        window = ReviewWindow(folder, functions, appearance.theme)
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(1000, 700)
        window.show()
        if waits:
            with qtbot.waitSignal(window.loaded):
                window.begin()
        else:
            window.begin()
        return window

    yield make
    for window in windows:
        window.close()


@pytest.fixture
def window(open_window: Callable[..., ReviewWindow], files: Files) -> ReviewWindow:
    return open_window(files.functions)


def press(qtbot: Any, window: ReviewWindow, *keys: Any, modifier: Any = Qt.NoModifier) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


def texts(window: ReviewWindow) -> list[str]:
    return [notice.text for notice in window.notices.notices]
