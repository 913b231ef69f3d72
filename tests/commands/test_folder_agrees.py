"""One folder of pictures through the window's engine and through ``annotate``: the same people, the same figures."""

from __future__ import annotations

import csv
from pathlib import Path

import cv2
import numpy as np
import pytest

from realtime_fer import assembly, cli
from realtime_fer.core.enums import Film
from realtime_fer.core.errors import DetectorError
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.request import request_of
from realtime_fer.core.settings import Settings
from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.events import RecordingStopped, SourceEnded
from realtime_fer.sources import DemoSource
from realtime_fer.vision.registry import make_detector
from tests.fakes import Listener


def make_folder(folder: Path) -> Path:
    """Four pictures of one to three people, of whom some stand where others did in the picture before."""
    folder.mkdir()
    for number, (faces, gain) in enumerate([(1, 1.0), (2, 1.0), (1, 0.6), (3, 1.1)]):
        source = DemoSource(640, 360, faces=faces)
        source.open()
        read = source.read()
        source.close()
        assert read is not None
        changed = np.clip(read.image_bgr.astype(np.float32) * gain, 0, 255).astype(np.uint8)
        assert cv2.imwrite(str(folder / f"{number}.png"), changed)
    return folder


def rows_of(table: Path) -> list[dict[str, str]]:
    """All but the time, which in the window is that of the clock."""
    with table.open(encoding="utf-8", newline="") as file:
        return [{name: cell for name, cell in row.items() if name != "timestamp"} for row in csv.DictReader(file)]


@pytest.mark.parametrize("detector", ["mediapipe", "haar"])
def test_the_windows_recording_and_annotate_tell_the_same_of_a_folder(tmp_path: Path, detector: str) -> None:
    try:
        make_detector(detector).close()
    except DetectorError as error:
        pytest.skip(error.sentence())
    folder = make_folder(tmp_path / "pictures")
    settings = Settings(detector=detector, film=Film.NONE, recordings_folder=str(tmp_path / "recordings"))
    listener = Listener()
    engine = Engine(assembly.build_engine_parts(settings), listener)
    engine.set_options(PipelineOptions(mirror=False))
    engine.start_recording()
    engine.start(request_of(str(folder)), settings.detector, settings.model)
    try:
        listener.wait_for(SourceEnded, timeout_s=60)
        listener.wait_until(lambda: (shown := engine.take_view()) is not None and shown.frame.name == "3.png")
    finally:
        engine.stop()
    listener.wait_for(RecordingStopped)
    (recorded,) = (tmp_path / "recordings").glob("*/expressions.csv")
    table = tmp_path / "annotated.csv"
    assert cli.run(["annotate", str(folder), "--csv", str(table), "--film", "none", "--detector", detector]) == 0
    told = rows_of(recorded)
    assert told == rows_of(table)
    assert [row["frame"] for row in told] == ["0", "1", "1", "2", "3", "3", "3"]
    assert [row["face_id"] for row in told] == ["1", "2", "3", "4", "5", "6", "7"]
