"""Colours of people: steady, and of no two in view the same while there are enough."""

from __future__ import annotations

import numpy as np

from realtime_fer.core.faces import Faces
from realtime_fer.core.people import PERSON_COLOURS_RGB
from realtime_fer.vision.faces.person_colours import PersonColours
from tests.fakes import make_faces

TEN = len(PERSON_COLOURS_RGB)


def of(*identities: int) -> Faces:
    return make_faces(*[(0, 0, 9, 9)] * len(identities)).with_tracker_id(np.array(identities, np.int64))


def colours(given: PersonColours, *identities: int, now_s: float = 0.0) -> list[int]:
    return given.assign(of(*identities), now_s).person_colour.tolist()


def test_the_first_ten_have_the_ten_in_their_order() -> None:
    assert colours(PersonColours(), *range(1, TEN + 1)) == list(range(TEN))


def test_the_eleventh_does_not_look_like_the_first_who_is_still_there() -> None:
    given = PersonColours()
    colours(given, *range(1, TEN + 1), now_s=0.0)
    # All but the first and the third have gone, the fifth last of all.
    colours(given, 1, 3, 5, now_s=1.0)
    now = colours(given, 1, 3, 11, now_s=1.1)
    assert now[:2] == [0, 2]
    assert now[2] not in (0, 2, 4), "neither of those in view, nor of who has just left"


def test_a_colour_is_kept_for_as_long_as_the_number_is() -> None:
    given = PersonColours()
    colours(given, 7, now_s=0.0)
    colours(given, 8, now_s=0.5)
    assert colours(given, 8, 7, now_s=1.0) == [1, 0]


def test_many_people_one_after_another_never_share_a_colour_while_in_view() -> None:
    given, random = PersonColours(), np.random.default_rng(3)
    in_view, number = [1], 1
    before: dict[int, int] = {}
    for step in range(2000):
        if len(in_view) < TEN and random.random() < 0.3:
            number += 1
            in_view.append(number)
        elif len(in_view) > 1 and random.random() < 0.2:
            in_view.pop(int(random.integers(len(in_view))))
        now = dict(zip(in_view, colours(given, *in_view, now_s=step / 30), strict=True))
        assert len(set(now.values())) == len(now)
        assert all(before[identity] == colour for identity, colour in now.items() if identity in before)
        before = now
    assert number > 10 * TEN


def test_more_than_there_are_colours_share_them_evenly_and_memory_is_bounded() -> None:
    given = PersonColours()
    crowd = colours(given, *range(1, 4 * TEN + 1))
    assert np.bincount(crowd).tolist() == [4] * TEN
    for step in range(200):
        colours(given, 1000 + step, now_s=1.0 + step)
    assert len(given._colour) < TEN


def test_other_people_do_not_look_like_those_of_the_source_before() -> None:
    given = PersonColours()
    colours(given, 1, 2, now_s=1.0)
    given.reset()
    assert colours(given, 3, 4, now_s=1.1) == [2, 3]
    assert len(given._colour) == 2
