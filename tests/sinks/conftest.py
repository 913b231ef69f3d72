"""Results made by hand, for every test of this room."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from realtime_fer.core.enums import Privacy
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Comparison, Frame, FrameResult

SEVEN = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")

MakeResult = Callable[..., FrameResult]


@pytest.fixture
def make_result() -> MakeResult:
    return build_result


def half_red(result: FrameResult) -> np.ndarray:
    """Stands in for a drawing: the left half of the frame is red."""
    drawn = result.frame.image_bgr.copy()
    drawn[:, : drawn.shape[1] // 2] = (0, 0, 220)
    return drawn


def build_result(
    timestamp_s: float = 0.0,
    *,
    size: tuple[int, int] = (160, 120),
    faces: int = 1,
    class_names: tuple[str, ...] = SEVEN,
    image: np.ndarray | None = None,
    model_id: str = "m7",
    model_sha256: str = "",
    detector_name: str = "haar",
    name: str = "",
    index: int = 0,
    source_generation: int = 0,
    source_name: str = "",
    doubt: tuple[int, ...] = (),
    min_confidence: float = 0.0,
    comparison: Comparison | None = None,
    privacy: Privacy = Privacy.OFF,
) -> FrameResult:
    """A result whose faces stand in a row; face i has most of class i."""
    width, height = size
    clean = np.full((height, width, 3), 40, np.uint8) if image is None else image.copy()
    count = len(class_names)
    probabilities = np.full((faces, count), 0.05, np.float32)
    for face in range(faces):
        if count:
            probabilities[face, face % count] = 1 - 0.05 * (count - 1)
    boxes = np.array([[10.4 + 50 * i, -5.6, 50.5 + 50 * i, 40.2] for i in range(faces)], np.float32).reshape(-1, 4)
    return FrameResult(
        Frame(clean, index, timestamp_s, name=name, source_generation=source_generation, source_name=source_name),
        Faces(
            boxes,
            np.full(faces, 0.875, np.float32),
            tracker_id=np.arange(1, faces + 1, dtype=np.int64),
            probabilities=probabilities,
            smoothed=probabilities * np.float32(0.5),
            doubt=np.array(doubt or (0,) * faces, np.uint8),
        ),
        class_names,
        model_id=model_id,
        model_sha256=model_sha256,
        detector_name=detector_name,
        min_confidence=min_confidence,
        comparison=comparison,
        privacy=privacy,
    )


def other_comparison(faces: int = 1, winner: str = "contempt", model_id: str = "m8") -> Comparison:
    """A second model of eight classes that gives every face the same."""
    probabilities = np.full((faces, len(EXPRESSION_KEYS)), 0.05, np.float32)
    probabilities[:, EXPRESSION_KEYS.index(winner)] = 0.65
    return Comparison(model_id, EXPRESSION_KEYS, probabilities, probabilities * np.float32(0.9))


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 400 KB, where the system lets us make one."""
    import subprocess

    folder = tmp_path / "small_disk"
    folder.mkdir()
    try:
        made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", folder], capture_output=True)
    except OSError:
        pytest.skip("there is no mount command")
    if made.returncode:
        pytest.skip("file systems cannot be mounted here")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)
