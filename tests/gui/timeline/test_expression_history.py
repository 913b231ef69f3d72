from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.people import PERSON_COLOURS_RGB, People
from realtime_fer.gui.timeline.expression_history import (
    AWAY,
    HOLD_STEPS,
    MOST_MARKERS,
    MOST_PEOPLE,
    NOT_ANALYSED,
    NOT_NAMED,
    SPAN_S,
    STEP_S,
    STEPS,
    ExpressionHistory,
)
from tests.gui.moments import SEVEN, moment

HAPPY, SAD = EXPRESSION_KEYS.index("happy"), EXPRESSION_KEYS.index("sad")


def named(history: ExpressionHistory, identity: int, steps: int) -> list[int]:
    return history.of(identity, steps).named.tolist()


def test_before_the_first_result_there_is_nobody() -> None:
    history = ExpressionHistory()
    assert history.people() == []
    assert set(named(history, 1, 10)) == {AWAY}
    assert history.samples_a_second == 0.0
    assert history.markers_in_span() == []


def test_shares_stand_in_the_tables_order_whatever_the_models() -> None:
    history = ExpressionHistory()
    history.add(moment(10.05, {4: {"happy": 0.7, "neutral": 0.3}}))
    history.add(moment(10.15, {4: {"sad": 0.6, "contempt": 0.4}}, class_names=(*SEVEN[::-1], "contempt")))
    person = history.of(4, 2)
    assert person.named.tolist() == [HAPPY, SAD]
    assert person.shares[0, [HAPPY, 0]] == pytest.approx([0.7, 0.3])
    assert person.shares[1, [SAD, EXPRESSION_KEYS.index("contempt")]] == pytest.approx([0.6, 0.4])
    assert person.shares.sum(axis=1) == pytest.approx([1.0, 1.0])


def test_who_misses_a_frame_was_there_and_who_misses_more_was_away() -> None:
    history = ExpressionHistory()
    history.add(moment(10.05, {1: {"happy": 1.0}, 2: {"sad": 1.0}}))
    history.add(moment(10.35, {1: {"happy": 1.0}}))
    away_steps = HOLD_STEPS + 3
    history.add(moment(10.35 + away_steps * STEP_S, {1: {"happy": 1.0}, 2: {"sad": 1.0}}))
    assert named(history, 1, 4 + away_steps) == [HAPPY] * 4 + [AWAY] * (away_steps - 1) + [HAPPY]
    assert named(history, 2, 4 + away_steps) == [SAD] + [AWAY] * (2 + away_steps) + [SAD]


def test_doubt_is_kept_with_its_reason() -> None:
    history = ExpressionHistory()
    history.add(moment(10.0, {1: {"happy": 0.9}, 2: {"happy": 0.2, "sad": 0.2}}, doubts={1: "dark"}))
    first, second = history.of(1, 1), history.of(2, 1)
    assert (first.named[0], second.named[0]) == (NOT_NAMED, NOT_NAMED)
    assert (DOUBT_KEYS[first.doubt[0]], DOUBT_KEYS[second.doubt[0]]) == ("dark", "unlikely")


def test_the_ring_forgets_what_is_older_than_its_span() -> None:
    history = ExpressionHistory()
    history.add(moment(10.05, {1: {"happy": 1.0}}))
    history.add(moment(10.05 + SPAN_S - STEP_S, {2: {"sad": 1.0}}))
    assert history.people() == [1, 2]
    assert named(history, 1, STEPS)[0] == HAPPY
    history.add(moment(10.05 + SPAN_S, {2: {"sad": 1.0}}))
    assert history.people() == [2]
    assert set(named(history, 1, STEPS)) == {AWAY}
    history.add(moment(10.05 + 5 * SPAN_S, {1: {"happy": 1.0}}))
    assert named(history, 1, STEPS)[:-1] == [AWAY] * (STEPS - 1)
    assert history.people() == [1]


def test_people_of_the_source_before_stay_on_the_timeline_and_are_away() -> None:
    history = ExpressionHistory()
    history.add_marker(9.9, "door")
    history.add(moment(10.05, {1: {"happy": 1.0}}))
    history.add(moment(10.15, {2: {"sad": 1.0}}, generation=1))
    history.add(moment(10.95, {2: {"sad": 1.0}}, generation=1))
    assert history.people() == [1, 2]
    assert named(history, 1, 10) == [HAPPY, *[AWAY] * 9]
    assert named(history, 2, 10)[:2] == [AWAY, SAD]
    assert (history.in_view(1), history.in_view(2)) == (False, True)
    assert [text for _, text in history.markers_in_span()] == ["door"]


@pytest.mark.parametrize("changed", [{"jumps": 1}, {"name": "second.jpg"}])
def test_people_of_the_place_before_a_jump_are_away_at_once(changed: dict[str, int | str]) -> None:
    history = ExpressionHistory()
    history.add(moment(10.05, {1: {"happy": 1.0}}))
    there = moment(10.15, {2: {"sad": 1.0}})
    history.add(replace(there, frame=replace(there.frame, **changed)))
    assert (history.in_view(1), history.in_view(2)) == (False, True)
    back = moment(10.25, {1: {"happy": 1.0}, 2: {"sad": 1.0}})
    history.add(replace(back, frame=replace(back.frame, **changed)))
    assert (history.in_view(1), history.in_view(2)) == (True, True)


def test_memory_is_bounded_and_whoever_was_away_longest_goes() -> None:
    history = ExpressionHistory()
    for identity in range(1, MOST_PEOPLE + 1):
        history.add(moment(float(identity), {identity: {"happy": 1.0}}))
    history.add(moment(MOST_PEOPLE + 1.0, {MOST_PEOPLE + 1: {"sad": 1.0}}))
    newest_s = MOST_PEOPLE + 1.0
    assert history.people() == [identity for identity in range(2, MOST_PEOPLE + 2) if identity > newest_s - SPAN_S]
    assert named(history, MOST_PEOPLE + 1, 1) == [SAD]
    crowd = {identity: {"happy": 1.0} for identity in range(100, 100 + MOST_PEOPLE + 5)}
    history.add(moment(newest_s + 1.05, crowd))
    history.add(moment(newest_s + 1.15, crowd))
    assert len(history.people()) <= MOST_PEOPLE
    assert named(history, 100, 2) == [HAPPY, HAPPY], "nobody in view makes room for somebody else in view"
    for number in range(MOST_MARKERS + 10):
        history.add_marker(newest_s, str(number))
    assert len(history.markers) == MOST_MARKERS


def test_it_says_how_often_it_sampled() -> None:
    history = ExpressionHistory()
    for index in range(100):
        history.add(moment(10 + index / 25, {}))
    assert history.samples_a_second == pytest.approx(25)


def test_markers_are_told_by_their_age() -> None:
    history = ExpressionHistory()
    history.add(moment(100.0, {}))
    for time_s, text in ((30.0, "old"), (70.0, "half"), (100.0, "now")):
        history.add_marker(time_s, text)
    told = history.markers_in_span()
    assert [text for _, text in told] == ["half", "now"]
    assert np.array([age_s for age_s, _ in told]) == pytest.approx([-30.0, 0.0], abs=2 * STEP_S)


def test_a_result_without_a_model_shows_nobody() -> None:
    history = ExpressionHistory()
    history.add(moment(1.0, {1: {}}, class_names=()))
    assert history.people() == []


def test_a_pause_is_no_absence_and_markers_keep_their_places() -> None:
    history = ExpressionHistory()
    history.add(moment(10.05, {1: {"happy": 1.0}}))
    history.add_marker(10.05, "before")
    history.add(moment(110.15, {1: {"sad": 1.0}}, paused_s=100.0))
    history.add_marker(110.15, "after")
    history.add_marker(10.05, "noted late")
    assert named(history, 1, 3) == [AWAY, HAPPY, SAD]
    told = {text: age_s for age_s, text in history.markers_in_span()}
    assert told["after"] - told["before"] == pytest.approx(STEP_S)
    assert told["noted late"] == told["before"]


def test_a_persons_colour_is_the_pictures() -> None:
    history = ExpressionHistory()
    result = moment(10.0, {1: {"happy": 1.0}, 11: {"sad": 1.0}})
    faces = result.faces.with_person_colour(np.array([0, 6]))
    history.add(replace(result, faces=faces))
    assert (history.colour_of(1), history.colour_of(11)) == (PERSON_COLOURS_RGB[0], PERSON_COLOURS_RGB[6])


def test_what_a_second_model_says_is_kept_while_it_is_the_second_model() -> None:
    history = ExpressionHistory()
    happy = {1: {"happy": 1.0}}
    history.add(moment(10.05, happy))
    history.add(moment(10.15, happy, compared={1: "sad"}))
    history.add(moment(10.25, happy, compared={1: ""}))
    assert history.comparison_model == "b"
    assert history.of(1, 3).comparison.tolist() == [AWAY, SAD, NOT_NAMED]
    history.add(moment(10.35, happy, compared={1: "happy"}, comparison_model="c"))
    assert history.comparison_model == "c"
    assert history.of(1, 3).comparison.tolist() == [AWAY, AWAY, HAPPY], "nothing of one model is taken for another's"
    history.add(moment(10.45, happy))
    assert (history.comparison_model, set(history.of(1, 5).comparison.tolist())) == ("", {AWAY})


def test_what_was_not_analysed_is_no_absence() -> None:
    history = ExpressionHistory()
    for step in range(3):
        history.add(replace(moment(10.05 + step * STEP_S, {}, class_names=()), searched=False))
    history.add(moment(10.35, {1: {"happy": 1.0}}))
    history.add(moment(10.45, {}))
    assert named(history, 1, 6) == [AWAY, NOT_ANALYSED, NOT_ANALYSED, NOT_ANALYSED, HAPPY, AWAY]


def test_a_face_without_a_model_is_not_analysed() -> None:
    history = ExpressionHistory()
    history.add(moment(10.05, {1: {}}, class_names=()))
    history.add(moment(10.15, {1: {"happy": 1.0}}))
    assert named(history, 1, 2) == [NOT_ANALYSED, HAPPY]


def test_a_picture_left_out_between_two_looks_leaves_no_trace() -> None:
    history = ExpressionHistory()
    for first, second in ((True, False), (False, True)):
        start_s = 10.01 if first else 10.11
        history.add(replace(moment(start_s, {}), searched=first))
        history.add(replace(moment(start_s + 0.03, {}), searched=second))
    history.add(moment(10.25, {1: {"happy": 1.0}}))
    assert named(history, 1, 3) == [AWAY, AWAY, HAPPY]


def test_rare_pictures_that_are_not_analysed_stand_for_the_time_between_them() -> None:
    history = ExpressionHistory()
    for step in (0, 3, 6, 6 + HOLD_STEPS + 1):
        history.add(replace(moment(10.05 + step * STEP_S, {}), searched=False))
    steps = 7 + HOLD_STEPS + 1
    blind = [value == NOT_ANALYSED for value in named_of_somebody(history, steps)]
    assert blind == [True] * 7 + [False] * HOLD_STEPS + [True]


def named_of_somebody(history: ExpressionHistory, steps: int) -> list[int]:
    """Of who comes in the newest step, all but that."""
    newest_s = ((history.newest_step or 0) + 1.5) * STEP_S
    history.add(moment(newest_s, {1: {"happy": 1.0}}))
    return named(history, 1, steps + 1)[:-1]


def test_a_minute_later_it_is_forgotten_too() -> None:
    history = ExpressionHistory()
    history.add(replace(moment(10.05, {}), searched=False))
    history.add(moment(10.05 + SPAN_S, {1: {"happy": 1.0}}))
    assert NOT_ANALYSED not in named(history, 1, STEPS)


def test_numbers_that_are_one_person_have_one_history_until_they_are_separated() -> None:
    history = ExpressionHistory()
    history.add(moment(10.05, {1: {"happy": 1.0}, 2: {"neutral": 1.0}}))
    history.add(moment(11.05, {4: {"sad": 1.0}, 2: {"neutral": 1.0}}))
    merged = People().merged_into(4, 1)
    before = history.version
    history.follow_people(merged)
    assert history.version > before
    assert history.people() == [1, 2]
    assert named(history, 1, 11) == [HAPPY, *[AWAY] * 9, SAD]
    assert history.in_view(1)
    assert history.colour_of(1) == PERSON_COLOURS_RGB[3], "of the number that was in view last, as in the picture"
    history.follow_people(merged.separated(4))
    assert history.people() == [1, 2, 4]
    assert named(history, 1, 11) == [HAPPY, *[AWAY] * 10]


def test_who_is_hidden_has_no_row_and_the_whole_minute_afterwards() -> None:
    history = ExpressionHistory()
    history.follow_people(People().with_hidden(1))
    history.add(moment(10.05, {1: {"happy": 1.0}, 2: {"sad": 1.0}}))
    assert history.people() == [2]
    assert history.shown_as(1) is None
    history.follow_people(People())
    assert history.people() == [1, 2]
    assert named(history, 1, 1) == [HAPPY]


def test_of_who_is_forgotten_nothing_stays_also_from_results_that_come_late() -> None:
    history = ExpressionHistory()
    history.add(moment(10.05, {1: {"happy": 1.0}}))
    history.follow_people(People(), (1,))
    history.add(moment(10.15, {1: {"happy": 1.0}, 2: {"happy": 1.0}}))
    assert history.people() == [2]
    assert set(named(history, 1, 10)) == {AWAY}
