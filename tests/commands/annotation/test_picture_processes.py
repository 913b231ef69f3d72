"""Pictures that are analysed in several processes have the results of one, also where a process dies."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from realtime_fer.commands.annotation import picture_processes
from realtime_fer.commands.annotation.picture_processes import CHUNK, is_chunk, processes_for
from realtime_fer.commands.annotation.request import AnnotateRequest
from realtime_fer.commands.annotation.run import RunProgress, annotate_source
from realtime_fer.core.enums import DetectorName
from realtime_fer.core.frame import Frame
from realtime_fer.core.request import request_of
from realtime_fer.sources import DemoSource
from tests.quick_detector import quick_detector


def test_few_pictures_and_a_process_that_may_have_no_children_stay_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picture_processes.os, "sched_getaffinity", lambda _: set(range(4)), raising=False)
    assert [processes_for(count) for count in (None, 1, 299, 300)] == [0, 0, 0, 4]
    monkeypatch.setitem(multiprocessing.current_process()._config, "daemon", True)
    assert processes_for(300) == 0


@pytest.mark.parametrize(
    ("height", "pictures", "together"),
    [(128, 1000, CHUNK), (48, 1000, CHUNK), (1080, 1000, 1), (128, 12, 3), (128, 3, 1)],
)
def test_large_pictures_go_alone_and_the_last_ones_to_all_processes(height: int, pictures: int, together: int) -> None:
    frames: list[Frame] = []
    while not frames or not is_chunk(frames, pictures, 2):
        frames.append(Frame(np.zeros((height, height, 3), np.uint8), len(frames), 0.0))
    assert len(frames) == together


def test_tables_lines_and_pictures_are_the_same_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two people in each picture; one of two processes is killed after the first."""
    source = DemoSource(320, 240, 10, seconds=2, faces=2)
    source.open()
    (tmp_path / "in").mkdir()
    for number in range(12):
        read = source.read()
        assert read is not None
        cv2.imwrite(str(tmp_path / "in" / f"{number}.png"), read.image_bgr)
    source.close()
    request = AnnotateRequest(request_of(str(tmp_path / "in")), model="fer-xs", detector=DetectorName(quick_detector()))
    done: list[int] = []

    def progress(now: RunProgress) -> None:
        done.append(now.done)
        for child in multiprocessing.active_children()[:1] if now.done == 1 else []:
            child.kill()

    for count, folder in ((2, tmp_path / "two"), (0, tmp_path / "one")):
        folder.mkdir()
        monkeypatch.setattr("realtime_fer.commands.annotation.run.processes_for", lambda _, count=count: count)
        files = {"csv": folder / "table.csv", "jsonl": folder / "lines.jsonl", "output": folder / "pictures"}
        annotate_source(replace(request, **files), progress)
        assert not multiprocessing.active_children()
    assert done == [*range(1, 13)] * 2
    made = sorted(path.relative_to(tmp_path / "one") for path in (tmp_path / "one").rglob("*.*"))
    assert len(made) == 14
    for path in made:
        assert (tmp_path / "two" / path).read_bytes() == (tmp_path / "one" / path).read_bytes(), path
    rows = (tmp_path / "one" / "table.csv").read_text().splitlines()[1:]
    assert {row.split(",")[2] for row in rows} >= {"1", "2", "12"}
