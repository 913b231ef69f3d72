"""What was said while a recording ran, beside what a review says."""

from __future__ import annotations

from pathlib import Path

import pytest

from realtime_fer import assembly
from realtime_fer.core.corrections.annotations import FILE_NAME, Annotations, read_annotations
from realtime_fer.core.errors import ReviewError
from realtime_fer.core.people import People
from realtime_fer.review.live_people import with_people


def test_names_merged_numbers_and_hidden_people_are_a_recordings_corrections() -> None:
    people = People().renamed(4, "Anna").merged_into(4, 1).renamed(2, "Ben").with_hidden(2)
    taken = with_people(Annotations(), People(), people)
    assert taken == Annotations().renamed(4, "Anna").merged_into(4, 1).renamed(2, "Ben").with_hidden(2)
    for identity in (1, 2, 4, 7):
        assert taken.person_of(identity, 0) == people.person_of(identity)
        assert taken.leaves_out(taken.person_of(identity, 0), 0.0) == people.is_hidden(identity)
        assert taken.names.get(taken.person_of(identity, 0), "") == people.name_of(identity)


def test_what_was_taken_back_goes() -> None:
    before = People().renamed(1, "Anna").merged_into(4, 1).with_hidden(2)
    taken = with_people(Annotations(), People(), before)
    assert with_people(taken, before, People()) == Annotations()


def test_what_a_review_changed_meanwhile_stays() -> None:
    before = People().renamed(1, "Anna").with_hidden(2)
    reviewed = with_people(Annotations(), People(), before).renamed(1, "Anne").renamed(3, "Cem").with_excluded(1, 2)
    reviewed = reviewed.with_hidden(2, False)
    taken = with_people(reviewed, before, before.renamed(5, "Dora"))
    assert dict(taken.names) == {1: "Anne", 3: "Cem", 5: "Dora"}
    assert (taken.excluded, taken.hidden) == (reviewed.excluded, frozenset())


def test_a_circle_with_a_reviews_merge_is_not_made() -> None:
    taken = with_people(Annotations().merged_into(1, 4), People(), People().merged_into(4, 1))
    assert taken.person_of(1, 0) == taken.person_of(4, 0)


def test_the_file_is_kept_beside_the_recording_and_a_damaged_one_is_left_alone(tmp_path: Path) -> None:
    anna = People().renamed(1, "Anna")
    assembly.save_people(tmp_path, People(), anna)
    assembly.save_people(tmp_path, anna, anna.with_hidden(1))
    assert read_annotations(tmp_path) == Annotations().renamed(1, "Anna").with_hidden(1)
    (tmp_path / FILE_NAME).write_text("{")
    with pytest.raises(ReviewError):
        assembly.save_people(tmp_path, People(), anna)
    assert (tmp_path / FILE_NAME).read_text() == "{"
