"""A camera that does everything wrong while it is recorded: one valid video, with its gaps marked."""

from __future__ import annotations

import csv
import json
import threading
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from realtime_fer.core.frame import FrameResult
from realtime_fer.core.request import SourceRequest, request_of
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.capture.timeouts import SourceTimeouts
from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.engine_parts import EngineParts
from realtime_fer.runtime.events import (
    DetectorAdopted,
    EngineFailed,
    FrameWarning,
    RecordingStarted,
    RecordingStopped,
    SourceLost,
    SourceOpened,
    SourceStalled,
)
from realtime_fer.sinks.session import RecordingSink
from realtime_fer.sources.camera import CameraSource
from realtime_fer.vision.pipeline import ExpressionPipeline
from tests.fakes import FakeClassifier, FakeDetector, Listener, make_faces

#: All waiting a fifth of what it is in earnest.
TIMEOUTS = SourceTimeouts(stall_after_s=0.3, reopen_after_s=0.6, watch_interval_s=0.01, retry_backoff_s=(0.03, 0.06))

# A device path that exists, so that a failed read is not taken for an unplugged camera.
DEVICE = __file__


def noise(count: int, width: int = 160, height: int = 120) -> Iterator[np.ndarray]:
    generator = np.random.default_rng(width)
    for _ in range(count):
        yield generator.integers(30, 220, (height, width, 3), dtype=np.uint8)


class Driver:
    """What OpenCV opens: one script of reads after another. A read takes 5 ms; ``free`` ends one that hangs."""

    def __init__(self, *scripts: Callable[[], Iterator[Any]] | None) -> None:
        self._scripts = iter(scripts)
        self._end = threading.Event()
        self.free = threading.Event()
        self.hanging = threading.Event()

    def stop(self) -> None:
        self._end.set()
        self.free.set()

    def open(self, camera: int | str, backend: int) -> Capture:
        script = next(self._scripts)
        return Capture(self, script() if script is not None else None)

    def hang(self) -> Iterator[Any]:
        self.hanging.set()
        assert self.free.wait(20)
        yield np.zeros((120, 160, 3), np.uint8)


class Capture:
    def __init__(self, driver: Driver, script: Iterator[Any] | None) -> None:
        self._driver, self._script = driver, script

    def isOpened(self) -> bool:
        return self._script is not None

    def read(self) -> tuple[bool, Any]:
        self._driver._end.wait(0.005)
        assert self._script is not None
        item = next(self._script, None)
        return item is not None, item

    def set(self, propId: int, value: float) -> bool:
        return True

    def get(self, propId: int) -> float:
        return 30.0

    def release(self) -> None:
        pass


class Rig:
    def __init__(self, folder: Path, driver: Driver) -> None:
        self.folder, self.driver, self.listener = folder, driver, Listener()

        def resolve(request: SourceRequest) -> ResolvedSource:
            return ResolvedSource(request, CameraSource(DEVICE, name="Desk", open_capture=driver.open))

        def no_snapshot(result: FrameResult) -> Path:
            raise AssertionError

        parts = EngineParts(
            make_pipeline=lambda: ExpressionPipeline(),
            resolve_source=resolve,
            make_detector=lambda name: FakeDetector(name, make_faces((20, 20, 90, 90))),
            make_classifier=lambda model: FakeClassifier(),
            make_recording=lambda name: RecordingSink(folder, session_facts={"source": name}),
            save_snapshot=no_snapshot,
            fallback_detector="haar",
        )
        self.engine = Engine(parts, self.listener, timeouts=TIMEOUTS)

    def taken_until(self, true: Callable[[FrameResult], bool]) -> FrameResult:
        """Takes results as a window does, until one is so."""
        found: list[FrameResult] = []

        def look() -> bool:
            result = self.engine.take_view()
            if result is not None and true(result):
                found.append(result)
            return bool(found)

        self.listener.wait_until(look)
        return found[0]


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[Callable[[Driver], Rig]]:
    made: list[Rig] = []

    def make(driver: Driver) -> Rig:
        made.append(Rig(tmp_path, driver))
        return made[-1]

    yield make
    for each in made:
        each.driver.stop()
        each.engine.stop()


def test_one_valid_video_through_every_fault_with_its_gaps_marked(rig: Callable[[Driver], Rig]) -> None:
    recording = threading.Event()

    def first() -> Iterator[Any]:
        while not recording.is_set():
            yield from noise(1)
        yield from noise(30)
        yield from noise(20, 200, 100)
        for image in noise(6):
            yield image
            yield image.astype(np.float32)
            yield image[:, :, :2]
            yield np.zeros((0, 0, 3), np.uint8)
        yield from driver.hang()

    def second() -> Iterator[Any]:
        yield from noise(20)
        for _ in range(60):
            yield np.zeros((120, 160, 3), np.uint8)
        yield from noise(40)
        # and then it is unplugged

    def last() -> Iterator[Any]:
        yield from noise(10_000)

    driver = Driver(first, second, None, last)
    made = rig(driver)
    engine, listener = made.engine, made.listener
    engine.start(request_of("0"), "haar", "fake")
    listener.wait_for(DetectorAdopted)
    made.taken_until(lambda result: len(result.faces) > 0)
    engine.start_recording()
    listener.wait_for(RecordingStarted)
    recording.set()
    assert driver.hanging.wait(10)
    listener.wait_for(SourceStalled)
    hung = listener.wait_for(SourceLost)
    unplugged, absent = (listener.wait_for(SourceLost, count=count) for count in (2, 3))
    listener.wait_for(SourceOpened, count=3)
    made.taken_until(lambda result: result.frame.losses >= 4)
    engine.stop_recording()
    stopped = listener.wait_for(RecordingStopped)

    assert isinstance(stopped, RecordingStopped)
    assert stopped.sentence == ""
    assert not listener.of(EngineFailed)
    said = [loss.sentence for loss in (hung, unplugged, absent) if isinstance(loss, SourceLost)]
    assert "no longer answers" in said[0]
    assert "stopped delivering pictures" in said[1]
    assert "cannot be opened" in said[2]
    doubts = [event.sentence for event in listener.of(FrameWarning) if isinstance(event, FrameWarning)]
    assert doubts == [], "fewer black pictures than are worth a word"

    (session,) = (path.parent for path in made.folder.rglob("session.json"))
    facts = json.loads((session / "session.json").read_text(encoding="utf-8"))
    with av.open(str(session / "video.mp4")) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (160, 120)
        stamps = [frame.time for frame in container.decode(video=0)]
    assert facts["complete"]
    assert facts["frames"] == len(stamps)
    assert all(before < after for before, after in pairwise(stamps))

    with (session / "expressions.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        assert float(row["timestamp"]) == pytest.approx(stamps[int(row["frame"])], abs=1e-4)
    marked = [row for row in rows if row["marker"].startswith("no picture for ")]
    assert len(marked) >= 2, "one for the hang, one for the unplugging"
    for row in marked:
        frame = int(row["frame"])
        gap_s = float(row["marker"].removeprefix("no picture for ").removesuffix(" s"))
        assert gap_s == pytest.approx(stamps[frame] - stamps[frame - 1], abs=0.06)
    gaps = [(gap["from_s"], gap["to_s"]) for gap in facts["gaps"]]
    for row in marked:
        frame = int(row["frame"])
        assert (round(stamps[frame - 1], 3), round(stamps[frame], 3)) == pytest.approx(
            min(gaps, key=lambda gap, end=stamps[frame]: abs(gap[1] - end)), abs=0.002
        )
    # The hang lasted at least until it was given up, and the video shows no less.
    assert max(after - before for before, after in pairwise(stamps)) >= TIMEOUTS.reopen_after_s


def test_the_engine_can_be_closed_while_a_read_hangs(rig: Callable[[Driver], Rig]) -> None:
    def script() -> Iterator[Any]:
        yield from noise(5)
        yield from driver.hang()

    driver = Driver(script)
    made = rig(driver)
    made.engine.start(request_of("0"), "haar", "fake")
    assert driver.hanging.wait(10)
    made.engine.stop(deadline_s=0.2)
    assert "inference" not in [thread.name for thread in threading.enumerate()]
    assert len(made.engine._sources._abandoned) == 1
    driver.stop()
    assert made.engine._sources._abandoned.join(10)
