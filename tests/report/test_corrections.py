"""A person's corrections, which lie beside the recording, are what its report shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from realtime_fer.core.corrections.annotations import FILE_NAME, Annotations, ReviewMarker
from realtime_fer.core.people import People
from realtime_fer.report.figures import excluded_seconds, figures_of
from realtime_fer.report.page import make_report
from realtime_fer.report.session import Session, read_session
from realtime_fer.review.live_people import with_people
from tests.report.conftest import MakeSession
from tests.report.test_page import Page
from tests.sinks.conftest import build_result


def corrected(folder: Path, corrections: Annotations) -> Session:
    (folder / FILE_NAME).write_bytes(corrections.as_json())
    return read_session(folder)


def test_names_given_while_it_ran_stand_in_the_page_and_hidden_people_do_not(make_session: MakeSession) -> None:
    folder = make_session()
    people = People().renamed(1, "Anna <b>").with_hidden(2)
    (folder / FILE_NAME).write_bytes(with_people(Annotations(), People(), people).as_json())
    page = Page(make_report(folder, {}))
    assert page.text.count("Anna <b>") >= 2, "in the table of all and over the timeline"
    assert "Person 1" not in page.text
    assert "Person 2" not in page.text
    assert "Corrected by a person: names, 1 person left out. The recorded CSV is unchanged." in page.text


def test_numbers_that_are_one_person_are_one_and_the_surer_find_of_a_frame_counts(make_session: MakeSession) -> None:
    folder = make_session()
    before = read_session(folder)
    assert [len(person.frame) for person in before.table.people] == [30, 30]
    session = corrected(folder, Annotations().merged_into(2, 1))
    (person,) = session.table.people
    assert person.frame.tolist() == list(range(30))
    surest = max(before.table.people, key=lambda person: confidence(folder, person.face_id))
    assert person.xywh.tolist() == surest.xywh.tolist()


def confidence(folder: Path, face_id: int) -> float:
    lines = (folder / "expressions.csv").read_text().splitlines()
    columns = lines[0].split(",")
    cells = next(line.split(",") for line in lines[1:] if line.split(",")[columns.index("face_id")] == str(face_id))
    return float(cells[columns.index("confidence")])


def test_what_is_left_out_counts_for_nobody_and_is_no_absence(make_session: MakeSession) -> None:
    folder = make_session()
    before = read_session(folder)
    session = corrected(folder, Annotations().with_excluded(1.0, 2.0))
    was, now = figures_of(before.table.people[0], before), figures_of(session.table.people[0], session)
    assert excluded_seconds(session) == pytest.approx(1.0)
    assert now.in_view_s == pytest.approx(was.in_view_s - 1.0)
    assert now.absent_s == pytest.approx(was.absent_s, abs=1e-6)
    page = Page(make_report(folder, {}))
    assert "Left out by a person" in page.text
    assert "excluded" in [box.get("class") for box in page.of("rect")]


def test_markers_are_as_corrected_with_the_frame_they_lie_on(make_session: MakeSession) -> None:
    folder = make_session(markers={3: "door", 15: "window"})
    session = corrected(folder, Annotations().with_excluded(1.0, 2.0))
    assert [marker.text for marker in session.markers] == ["door"]
    noted = Annotations().with_markers((ReviewMarker(0.52, "chair"),))
    assert [(marker.frame, marker.text) for marker in corrected(folder, noted).markers] == [(5, "chair")]


def test_gaps_and_unsearched_times_end_where_something_is_left_out(make_session: MakeSession) -> None:
    results = [build_result(at, faces=1) for at in (0.0, 0.1, 5.1, 5.2)]
    folder = make_session([replace(result, searched=True) for result in results])
    (gap,) = read_session(folder).gaps
    session = corrected(folder, Annotations().with_excluded(gap.start_s + 1, gap.end_s - 1))
    assert [round(part.end_s - part.start_s, 3) for part in session.gaps] == [1.0, 1.0]


def test_a_damaged_file_is_told_and_nothing_is_corrected(make_session: MakeSession) -> None:
    folder = make_session()
    (folder / FILE_NAME).write_text("{")
    session = read_session(folder)
    assert [person.face_id for person in session.table.people] == [1, 2]
    assert "annotations.json cannot be read, so no corrections are applied." in session.remarks


def test_a_recording_with_nobody_left_has_still_its_length(make_session: MakeSession) -> None:
    folder = make_session()
    before = read_session(folder)
    session = corrected(folder, Annotations().with_hidden(1).with_hidden(2))
    assert (session.duration_s, session.frames) == (before.duration_s, before.frames)
    assert "Everybody is left out." in Page(make_report(folder, {})).text
