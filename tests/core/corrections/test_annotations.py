from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realtime_fer.core.corrections.annotations import FILE_NAME, Annotations, ReviewMarker, Span, read_annotations
from realtime_fer.core.corrections.history import MOST_STEPS, EditHistory
from realtime_fer.core.errors import ReviewError

Edit = Callable[[Annotations], Annotations]

EDITS: dict[str, Edit] = {
    "rename": lambda now: now.renamed(1, "Anna"),
    "merge": lambda now: now.merged_into(4, 1),
    "split": lambda now: now.split_at(1, 20, 9),
    "hide": lambda now: now.with_hidden(2),
    "markers": lambda now: now.with_markers((ReviewMarker(2.0, "late"), ReviewMarker(1.0, "early"))),
    "exclude": lambda now: now.with_excluded(1.0, 2.0),
}


@pytest.mark.parametrize("name", EDITS)
def test_each_edit_is_undone_redone_and_kept(name: str, tmp_path: Path) -> None:
    history = EditHistory(Annotations())
    history.apply(EDITS[name](history.now), name)
    edited = history.now
    assert edited != Annotations()
    assert history.changed
    assert history.undo() == name
    assert history.now == Annotations()
    assert history.redo() == name
    assert history.now == edited
    (tmp_path / FILE_NAME).write_bytes(edited.as_json())
    assert read_annotations(tmp_path) == edited


@given(st.lists(st.sampled_from(sorted(EDITS)), unique=True))
def test_edits_in_any_order_are_undone_one_by_one(names: list[str]) -> None:
    history = EditHistory(Annotations())
    states = [history.now]
    for name in names:
        history.apply(EDITS[name](history.now), name)
        states.append(history.now)
    for name, before in zip(reversed(names), reversed(states[:-1]), strict=True):
        assert history.undo() == name
        assert history.now == before
    assert history.undo() == ""


def test_a_new_edit_ends_what_could_be_redone_and_the_oldest_steps_go() -> None:
    history = EditHistory(Annotations())
    for number in range(MOST_STEPS + 10):
        history.apply(history.now.renamed(1, f"name {number}"), "rename")
    history.undo()
    history.apply(history.now.renamed(1, "other"), "rename")
    assert history.redo_title == ""
    undone = 0
    while history.undo():
        undone += 1
    assert undone == MOST_STEPS


def test_an_edit_that_changes_nothing_is_no_step() -> None:
    history = EditHistory(Annotations())
    history.apply(history.now.renamed(1, "  "), "rename")
    assert (history.undo_title, history.changed) == ("", False)


def test_splits_come_before_merges() -> None:
    """Number 1 was Anna, then Ben, who had been number 3 before."""
    edited = Annotations().split_at(1, 50, 7).merged_into(7, 3)
    assert [edited.person_of(1, 49), edited.person_of(1, 50), edited.person_of(3, 50)] == [1, 3, 3]


@pytest.mark.parametrize("order", [((1, 50, 9), (1, 20, 10)), ((1, 20, 10), (10, 50, 9))])
def test_a_second_split_before_or_after_the_first_leaves_the_rest_as_it_was(
    order: tuple[tuple[int, int, int], ...],
) -> None:
    edited = Annotations()
    for face_id, frame, new_id in order:
        edited = edited.split_at(face_id, frame, new_id)
    assert [edited.person_of(1, frame) for frame in (19, 20, 49, 50)] == [1, 10, 10, 9]


def test_splits_that_lead_back_to_a_number_end() -> None:
    edited = Annotations().split_at(1, 0, 2).split_at(2, 0, 1)
    assert edited.person_of(1, 5) in (1, 2)


def test_a_merge_takes_the_name_along_and_circles_are_refused() -> None:
    edited = Annotations().renamed(4, "Ben").merged_into(4, 1)
    assert edited.name_of(1) == "Ben"
    for person, into in ((1, 4), (4, 4), (4, 1)):
        with pytest.raises(ReviewError, match="are already the same"):
            edited.merged_into(person, into)
    assert edited.unmerged(4).person_of(4, 0) == 4


def test_spans_that_touch_become_one_and_can_be_taken_back_in_part() -> None:
    edited = Annotations().with_excluded(1, 2).with_excluded(5, 6).with_excluded(2, 3)
    assert edited.excluded == (Span(1, 3), Span(5, 6))
    assert edited.with_included(1.5, 5.5).excluded == (Span(1, 1.5), Span(5.5, 6))
    assert [edited.leaves_out(1, at_s) for at_s in (0.9, 1.0, 2.9, 3.0)] == [False, True, True, False]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"version": 2}',
        '{"version": 1, "merged": {"1": 2, "2": 1}}',
        '{"version": 1, "merged": {"1": 1}}',
        '{"version": 1, "names": {"one": "x"}}',
        '{"version": 1, "hidden": [-1]}',
        '{"version": 1, "splits": [{"face_id": 1}]}',
        '{"version": 1, "markers": [{"time_s": 1e400, "text": ""}]}',
        '{"version": 1, "markers": [{"time_s": NaN, "text": ""}]}',
        '{"version": 1, "excluded": [{"start_s": 2, "end_s": 1}]}',
        "[" * 100_000,
    ],
)
def test_a_file_that_makes_no_sense_is_refused_and_left_as_it_is(content: str, tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    path.write_text(content)
    with pytest.raises(ReviewError) as refused:
        read_annotations(tmp_path)
    assert str(path) in refused.value.sentence()
    assert path.read_text() == content


def test_the_form_of_the_file_stays() -> None:
    """Recordings that were corrected with an earlier version are read by later ones."""
    edited = Annotations()
    for edit in EDITS.values():
        edited = edit(edited)
    assert json.loads(edited.as_json()) == {
        "version": 1,
        "names": {"1": "Anna"},
        "merged": {"4": 1},
        "splits": [{"face_id": 1, "frame": 20, "new_id": 9}],
        "hidden": [2],
        "markers": [{"time_s": 1.0, "text": "early"}, {"time_s": 2.0, "text": "late"}],
        "excluded": [{"start_s": 1.0, "end_s": 2.0}],
    }
