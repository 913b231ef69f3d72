"""Long videos are cut at key frames, and the tables of the parts are joined into that of the whole."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from realtime_fer.commands.cluster.joining import JoinedTable
from realtime_fer.commands.cluster.parts import OVERLAP_S, Part, parts_of, parts_of_file
from realtime_fer.sources.video_times import FrameStamps

HEADER = ["frame", "timestamp", "face_id", "x", "y", "w", "h", "blinks"]


@pytest.mark.parametrize("key_every_s", [0.5, 2.0, 10.0])
@pytest.mark.parametrize("part_s", [12, 30])
def test_every_frame_is_kept_once_and_each_part_begins_at_a_key_frame_before_what_it_keeps(
    key_every_s: float, part_s: float
) -> None:
    times = [index / 10 for index in range(2003)]
    keys = [time_s for time_s in times if abs(time_s / key_every_s - round(time_s / key_every_s)) < 1e-9]
    parts = parts_of(FrameStamps(times, keys), part_s)
    assert len(parts) > 4
    assert [part.kept_from for part in parts[1:]] == [part.end for part in parts[:-1]]
    assert (parts[0].first, parts[0].kept_from, parts[-1].end) == (0, 0, len(times))
    for part in parts[1:]:
        assert times[part.first] in keys
        assert times[part.kept_from] - times[part.first] == pytest.approx(OVERLAP_S, abs=0.11)
        assert part.span[0] == times[part.first]
    assert all(times[part.end - 1] < part.span[1] for part in parts)
    assert all(part.span[1] < times[part.end] for part in parts[:-1])


def test_a_short_video_and_one_with_a_single_key_frame_stay_whole(tmp_path: Path) -> None:
    times = [index / 10 for index in range(1000)]
    assert len(parts_of(FrameStamps(times[:150], [0.0, 5.0, 10.0]), 12)) == 1
    assert len(parts_of(FrameStamps(times, [0.0]), 12)) == 1
    (tmp_path / "no video.mp4").write_text("text")
    assert parts_of_file(tmp_path / "no video.mp4", 12) is None


def table(rows: list[tuple[int, int, int, int]]) -> str:
    """Of frame, person, place and blinks."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for frame, person, x, blinks in rows:
        writer.writerow([frame, "0", person, x, 0, 100, 100, blinks])
    return text.getvalue()


def lines(table_text: str, frames: int) -> str:
    """The JSON lines beside such a table, of which every third frame knows no blinks."""
    faces: list[list[dict]] = [[] for _ in range(frames)]
    for row in csv.DictReader(io.StringIO(table_text)):
        frame = int(row["frame"])
        blinks = int(row["blinks"]) if frame % 3 else None
        faces[frame].append({"face_id": int(row["face_id"]), "movements": {"blinks": blinks}})
    written = [{"frame": at, "timestamp": 0.0, "faces": found, "marker": "\u2028"} for at, found in enumerate(faces)]
    return "".join(json.dumps(line, separators=(",", ":"), ensure_ascii=False) + "\n" for line in written)


def test_people_keep_their_numbers_and_their_blinks_go_on() -> None:
    """Left and right have other numbers in the second part; the third person comes after the cut."""
    times = [index / 10 for index in range(30)]
    parts = [Part(0, 0, 15, (0, 1.45)), Part(10, 15, 30, (1, 9))]
    first = table([row for frame in range(15) for row in ((frame, 4, 0, 2 + frame // 12), (frame, 7, 300, 0))])
    second = table(
        [
            row
            for frame in range(20)
            for row in ((frame, 1, 305, 0), (frame, 2, 5, frame // 8), (frame, 3, 600, 1))
            if row[1] != 3 or frame >= 12
        ]
    )
    joined, rows, told = JoinedTable(times), [], []
    for at, text in enumerate((first, second)):
        rows += joined.add(parts[at], text, parts[1] if at == 0 else None)
        told += joined.lines_of(parts[at], lines(text, 15 + 5 * at))
    assert joined.header == HEADER
    assert [row[1] for row in rows if row[0] == "17"] == ["1.70000"] * 2
    by_place = {place: [row for row in rows if int(row[3]) // 100 == place] for place in (0, 3, 6)}
    assert {row[2] for row in by_place[0]} == {"1"}
    assert {row[2] for row in by_place[3]} == {"2"}
    assert {row[2] for row in by_place[6]} == {"3"}
    assert [int(row[0]) for row in by_place[0]] == list(range(30)), "each frame once"
    assert [row[7] for row in by_place[0]] == ["2"] * 12 + ["3"] * 6 + ["4"] * 8 + ["5"] * 4
    assert (joined.people, joined.frames, joined.faces) == (3, 30, len(rows))
    assert all(line.endswith("\n") and " " not in line for line in told)
    objects = [json.loads(line) for line in told]
    assert [line["frame"] for line in objects] == list(range(30))
    assert [line["timestamp"] for line in objects] == pytest.approx(times, abs=1e-5)
    seen = [(str(line["frame"]), str(face["face_id"])) for line in objects for face in line["faces"]]
    assert seen == [(row[0], row[2]) for row in rows], "people have the numbers of the table"
    blinks = {(row[0], row[2]): row[7] for row in rows}
    known = [
        (str(line["frame"]), str(face["face_id"]), str(face["movements"]["blinks"]))
        for line in objects
        for face in line["faces"]
        if face["movements"]["blinks"] is not None
    ]
    assert [blinks[frame, person] for frame, person, _ in known] == [count for *_, count in known]
    assert len(known) > 30
