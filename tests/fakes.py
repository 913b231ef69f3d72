"""Stand-ins for the rooms' protocols: no camera, no network, no clock of their own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from realtime_fer.core.cards.model_input import CropSpec, InputSpec
from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.errors import SinkError, SourceError
from realtime_fer.core.face_features.blendshapes import BLENDSHAPE_KEYS
from realtime_fer.core.face_features.gaze import Eyes
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult, SourceFrame
from realtime_fer.runtime.events import EngineEvent

CLASSES = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")


#: For what no event tells.
_LOOK_AGAIN_S = 0.01


def picture(width: int = 64, height: int = 48, value: int = 90) -> np.ndarray:
    return np.full((height, width, 3), value, np.uint8)


def make_faces(*boxes: tuple[float, float, float, float], confidence: float = 0.9) -> Faces:
    xyxy = np.array(boxes, np.float32).reshape(-1, 4)
    return Faces(xyxy, np.full(len(xyxy), confidence, np.float32))


def make_spec(model_id: str = "fake", class_names: tuple[str, ...] = CLASSES, **changes: object) -> ModelSpec:
    values: dict[str, object] = {
        "model_id": model_id,
        "name": model_id,
        "path": Path(f"{model_id}.tflite"),
        "sha256": "0" * 64,
        "input": InputSpec(),
        "class_names": class_names,
        "crops": {"fake": CropSpec()},
    }
    return ModelSpec(**{**values, **changes})  # type: ignore[arg-type]


def make_result(
    faces: Faces | None = None,
    *,
    index: int = 0,
    timestamp_s: float = 0.0,
    size: tuple[int, int] = (64, 48),
    class_names: tuple[str, ...] = CLASSES,
) -> FrameResult:
    image = picture(*size)
    return FrameResult(Frame(image, index, timestamp_s), faces or Faces.empty(), class_names, model_id="fake")


class FakeDetector:
    """Finds what it is told to, in every frame."""

    family = "fake"
    landmarks = None

    def __init__(self, name: str = "fake", faces: Faces | None = None) -> None:
        self.name = name
        self.faces = faces if faces is not None else make_faces((10, 8, 40, 38))
        self.closed = False
        self.calls = 0
        self.thorough: list[bool] = []
        self.tiles: list[int] = []

    def detect(self, image_bgr: np.ndarray, *, thorough: bool = False, tiles: int = 0) -> Faces:
        assert not self.closed
        self.calls += 1
        self.thorough.append(thorough)
        self.tiles.append(tiles)
        return self.faces

    def close(self) -> None:
        self.closed = True


class FakeClassifier:
    """Gives every face the same probabilities."""

    ms_a_face = 1.5

    def __init__(self, spec: ModelSpec | None = None, winner: str = "happy") -> None:
        self.spec = spec or make_spec()
        self.probabilities = np.full(len(self.spec.class_names), 0.05, np.float32)
        self.probabilities[self.spec.class_names.index(winner)] += 1 - self.probabilities.sum()
        self.batches: list[int] = []
        self.timed_in: set[str] = set()
        self.closed = False

    def time_face(self) -> float:
        assert not self.closed
        self.timed_in.add(threading.current_thread().name)
        return 0.7

    def predict(self, inputs: np.ndarray) -> np.ndarray:
        assert not self.closed
        self.batches.append(len(inputs))
        return np.tile(self.probabilities, (len(inputs), 1))

    def close(self) -> None:
        self.closed = True


class FakeBlendshapes:
    """Gives every face 0.25 of every left shape and 0.75 of every right one."""

    def __init__(self) -> None:
        self.regions: list[np.ndarray] = []
        self.closed = False

    def predict(self, image_bgr: np.ndarray, regions: np.ndarray) -> np.ndarray:
        assert not self.closed
        self.regions.append(regions)
        of_side = {"Left": 0.25, "Right": 0.75}
        row = [next((of_side[side] for side in of_side if key.endswith(side)), 0.0) for key in BLENDSHAPE_KEYS]
        return np.array([row], np.float32).repeat(len(regions), axis=0)

    def close(self) -> None:
        self.closed = True


class FakeEyes:
    """Sees the irises of every face moved to the picture's right by ``aside`` widths of the eye."""

    def __init__(self, aside: float = 0.0, *, is_blinking: bool = False) -> None:
        self.aside, self.is_blinking, self.looked, self.closed = aside, is_blinking, 0, False

    def predict(self, image_bgr: np.ndarray, points: np.ndarray) -> Eyes:
        assert not self.closed
        self.looked += len(points)
        iris, lids = np.zeros((len(points), 2, 5, 2), np.float32), np.zeros((len(points), 2, 16, 2), np.float32)
        for eye, (outer, inner) in enumerate(((33, 133), (263, 362))):
            wide = np.linalg.norm(points[:, 263, :2] - points[:, 33, :2], axis=1)[:, None] * 0.3
            lids[:, eye, 0], lids[:, eye, 8] = points[:, outer, :2], points[:, inner, :2]
            middle = (lids[:, eye, 0] + lids[:, eye, 8]) / 2
            half = np.array([0, 0 if self.is_blinking else 0.15]) * wide
            lids[:, eye, 4], lids[:, eye, 12] = middle + half, middle - half
            iris[:, eye] = (middle + np.array([self.aside, -0.07]) * wide)[:, None]
        return Eyes(iris, lids)

    def close(self) -> None:
        self.closed = True


class FakeSource:
    """Gives ``frames`` pictures. A live one then fails, a file ends; ``gate`` lets them through one by one."""

    def __init__(
        self,
        frames: int = 3,
        *,
        live: bool = False,
        fail_on_open: str = "",
        gate: threading.Semaphore | None = None,
        name: str = "fake",
        step_s: float | None = None,
    ) -> None:
        self.name = name
        self.is_live = live
        self.fps: float | None = 30.0
        self.frame_count: int | None = None if live else frames
        self._frames = frames
        self._fail_on_open = fail_on_open
        self._gate = gate
        self._step_s = step_s
        self._read = 0
        self.opened = 0
        self.closed = 0

    def open(self) -> None:
        self.opened += 1
        self._read = 0
        if self._fail_on_open:
            raise SourceError(self._fail_on_open)

    def read(self) -> SourceFrame | None:
        if self._gate is not None:
            self._gate.acquire()
        if self._read >= self._frames:
            if self.is_live:
                raise SourceError("The fake camera was unplugged.")
            return None
        self._read += 1
        media_time_s = None if self._step_s is None else (self._read - 1) * self._step_s
        return SourceFrame(picture(value=self._read % 256), media_time_s)

    def close(self) -> None:
        self.closed += 1


@dataclass
class Listener:
    """Remembers what the engine told; ``wait_for`` waits for an event of a kind."""

    events: list[EngineEvent] = field(default_factory=list)
    views: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition)

    def view_ready(self) -> None:
        with self._changed:
            self.views += 1
            self._changed.notify_all()

    def event(self, event: EngineEvent) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def wait_for(self, kind: type[EngineEvent], count: int = 1, timeout_s: float = 10.0) -> EngineEvent:
        """The ``count``-th event of that kind."""
        with self._changed:
            arrived = self._changed.wait_for(lambda: len(self.of(kind)) >= count, timeout_s)
            assert arrived, f"no {kind.__name__} came; came: {self.events}"
            return self.of(kind)[count - 1]

    def wait_until(self, true: Callable[[], bool], timeout_s: float = 10.0) -> None:
        """Looks at each ``view_ready`` and event, and again and again for what none of them tells.

        While nobody takes the view, for one, the engine shows no other.
        """
        deadline_s = time.monotonic() + timeout_s
        with self._changed:
            while not true():
                assert time.monotonic() < deadline_s, f"did not happen; came: {self.events}"
                self._changed.wait(_LOOK_AGAIN_S)

    def of(self, kind: type[EngineEvent]) -> list[EngineEvent]:
        return [event for event in self.events if isinstance(event, kind)]


class FakeRecordingSink:
    """Keeps what is written; fails from the ``fail_at``-th result on; ``gate`` holds the writer up."""

    def __init__(self, folder: Path, fail_at: int | None = None, gate: threading.Event | None = None) -> None:
        self.folder = folder
        self.written: list[FrameResult] = []
        self.markers: dict[float, str] = {}
        self.late_markers: list[tuple[float, str]] = []
        self.closed = 0
        self.dropped: dict[str, int] = {}
        self.silent_end_s = 0.0
        self._fail_at = fail_at
        self._gate = gate

    def write(self, result: FrameResult, marker: str = "") -> None:
        if self._gate is not None:
            self._gate.wait(10)
        if self._fail_at is not None and len(self.written) >= self._fail_at:
            raise SinkError("The disk is full.")
        self.written.append(result)
        if marker:
            self.markers[result.frame.timestamp_s] = marker

    def add_late_marker(self, timestamp_s: float, marker: str) -> None:
        self.late_markers.append((timestamp_s, marker))

    def set_dropped(self, **counts: int) -> None:
        self.dropped.update(counts)

    def set_silent_end(self, seconds: float) -> None:
        self.silent_end_s = seconds

    def is_here(self) -> bool:
        return True

    def check_place(self) -> None:
        pass

    def close(self) -> None:
        self.closed += 1


class FakeClock:
    """Tells the times it is given, then the last one again."""

    def __init__(self, times: Sequence[float] = (0.0,)) -> None:
        self._times = list(times)
        self.now = 0.0

    def __call__(self) -> float:
        if self._times:
            self.now = self._times.pop(0)
        return self.now
