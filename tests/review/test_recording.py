"""A recording read for review, as the program makes it and as a sudden end leaves it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from realtime_fer import cli
from realtime_fer.core.corrections.annotations import Annotations, ReviewMarker, Span
from realtime_fer.core.corrections.recording import NOT_COMPARED, ROW_LABELS, numbers_after_splits, people_of
from realtime_fer.core.enums import Film
from realtime_fer.core.errors import ReviewError
from realtime_fer.review.recording import read_recording
from realtime_fer.review.rows import read_reviewed
from realtime_fer.sinks.session import RecordingSink
from tests.sinks.conftest import build_result


def session(folder: Path, film: Film = Film.ANNOTATED, frames: int = 12) -> Path:
    with RecordingSink(folder, film=film) as sink:
        for frame in range(frames):
            sink.write(build_result(frame / 10, faces=2), "look" if frame == 3 else "")
    return sink.folder


@pytest.mark.parametrize(
    ("film", "video", "is_drawn"),
    [
        (Film.ANNOTATED, "video.mp4", True),
        (Film.CLEAN, "video.mp4", False),
        (Film.BOTH, "video-clean.mp4", False),
        (Film.NONE, None, False),
    ],
)
def test_the_clean_video_is_taken_where_there_is_one(
    film: Film, video: str | None, is_drawn: bool, tmp_path: Path
) -> None:
    shares: list[float] = []
    recording = read_recording(session(tmp_path, film), shares.append)
    assert (recording.video.name if recording.video else None) == video
    assert recording.is_drawn == is_drawn
    assert shares == [1.0]
    assert len(recording.rows) == 24
    assert recording.markers == (ReviewMarker(0.3, "look"),)
    assert (recording.step_s, recording.duration_s) == (pytest.approx(0.1), pytest.approx(1.2, abs=0.11))
    assert recording.remarks == ()


def test_its_numbers_are_those_of_the_exports(tmp_path: Path) -> None:
    """Two readers of one table, one of arrays and one of cells, agree also after corrections."""
    folder = session(tmp_path)
    annotations = Annotations().split_at(1, 6, 9).merged_into(9, 2)
    recording = read_recording(folder)
    people = people_of(numbers_after_splits(recording.rows, annotations.splits), annotations.merged)
    exported = read_reviewed(folder, annotations).rows
    ours = {(int(frame), int(person)) for frame, person in zip(recording.rows.frame, people, strict=True)}
    assert ours == {(row.frame, row.person) for row in exported}
    first = exported[0]
    at = int(np.flatnonzero((recording.rows.frame == first.frame) & (recording.rows.face_id == 1))[0])
    assert ROW_LABELS[recording.rows.label[at]] == first.expression
    assert recording.rows.xywh[at].tolist() == [first.number(side) for side in "xywh"]


def test_a_killed_programs_recording_is_read_to_its_last_whole_line(tmp_path: Path) -> None:
    folder = session(tmp_path)
    (folder / "session.json").unlink()
    table = folder / "expressions.csv"
    lines = table.read_bytes().splitlines(keepends=True)
    table.write_bytes(
        b"".join(lines[:10]) + b"4,nonsense\n" + b"5,x," + lines[11][6:] + lines[12][: len(lines[12]) // 2]
    )
    recording = read_recording(folder)
    assert len(recording.rows) == 9
    assert sorted(recording.remarks) == [
        "3 lines of the table are damaged and are left out.",
        "There is no session.json, so gaps are not known.",
    ]


def test_gaps_come_from_the_facts_and_nonsense_in_them_is_left_out(tmp_path: Path) -> None:
    folder = session(tmp_path)
    facts = json.loads((folder / "session.json").read_text())
    facts["gaps"] = [{"from_s": 0.5, "to_s": 0.9}, {"from_s": "x"}, {"from_s": 3, "to_s": 1}, 7]
    facts["size"] = ["wide", -1]
    (folder / "session.json").write_text(json.dumps(facts))
    recording = read_recording(folder)
    assert (recording.gaps, recording.size) == ((Span(0.5, 0.9),), None)


def test_boxes_of_frames_of_another_size_lie_where_the_video_shows_them(tmp_path: Path) -> None:
    folder = session(tmp_path)
    before = read_recording(folder).rows.xywh
    facts = json.loads((folder / "session.json").read_text())
    width, height = facts["size"]
    facts["picture_sizes"] = [
        {"width": width, "height": height, "frames": 6},
        {"width": 2 * width, "height": 4 * height, "frames": 6},
    ]
    (folder / "session.json").write_text(json.dumps(facts))
    rows = read_recording(folder).rows
    first = rows.frame < 6
    assert (rows.xywh[first] == before[first]).all()
    # Fitted by its height, and so with black on both sides.
    expected = before[~first] / 4 + np.array([width / 4, 0, 0, 0])
    assert rows.xywh[~first] == pytest.approx(expected)


def test_a_second_model_is_joined_by_frame_and_face(tmp_path: Path) -> None:
    folder = session(tmp_path)
    lines = (folder / "expressions.csv").read_text().splitlines(keepends=True)
    (folder / "comparison.csv").write_text("".join([lines[0], *lines[5:9]]))
    recording = read_recording(folder)
    compared = recording.rows.compared != NOT_COMPARED
    assert int(compared.sum()) == 4
    assert (recording.rows.compared[compared] == recording.rows.label[compared]).all()
    assert recording.compared_model


@pytest.mark.parametrize("content", [None, "", "a,b\n1,2\n"])
def test_what_is_no_recording_is_refused_with_a_sentence(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "expressions.csv").write_text(content)
    with pytest.raises(ReviewError, match="is no"):
        read_recording(tmp_path)


def test_nobody_in_a_recording_is_no_error(tmp_path: Path) -> None:
    with RecordingSink(tmp_path) as sink:
        for frame in range(3):
            sink.write(build_result(frame / 10, faces=0))
    recording = read_recording(sink.folder)
    assert (len(recording.rows), recording.rows.smoothed.shape, recording.rows.xywh.shape) == (0, (0, 8), (0, 4))


def test_a_reading_that_nobody_waits_for_ends(tmp_path: Path) -> None:
    class Ended(Exception):
        pass

    def stop(_share: float) -> None:
        raise Ended

    with pytest.raises(Ended):
        read_recording(session(tmp_path), stop)


def test_the_command_refuses_what_is_no_recording_in_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["review", str(tmp_path)]) == 2
    assert "is not a recording" in capsys.readouterr().err
