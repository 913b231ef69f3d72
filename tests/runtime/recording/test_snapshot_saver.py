"""Snapshots: written one after the other, a bounded number of them, and none without a word."""

from __future__ import annotations

import threading
from pathlib import Path

import numpy as np

from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.runtime.events import EngineEvent, SnapshotFailed, SnapshotSaved
from realtime_fer.runtime.recording.snapshot_saver import MOST_WAITING, SnapshotSaver

RESULT = FrameResult(Frame(np.zeros((4, 4, 3), np.uint8), 0, 0.0), Faces.empty(), ())


class SlowDisk:
    def __init__(self) -> None:
        self.begun, self.free = threading.Semaphore(0), threading.Semaphore(0)
        self.threads: set[str] = set()
        self.written = 0

    def save(self, result: FrameResult, session: Path | None) -> Path:
        self.threads.add(threading.current_thread().name)
        self.begun.release()
        assert self.free.acquire(timeout=10)
        self.written += 1
        return Path(f"{self.written}.png")


def test_one_thread_writes_them_and_too_many_are_refused_with_a_word() -> None:
    disk, told = SlowDisk(), list[EngineEvent]()
    saver = SnapshotSaver(disk.save, told.append)
    saver.take(RESULT, None)
    assert disk.begun.acquire(timeout=10)
    for _ in range(MOST_WAITING + 2):
        saver.take(RESULT, None)
    assert saver.refused == 2
    assert told == [SnapshotFailed("The picture was not saved: the disk cannot keep up.")] * 2
    disk.free.release(100)
    assert saver.join(10)
    assert told[2:] == [SnapshotSaved(Path(f"{number}.png")) for number in range(1, MOST_WAITING + 2)]
    assert len(disk.threads) == 1


def test_after_the_end_none_is_taken_and_without_a_picture_none_is_begun() -> None:
    told: list[EngineEvent] = []
    saver = SnapshotSaver(SlowDisk().save, told.append)
    saver.take(None, None)
    assert saver.join(10)
    saver.take(RESULT, None)
    assert [type(event) for event in told] == [SnapshotFailed, SnapshotFailed]
    assert saver.refused == 1
