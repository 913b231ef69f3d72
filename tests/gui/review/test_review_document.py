from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime_fer.core.corrections.annotations import Annotations, ReviewMarker, Span, Split
from realtime_fer.core.corrections.recording import Recording, numbers_after_splits, people_of
from realtime_fer.core.errors import ReviewError
from realtime_fer.gui.review.review_document import ReviewDocument
from realtime_fer.gui.review.timeline.label_columns import AWAY, LabelColumns, ShareCurves
from tests.gui.review.conftest import rows_of

EDITS: dict[str, Callable[[ReviewDocument], object]] = {
    "Name person 1": lambda document: document.rename(1, "Anna"),
    "Merge person 2 with 1": lambda document: document.merge(2, 1),
    "Split person 1": lambda document: document.split(1, 2.0),
    "Hide person 2": lambda document: document.set_hidden(2, True),
    "Add marker": lambda document: document.add_marker(2.5, "window"),
    "Edit marker": lambda document: document.edit_marker(0, "the door"),
    "Move marker": lambda document: document.move_marker(0, 2.0),
    "Delete marker": lambda document: document.remove_marker(0),
    "Exclude span": lambda document: document.exclude(1.0, 2.0),
}


@pytest.mark.parametrize("title", EDITS)
def test_each_edit_has_its_title_is_undone_and_redone(title: str, document: ReviewDocument) -> None:
    told: list[int] = []
    document.listen(lambda: told.append(document.version))
    before = (document.now, document.tracks, document.markers)
    EDITS[title](document)
    edited = document.now
    assert (document.undo_title, document.changed) == (title, True)
    document.undo()
    assert (document.now, len(document.tracks), document.markers) == (before[0], len(before[1]), before[2])
    assert (document.undo_title, document.redo_title) == ("", title)
    document.redo()
    assert document.now == edited
    assert told == [1, 2, 3]


def test_without_permission_to_write_no_edit_happens(recording: Recording) -> None:
    document = ReviewDocument(recording, Annotations(), is_writable=False)
    for edit in EDITS.values():
        edit(document)
    assert (document.now, document.undo_title) == (Annotations(), "")


def test_a_split_gives_the_rest_a_new_number_and_a_merge_takes_it_back(document: ReviewDocument) -> None:
    new = document.split(1, 2.0)
    assert new == 3
    assert [(track.person, len(track.rows)) for track in document.tracks] == [(1, 20), (2, 20), (3, 20)]
    document.merge(new, 1)
    assert [(track.person, track.numbers, len(track.rows)) for track in document.tracks] == [
        (1, (1, 3), 40),
        (2, (2,), 20),
    ]
    document.unmerge(new)
    assert [track.person for track in document.tracks] == [1, 2, 3]


def test_a_split_of_merged_people_parts_all_of_them(document: ReviewDocument) -> None:
    """Both were one person until the split, and both are the other one after it."""
    document.merge(2, 1)
    new = document.split(1, 2.0)
    assert [(track.person, len(track.rows)) for track in document.tracks] == [(1, 20), (new, 20)]


@pytest.mark.parametrize("time_s", [0.0, 0.04, 3.96])
def test_a_split_needs_somebody_on_both_sides(time_s: float, document: ReviewDocument) -> None:
    with pytest.raises(ReviewError, match="not in view both"):
        document.split(1, time_s)


def test_of_two_merged_faces_in_one_frame_the_surer_stays(recording: Recording) -> None:
    confidence = np.where(recording.rows.face_id == 2, 0.99, 0.5).astype(np.float32)
    document = ReviewDocument(
        replace(recording, rows=replace(recording.rows, confidence=confidence)), Annotations().merged_into(2, 1)
    )
    (track,) = document.tracks
    assert len(track.rows) == 40
    assert set(recording.rows.face_id[track.rows[10:30]].tolist()) == {2}


def test_the_rows_on_screen_are_those_of_the_nearest_frame_and_none_in_a_gap(document: ReviewDocument) -> None:
    rows = document.recording.rows
    for time_s, faces in ((0.0, [1]), (1.04, [1, 2]), (0.96, [1, 2]), (3.9, [1]), (4.2, [])):
        assert rows.face_id[document.rows_at(time_s)].tolist() == faces, time_s


def test_spans_are_excluded_to_the_end_and_taken_in_again(document: ReviewDocument) -> None:
    document.exclude(3.95, 3.0)
    assert document.now.excluded == (Span(3.0, 4.1),)
    assert document.is_excluded(3.99)
    document.include(3.0, 3.5)
    assert document.now.excluded == (Span(3.5, 4.1),)


def test_markers_keep_their_order_and_stay_in_the_recording(document: ReviewDocument) -> None:
    document.add_marker(0.5, "begin")
    document.add_marker(99.0, "end")
    assert document.markers == (ReviewMarker(0.5, "begin"), ReviewMarker(1.0, "door"), ReviewMarker(4.0, "end"))
    document.move_marker(0, -3.0)
    assert document.markers[0] == ReviewMarker(0.0, "begin")


_SPLITS = st.lists(
    st.tuples(st.integers(1, 4), st.integers(0, 30), st.integers(5, 8)), max_size=6, unique_by=lambda split: split[:2]
)


# A busy machine takes its time.
@settings(deadline=None)
@given(_SPLITS, st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), max_size=4))
def test_all_rows_at_once_are_whose_each_is(splits: list[tuple[int, int, int]], merges: list[tuple[int, int]]) -> None:
    rows = rows_of([(frame, face, 0) for frame in range(0, 31, 3) for face in (1, 2, 3)])
    annotations = Annotations(splits=tuple(sorted(Split(*split) for split in splits)))
    for person, into in merges:
        if annotations.root_of(into) != annotations.root_of(person) and person not in annotations.merged:
            annotations = annotations.merged_into(person, into)
    people = people_of(numbers_after_splits(rows, annotations.splits), annotations.merged)
    one_by_one = [
        annotations.person_of(face, frame)
        for face, frame in zip(rows.face_id.tolist(), rows.frame.tolist(), strict=True)
    ]
    assert people.tolist() == one_by_one


def test_columns_of_any_width_show_what_was_longest_in_each(document: ReviewDocument) -> None:
    columns = LabelColumns(document.tracks[0], document.recording.rows, 0.1)
    happy, sad = document.recording.rows.label[0], document.recording.rows.label[-1]
    assert columns.between(0.0, 4.0, 4).tolist() == [happy, happy, sad, sad]
    assert columns.between(0.0, 4.0, 400)[[0, 199, 200, 399]].tolist() == [happy, happy, sad, sad]
    assert columns.between(3.0, 6.0, 3).tolist() == [sad, AWAY, AWAY]
    assert columns.in_view_s == pytest.approx(4.0)
    second = LabelColumns(document.tracks[1], document.recording.rows, 0.1)
    assert second.between(0.0, 4.0, 8).tolist() == [AWAY, AWAY, sad, sad, sad, sad, AWAY, AWAY]


def test_curves_have_a_point_a_pixel_and_break_where_nobody_is(recording: Recording) -> None:
    rows = rows_of([(frame, 1, 1) for frame in range(1000) if not 400 <= frame < 500])
    document = ReviewDocument(replace(recording, rows=rows, duration_s=100.0), Annotations())
    curves = ShareCurves(document.tracks[0], rows, 0.1)
    time_s, shares = curves.between(0.0, 100.0, 50)
    assert (len(time_s), shares.shape) == (50, (50, 8))
    assert np.isnan(shares[20:25]).all()
    assert np.nanmax(np.abs(shares[:20, 1] - 0.65)) < 1e-6
    time_s, shares = curves.between(38.0, 52.0, 500)
    assert np.isnan(shares).all(axis=1).sum() == 1
    assert (time_s[0], time_s[-1]) == (37.9, pytest.approx(52.0))
