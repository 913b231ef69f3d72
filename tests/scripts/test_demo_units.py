"""What is written down of the demo's expressions follows from their movements, and stays within what faces do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from scripts.demo_ranges import RANGES
from scripts.demo_units import MIDDLE, SIDES, UNITS, Face


@pytest.fixture(scope="module")
def entries(checkout: Path) -> dict[str, Any]:
    text = (checkout / "realtime_fer" / "assets" / "demo_expressions.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def test_every_expression_is_what_its_movements_make_of_the_face(entries: dict[str, Any]) -> None:
    face = Face(entries)
    for name, entry in entries["expressions"].items():
        made = face.pose(entry["units"])
        assert np.abs(np.array(made["points"]) - entry["points"]).max() < 0.011, name
        assert (made["marks"], made["smooth"]) == (entry["marks"], entry["smooth"]), name


def test_every_searched_expression_is_within_its_ranges(entries: dict[str, Any]) -> None:
    assert set(entries["expressions"]) == {"happy", *RANGES}
    for name, ranges in RANGES.items():
        for movement, strength in entries["expressions"][name]["units"].items():
            _, low, high = ranges[movement]
            assert low - 1e-6 <= strength <= high + 1e-6, (name, movement)


def test_ranges_name_what_can_be_drawn_and_hold_their_start(entries: dict[str, Any]) -> None:
    known = {*UNITS, "smooth", *(f"m_{mark['name']}" for mark in entries["marks"])}
    for name, ranges in RANGES.items():
        assert set(ranges) <= known, name
        for movement, (start, low, high) in ranges.items():
            assert low <= start <= high, (name, movement)


def test_movements_are_of_points_that_are_there_and_both_sides_alike(entries: dict[str, Any]) -> None:
    count = len(entries["points"])
    for left, right in SIDES.values():
        assert len(left) == len(right)
        assert max(*left, *right) < count
    for name, moves in UNITS.items():
        for move in moves:
            points = MIDDLE[move.group] if move.where == "middle" else SIDES[move.group][0]
            assert len(move.shares) in (0, len(points)), (name, move.group)
