"""Whatever stands in a session.json, the report is made: what makes no sense is left out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from realtime_fer.core.enums import Film, Privacy
from realtime_fer.core.frame import LearningState, RestingFaceLearning
from realtime_fer.report.page import make_report
from tests.report.conftest import MakeSession
from tests.report.test_page import Page
from tests.sinks.conftest import build_result, other_comparison


def eventful(make_session: MakeSession) -> Path:
    """A short session whose facts tell of all there is."""
    results = [
        build_result(
            n / 10 + (2.0 if n > 6 else 0.0),
            model_sha256="ab"[n // 5] * 64,
            privacy=Privacy.BLUR if n > 2 else Privacy.OFF,
            source_generation=n // 5,
            source_name=f"camera {n // 5}",
            size=(160, 120) if n < 8 else (320, 240),
            comparison=other_comparison() if n > 3 else None,
        )
        for n in range(10)
    ]
    results[4] = replace(
        results[4], degradation_step=1, resting_faces=RestingFaceLearning(LearningState.DONE, identities=(1,))
    )
    session = make_session(results, markers={3: "laughs"}, film=Film.NONE)
    path = session / "session.json"
    sound = {"microphone": "default", "silences": [{"from_s": 0.0, "to_s": 1.0}], "lost": "It was unplugged."}
    path.write_text(json.dumps(json.loads(path.read_text()) | {"sound": sound}))
    return session


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Of every value in a page, the page itself left out."""
    if path:
        yield path
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from places_in(each, (*path, key))


def changed(facts: Any, path: tuple[Any, ...], value: object) -> Any:
    copy = deepcopy(facts)
    parent = copy
    for key in path[:-1]:
        parent = parent[key]
    parent[path[-1]] = value
    return copy


def nested(depth: int) -> list[Any]:
    made: list[Any] = []
    for _ in range(depth):
        made = [made]
    return made


@pytest.mark.parametrize(
    "value",
    [1e308, 10**400, -1e308, float("nan"), "\ud800", nested(300), {"id": {}}],
    ids=["large", "endless", "low", "nan", "half a sign", "nested", "object"],
)
def test_one_wild_value_anywhere_costs_no_more_than_itself(make_session: MakeSession, value: object) -> None:
    folder = eventful(make_session)
    path = folder / "session.json"
    facts = json.loads(path.read_text())
    for place in places_in(facts):
        path.write_text(json.dumps(changed(facts, place, value)))
        assert "Person 1" in make_report(folder, {}), place


def test_a_gap_that_ends_beyond_all_time_is_left_out(make_session: MakeSession) -> None:
    folder = eventful(make_session)
    path = folder / "session.json"
    facts = json.loads(path.read_text())
    assert "The source gave no frame for" in Page(make_report(folder, {})).text
    facts["gaps"][0]["to_s"] = 1e308
    path.write_text(json.dumps(facts))
    assert "No gap between the frames was noted." in Page(make_report(folder, {})).text
