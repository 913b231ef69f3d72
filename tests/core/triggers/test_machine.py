from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from realtime_fer.core.face_features.own_values import OwnValues
from realtime_fer.core.people import People
from realtime_fer.core.triggers.machine import Seen, TriggerMachine, seen_in
from realtime_fer.core.triggers.trigger import Action, ActionKind, Trigger
from tests.fakes import CLASSES, make_faces, make_result

MARKER = (Action(ActionKind.MARKER),)
HAPPY = Trigger("happy", MARKER, hold_s=1.0, percent=70, rest_s=0.0)


def happy(person: int = 1, probability: float = 0.9, name: str = "") -> Seen:
    return Seen(person, name, "happy", probability)


OTHER = Seen(1, "", "neutral", 0.9)
UNCERTAIN = Seen(1, "", "uncertain", 0.9)


class Film:
    """Ten frames a second for a machine."""

    def __init__(self, *triggers: Trigger) -> None:
        self.machine = TriggerMachine(triggers)
        self.frames = 0
        self.fired: list[tuple[float, int]] = []

    def show(self, seconds: float, *seen: Seen, scene: object = 0) -> None:
        for _ in range(round(seconds * 10)):
            now_s = self.frames / 10
            self.fired += [(now_s, one.seen.person) for one in self.machine.see(now_s, scene, seen)]
            self.frames += 1


def test_it_fires_once_when_it_was_held_long_enough() -> None:
    film = Film(HAPPY)
    film.show(1.0, happy())
    assert film.fired == []
    film.show(20.0, happy())
    assert film.fired == [(1.0, 1)]
    film.show(0.1, OTHER)
    film.show(1.5, happy())
    assert film.fired == [(1.0, 1), (22.1, 1)]


@pytest.mark.parametrize(
    ("seconds", "between"),
    [
        (0.1, (OTHER,)),
        (0.1, (UNCERTAIN,)),
        (0.1, (happy(probability=0.6),)),
        (0.1, (Seen(1, "", "", 0.9),)),
        (0.6, ()),
        (0.6, (happy(2),)),
    ],
)
def test_what_ends_a_holding(seconds: float, between: Sequence[Seen]) -> None:
    film = Film(HAPPY)
    film.show(0.9, happy())
    film.show(seconds, *between)
    film.show(0.9, happy())
    assert film.fired == []


def test_a_face_that_is_missed_for_a_moment_goes_on() -> None:
    film = Film(HAPPY)
    film.show(0.9, happy())
    film.show(0.4)
    film.show(0.1, happy())
    assert film.fired == [(1.3, 1)]


def test_a_jump_begins_anew() -> None:
    film = Film(HAPPY)
    film.show(0.9, happy(), scene=1)
    film.show(0.9, happy(), scene=2)
    assert film.fired == []


def test_a_time_that_goes_back_begins_anew() -> None:
    film = Film(HAPPY)
    film.show(0.9, happy())
    film.frames = 1
    film.show(0.9, happy())
    assert film.fired == []


def test_a_pause_is_no_time() -> None:
    """Time without pauses stands still meanwhile."""
    film = Film(HAPPY)
    film.show(0.5, happy())
    for _ in range(50):
        assert film.machine.see(0.5, 0, [happy()]) == []


def test_it_rests_whoever_is_seen_and_fires_then_if_it_is_still_held() -> None:
    film = Film(Trigger("happy", MARKER, rest_s=10.0))
    film.show(1.5, happy(1))
    film.show(12.0, happy(1), happy(2))
    assert film.fired == [(1.0, 1), (11.0, 2)]
    film.show(0.1, OTHER, happy(2))
    film.show(3.0, happy(1), happy(2))
    assert len(film.fired) == 2, "not again within ten seconds"


def test_somebody_else_s_expression_is_not_the_named_one_s() -> None:
    film = Film(Trigger("happy", MARKER, "anna"))
    film.show(2.0, happy(1), happy(2, name="Bob"))
    assert film.fired == []
    film.show(2.0, happy(1, name="Anna"))
    assert film.fired == [(3.0, 1)], "held from the moment on that she has that name"


def test_the_value_counts_as_it_is_shown() -> None:
    film = Film(HAPPY)
    film.show(2.0, happy(probability=0.695))
    assert len(film.fired) == 1


def test_an_own_expression_is_held_by_its_value_whatever_the_label() -> None:
    film = Film(Trigger("own_deep_thought", MARKER, hold_s=1.0, percent=60, rest_s=0.0))
    film.show(2.0, Seen(1, "", "neutral", 0.9, {"own_smirk": 0.9}))
    film.show(1.0, Seen(1, "", "neutral", 0.9, {"own_deep_thought": 0.59}))
    film.show(0.5, Seen(1, "", "neutral", 0.9, {"own_deep_thought": 0.8}))
    film.show(0.5, Seen(1, "", "uncertain", 0.0, {"own_deep_thought": 0.8}))
    assert film.fired == []
    (fired,) = film.machine.see(4.0, 0, [Seen(1, "", "", 0.0, {"own_deep_thought": 0.7})])
    assert (fired.seen.expression, fired.seen.probability) == ("own_deep_thought", 0.7)


def test_a_person_of_two_faces_is_one() -> None:
    film = Film(HAPPY)
    film.show(2.0, OTHER, happy(1))
    assert len(film.fired) == 1


def test_a_trigger_that_stays_goes_on_when_another_is_added() -> None:
    film = Film(HAPPY)
    film.show(2.0, happy())
    film.machine.set_triggers([HAPPY, Trigger("sad", MARKER), Trigger("happy", MARKER, hold_s=2.0, is_on=False)])
    film.show(5.0, happy())
    assert len(film.fired) == 1


def test_a_frame_tells_the_own_expressions_that_are_known() -> None:
    values = np.array([[0.8, 0.1], [np.nan, np.nan]], np.float32)
    faces = make_faces((0, 0, 9, 9), (9, 9, 19, 19)).with_tracker_id(np.array([1, 2], np.int64))
    own = OwnValues(("Deep thought", "Smirk"), ("deep_thought", "smirk"), "", values)
    (one,) = seen_in(replace(make_result(faces), own=own))
    assert (one.person, one.expression) == (1, ""), "without a network the points tell it"
    assert one.own == {"own_deep_thought": pytest.approx(0.8), "own_smirk": pytest.approx(0.1)}


def test_what_a_frame_shows() -> None:
    found = make_faces(*((10 + 20 * face, 8, 25 + 20 * face, 38) for face in range(3)))
    found = found.with_tracker_id(np.array([1, 2, 3], np.int64))
    chances = np.full((3, len(CLASSES)), 0.05, np.float32)
    chances[:, CLASSES.index("happy")] = 0.7
    people = People().renamed(1, "Anna").with_hidden(2)
    result = replace(make_result(found.with_probabilities(chances, chances)), people=people)
    assert [(one.person, one.name, one.expression) for one in seen_in(result)] == [
        (1, "Anna", "happy"),
        (3, "", "happy"),
    ]
    assert seen_in(result)[0].probability == pytest.approx(0.7)
    assert seen_in(make_result(found)) == [], "no model runs"
