from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest

from realtime_fer.core.errors import ReportError
from realtime_fer.report.figures import busy_seconds, figures_of, gap_seconds, pause_seconds
from realtime_fer.report.page import make_report
from realtime_fer.report.session import Gap, read_session
from realtime_fer.report.table import LABELS
from realtime_fer.sinks.session import RecordingSink
from tests.report.conftest import MakeSession
from tests.sinks.conftest import build_result, other_comparison


def test_a_whole_session_has_no_remarks(make_session: MakeSession) -> None:
    session = read_session(make_session(markers={3: "door", 9: "end"}))
    assert session.remarks == ()
    assert (session.frames, len(session.table.people)) == (30, 2)
    assert [(marker.frame, marker.text) for marker in session.markers] == [(3, "door"), (9, "end")]
    assert session.video is not None


def test_what_the_recording_says_of_a_gap_is_no_marker(make_session: MakeSession) -> None:
    results = [build_result(n / 10) for n in range(3)]
    for n in range(3):
        later = build_result(3 + n / 10)
        results.append(replace(later, frame=replace(later.frame, losses=1)))
    folder = make_session(results, markers={3: "back"})
    assert "no picture for 2.8 s" in (folder / "expressions.csv").read_text()
    session = read_session(folder)
    assert [marker.text for marker in session.markers] == ["back"]
    assert session.gaps == (Gap(0.2, 3.0),)


def test_a_pause_is_told_apart_from_a_source_that_gave_nothing(make_session: MakeSession) -> None:
    stamps = [0.0, 0.1, 0.2, 0.3, 2.3, 2.4, 7.4, 7.5, 12.5]
    pauses, losses = [0.0, 0.0, 0.0, 0.0, 1.9, 1.9, 1.9, 1.9, 3.9], [0, 0, 0, 0, 0, 0, 1, 1, 2]
    results = [
        replace(result, frame=replace(result.frame, paused_s=paused_s, losses=lost))
        for result, paused_s, lost in zip(map(build_result, stamps), pauses, losses, strict=True)
    ]
    folder = make_session(results, markers={4: "back"})
    with (folder / "expressions.csv").open(encoding="utf-8", newline="") as file:
        notes = [row["marker"] for row in csv.DictReader(file) if row["marker"]]
    assert notes == ["back; paused for 1.9 s", "no picture for 5.0 s", "paused for 2.0 s; no picture for 3.0 s"]
    session = read_session(folder)
    assert [Gap(*(round(value, 3) for value in gap[:3])) for gap in session.gaps] == [
        Gap(0.3, 2.3, 2.0),
        Gap(2.4, 7.4),
        Gap(7.5, 12.5, 2.0),
    ]
    assert [marker.text for marker in session.markers] == ["back"]
    assert (gap_seconds(session), pause_seconds(session)) == pytest.approx((12.0, 4.0))


def test_frames_in_which_nobody_was_looked_for_are_told_apart_from_an_empty_room(make_session: MakeSession) -> None:
    unsearched = [replace(build_result(n / 10, faces=0), searched=False) for n in range(10)]
    empty = [build_result(1 + n / 10, faces=0) for n in range(10)]
    seen = [build_result(2 + n / 10) for n in range(10)]
    skipped = [replace(build_result(3, faces=0), searched=False), build_result(3.1, faces=0)]
    folder = make_session([*unsearched, *empty, *seen, *skipped], markers={4: "here"})
    with (folder / "expressions.csv").open(encoding="utf-8", newline="") as file:
        told = [row for row in csv.DictReader(file) if row["expression"] == "not analysed"]
    rows = [(row["frame"], row["face_id"], row["marker"]) for row in told]
    assert rows == [(str(n), "", "here" if n == 4 else "") for n in range(10)] + [("30", "", "")]
    session = read_session(folder)
    assert session.unsearched == (pytest.approx((0.0, 0.9)), pytest.approx((3.0, 3.1)))
    person = figures_of(session.table.people[0], session)
    assert (person.in_view_s, person.unsearched_s) == pytest.approx((1.0, 1.0))
    assert person.absent_s == pytest.approx(session.duration_s - 2.0)


def test_a_face_that_no_model_read_is_not_analysed_in_older_recordings_too(make_session: MakeSession) -> None:
    folder = make_session([build_result(n / 10, class_names=(), model_id="") for n in range(5)])
    table = folder / "expressions.csv"
    assert table.read_text().count("not analysed") == 5
    newer = read_session(folder).table.people[0].label.tolist()
    table.write_text(table.read_text().replace("not analysed", ""))
    assert newer == read_session(folder).table.people[0].label.tolist() == [LABELS.index("")] * 5


def test_a_killed_session_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    sink = RecordingSink(tmp_path)
    for n in range(40):
        sink.write(build_result(n / 10), "here" if n == 5 else "")
    table = sink.folder / "expressions.csv"
    whole = table.read_bytes()
    table.write_bytes(whole[:-40])
    try:
        session = read_session(sink.folder)
    finally:
        sink.close()
    assert any("was not finished" in remark for remark in session.remarks)
    assert any("1 line of the CSV" in remark for remark in session.remarks)
    assert len(session.table.people[0].frame) == 39
    assert [marker.text for marker in session.markers] == ["here"]
    assert 3.8 < session.duration_s <= 4.1


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[1, 2]", b"null", b"\xff\xfe\x00", b'{"complete": "yes", "gaps": 7, "markers": [1, {"frame": "x"}],'
     b'"duration_s": 1e999, "frames": true, "models": {"id": 3}, "dropped": [], "size": "big"}'],
)  # fmt: skip
def test_facts_of_any_kind_cost_no_more_than_themselves(make_session: MakeSession, content: bytes) -> None:
    folder = make_session()
    (folder / "session.json").write_bytes(content)
    session = read_session(folder)
    assert len(session.table.people) == 2
    assert session.duration_s == pytest.approx(3.0, abs=0.15)
    assert session.remarks


def test_without_facts_it_says_so(make_session: MakeSession) -> None:
    folder = make_session()
    (folder / "session.json").unlink()
    assert "no session.json" in read_session(folder).remarks[0]


def test_a_second_models_agreement_counts_where_both_name_something(make_session: MakeSession) -> None:
    results = [build_result(n / 10, comparison=other_comparison(winner="angry" if n < 6 else "sad")) for n in range(8)]
    results += [build_result(0.8 + n / 10, min_confidence=0.99, comparison=other_comparison()) for n in range(4)]
    assert read_session(make_session(results)).agreement == ("m8", 8, 6)
    assert read_session(make_session()).agreement is None


@pytest.mark.parametrize("table", [None, b"", b"name,age\nAnna,7\n", b"\x00\x01\x02\xff" * 50])
def test_a_folder_that_is_no_session_is_one_sentence(tmp_path: Path, table: bytes | None) -> None:
    if table is not None:
        (tmp_path / "expressions.csv").write_bytes(table)
    with pytest.raises(ReportError) as caught:
        read_session(tmp_path)
    assert str(caught.value).endswith(".")
    with pytest.raises(ReportError, match="no folder"):
        read_session(tmp_path / "missing")


def test_rows_that_make_no_sense_are_left_out_and_counted(make_session: MakeSession) -> None:
    folder = make_session()
    path = folder / "expressions.csv"
    lines = path.read_text().splitlines()
    cells = lines[5].split(",")
    for column, value in ((0, "-1"), (0, "x"), (1, "nan"), (1, "inf"), (2, "1.5"), (8, "joyful"), (4, "9" * 400)):
        lines.append(",".join([*cells[:column], value, *cells[column + 1 :]]))
    path.write_text("\n".join(lines) + "\n")
    session = read_session(folder)
    assert session.table.left_out == 7
    assert len(session.table.people[0].frame) == 30


def test_the_facts_of_a_real_recording_hold_what_the_report_asks_for(make_session: MakeSession) -> None:
    facts = json.loads((make_session() / "session.json").read_text())
    assert {"complete", "gaps", "markers", "duration_s", "frames", "dropped", "models", "detectors"} <= set(facts)


def test_pictures_that_came_while_the_computer_was_busy_are_no_silence_of_the_source(make_session: MakeSession) -> None:
    stamps = [0.0, 0.1, 0.2, 0.3, 2.3, 2.4, 4.4, 4.5, 6.5]
    indices, losses = [0, 1, 2, 3, 23, 24, 25, 26, 46], [0, 0, 0, 0, 0, 0, 0, 0, 1]
    results = [
        replace(result, frame=replace(result.frame, index=index, losses=lost))
        for result, index, lost in zip(map(build_result, stamps), indices, losses, strict=True)
    ]
    folder = make_session(results)
    with (folder / "expressions.csv").open(encoding="utf-8", newline="") as file:
        notes = [row["marker"] for row in csv.DictReader(file) if row["marker"]]
    assert notes == ["not analysed for 2.0 s", "no picture for 2.0 s", "no picture for 2.0 s"]
    session = read_session(folder)
    assert [gap.busy for gap in session.gaps] == [True, False, False]
    assert session.markers == ()
    assert busy_seconds(session) == pytest.approx(2.0)
    page = make_report(folder, {})
    assert "For 2.0 s in all, frames arrived but" in page
    assert "The source gave no frame for 4.0 s in all" in page
    assert "not analysed: the computer was busy" in page
