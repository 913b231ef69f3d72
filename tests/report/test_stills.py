"""The report's faces are cut out of the video where they are, whatever size the pictures had."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from realtime_fer.core.frame import FrameResult
from realtime_fer.report.page import make_report
from realtime_fer.sinks.session import RecordingSink
from tests.report.conftest import MakeSession
from tests.report.test_page import Page, pictures
from tests.sinks.conftest import build_result


def shown(seconds: float, identity: int, size: tuple[int, int], xywh: tuple[int, int, int, int]) -> FrameResult:
    """A person whose face is a green square, in a picture that is dark elsewhere."""
    x, y, w, h = xywh
    image = np.full((size[1], size[0], 3), 30, np.uint8)
    image[y : y + h, x : x + w] = (0, 220, 0)
    result = build_result(seconds, image=image, source_generation=identity - 1, source_name=f"source {identity}")
    faces = replace(result.faces, xyxy=np.array([[x, y, x + w, y + h]], np.float32))
    return replace(result, faces=faces.with_tracker_id(np.array([identity])))


def small_then(size: tuple[int, int], xywh: tuple[int, int, int, int], each: int = 20) -> list[FrameResult]:
    first = [shown(n / 10, 1, (320, 240), (40, 40, 80, 80)) for n in range(each)]
    return first + [shown((each + n) / 10, 2, size, xywh) for n in range(each)]


def middles(folder: Path) -> list[list[int]]:
    """The colour in the middle of each still."""
    stills = pictures(Page(make_report(folder, {})))
    return [still[still.shape[0] // 2, still.shape[1] // 2].tolist() for still in stills]


def is_green(colour: list[int]) -> bool:
    return colour[1] > 150 and max(colour[0], colour[2]) < 90


def change_facts(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = folder / "session.json"
    facts = json.loads(path.read_text())
    change(facts)
    path.write_text(json.dumps(facts))


@pytest.mark.parametrize(
    ("size", "xywh"),
    [((1280, 720), (900, 300, 240, 240)), ((160, 240), (20, 140, 60, 60)), ((321, 241), (200, 100, 60, 60))],
)
def test_after_a_change_of_size_a_face_is_cut_where_the_video_shows_it(
    make_session: MakeSession, size: tuple[int, int], xywh: tuple[int, int, int, int]
) -> None:
    found = middles(make_session(small_then(size, xywh)))
    assert len(found) == 2
    assert all(is_green(colour) for colour in found)


def test_the_sizes_are_told(make_session: MakeSession) -> None:
    text = Page(make_report(make_session(small_then((1280, 720), (900, 300, 240, 240))), {})).text
    assert "320 × 240 pixels (0:00.0 to 0:02.0), 1280 × 720 pixels (0:02.0 to 0:04.0)" in text


def test_where_the_size_is_not_known_there_is_no_picture_rather_than_a_wrong_one(make_session: MakeSession) -> None:
    results = small_then((1280, 720), (900, 300, 240, 240))
    older, crowded, damaged = (make_session(results) for _ in range(3))
    change_facts(older, lambda facts: facts.pop("picture_sizes"))
    change_facts(crowded, lambda facts: facts["picture_sizes"][1].update(changes_not_listed=3))
    change_facts(damaged, lambda facts: facts["picture_sizes"][1].update(width=-1))
    for folder in (older, crowded, damaged):
        (found,) = middles(folder)
        assert is_green(found)


def test_of_a_killed_recording_the_last_second_may_have_had_another_size(tmp_path: Path) -> None:
    sink = RecordingSink(tmp_path)
    # The facts are written at 1.0 s; the size changes at 1.2 s, and the end comes at 1.8 s.
    for result in small_then((1280, 720), (900, 300, 240, 240), each=12)[:18]:
        sink.write(result)
    facts = (sink.folder / "session.json").read_bytes()
    sink.close()
    (sink.folder / "session.json").write_bytes(facts)
    (found,) = middles(sink.folder)
    assert is_green(found)
