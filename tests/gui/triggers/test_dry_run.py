from __future__ import annotations

from dataclasses import replace

import numpy as np

from realtime_fer.core.face_features.own_values import OwnValues
from realtime_fer.core.people import People
from realtime_fer.core.triggers.trigger import Action, ActionKind, Trigger
from realtime_fer.gui.timeline.expression_history import STEP_S, ExpressionHistory
from realtime_fer.gui.triggers.dry_run import dry_run, dry_run_sentence
from tests.gui.moments import moment

MARKER = (Action(ActionKind.MARKER),)
HAPPY = Trigger("happy", MARKER, rest_s=0.0)


def filmed(*shown: tuple[int, str]) -> ExpressionHistory:
    """Somebody, #1, shows each expression for so many tenths of a second; '' is nobody."""
    history, step = ExpressionHistory(), 100
    for count, expression in shown:
        for _ in range(count):
            history.add(moment((step + 0.5) * STEP_S, {1: {expression: 0.9}} if expression else {}))
            step += 1
    return history


def test_it_tells_when_a_trigger_would_have_fired() -> None:
    history = filmed((30, "happy"), (5, "sad"), (9, "happy"), (20, "sad"), (25, "happy"))
    assert [(round(one.ago_s, 1), one.who) for one in dry_run(history, HAPPY)] == [(7.8, "#1"), (1.4, "#1")]
    assert dry_run_sentence(history, HAPPY) == (
        "In the last minute it would have fired 2 times: 8 s ago (#1), 1 s ago (#1)."
    )
    assert len(dry_run(history, Trigger("happy", MARKER, rest_s=10.0))) == 1
    assert dry_run_sentence(history, Trigger("happy", MARKER, "Anna")) == "In the last minute it would not have fired."
    history.follow_people(People().renamed(1, "Anna"))
    assert "ago (Anna)" in dry_run_sentence(history, Trigger("happy", MARKER, "Anna"))


def test_what_was_in_doubt_does_not_count() -> None:
    history = ExpressionHistory()
    for step in range(30):
        doubts = {1: "turned"} if step == 9 else {}
        history.add(moment((100.5 + step) * STEP_S, {1: {"happy": 0.9}}, doubts=doubts))
    assert [round(one.ago_s, 1) for one in dry_run(history, HAPPY)] == [0.9]


def test_an_own_expression_counts_by_its_value() -> None:
    history = ExpressionHistory()
    for step in range(30):
        values = np.array([[np.nan if step < 10 else 0.8]], np.float32)
        own = OwnValues(("Deep thought",), ("deep_thought",), "a", values)
        history.add(replace(moment((100.5 + step) * STEP_S, {1: {"sad": 0.9}}), own=own))
    (fired,) = dry_run(history, Trigger("own_deep_thought", MARKER))
    assert round(fired.ago_s, 1) == 0.9
    assert dry_run(history, Trigger("own_smirk", MARKER)) == []


def test_without_anybody_it_says_so() -> None:
    assert dry_run_sentence(ExpressionHistory(), HAPPY).startswith("Nobody was in view")


def test_many_times_are_not_all_told() -> None:
    history = filmed(*[(13, "happy"), (2, "sad")] * 9)
    assert dry_run_sentence(history, HAPPY).startswith("In the last minute it would have fired 9 times: … ")
