"""Identities through what people do: they cross, walk behind each other, turn their heads and sit in rows.

The scenes are made: each person has a path, a detector's noise is added, and who stands behind somebody else or turns
too far is not found. What a person is called must never change while they are away for no longer than a second.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from realtime_fer.core.faces import Faces
from realtime_fer.core.geometry import box_iou
from realtime_fer.vision.faces.tracking import FaceTracker

Float32 = np.ndarray
Path = Callable[[float], tuple[float, float, float, float]]


@dataclass(frozen=True)
class Person:
    """``path`` gives centre x, centre y, width and height at a time; nearer people hide those behind them."""

    path: Path
    near: int = 0
    hidden: Callable[[float], bool] = lambda time_s: False


def box(centre: tuple[float, float, float, float]) -> list[float]:
    x, y, width, height = centre
    return [x - width / 2, y - height / 2, x + width / 2, y + height / 2]


def identities(
    people: Sequence[Person], seconds: float, fps: int, *, noise: float = 0.03, missed: float = 0.03
) -> None:
    """Plays the scene; fails where a person's number changes, and where two share one."""
    random = np.random.default_rng(fps)
    tracker = FaceTracker()
    known: dict[int, int] = {}
    for frame in range(round(seconds * fps)):
        now_s = frame / fps
        boxes = np.array([box(person.path(now_s)) for person in people], np.float32)
        seen = [person for person in range(len(people)) if is_seen(people, boxes, person, now_s)]
        if frame:
            seen = [person for person in seen if random.random() > missed]
        noisy = boxes[seen] + random.normal(0, noise, (len(seen), 4)) * (boxes[seen, 2] - boxes[seen, 0])[:, None]
        order = random.permutation(len(seen))
        confidence = random.uniform(0.55, 0.95, len(seen)).astype(np.float32)
        found = tracker.track(Faces(noisy[order].astype(np.float32).reshape(-1, 4), confidence), now_s)
        for row, identity in enumerate(found.tracker_id.tolist()):
            person = seen[int(np.abs(noisy - found.xyxy[row]).sum(axis=1).argmin())]
            assert known.setdefault(person, identity) == identity, f"person {person} changed at {now_s:.2f} s"
    assert len(set(known.values())) == len(known) == len(people)


def is_seen(people: Sequence[Person], boxes: Float32, person: int, now_s: float) -> bool:
    if people[person].hidden(now_s):
        return False
    overlaps = box_iou(boxes[person : person + 1], boxes)[0]
    return not any(overlaps[other] > 0.25 and people[other].near > people[person].near for other in range(len(people)))


def walk(x: float, y: float, speed: float, side: float = 60.0) -> Path:
    """Along a line at ``speed`` pixels a second, nodding a little."""
    return lambda time_s: (x + speed * time_s, y + 3 * np.sin(7 * time_s), side, side * 1.1)


FPS = pytest.mark.parametrize("fps", [10, 15, 30])


@FPS
@pytest.mark.parametrize("speed", [60.0, 120.0, 200.0])
def test_two_who_cross_keep_their_numbers(fps: int, speed: float) -> None:
    identities([Person(walk(100, 200, speed), near=1), Person(walk(600, 205, -speed))], 500 / speed, fps)


@FPS
def test_three_who_cross_at_one_place_keep_their_numbers(fps: int) -> None:
    people = [
        Person(walk(100, 200, 110), near=2),
        Person(walk(500, 200, -90), near=1),
        Person(lambda time_s: (310.0, 60 + 75 * time_s, 60.0, 66.0)),
    ]
    identities(people, 4, fps)


@FPS
@pytest.mark.parametrize("away_s", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("speed", [0.0, 50.0, 150.0])
def test_who_walks_behind_a_pillar_comes_back_under_their_number(fps: int, away_s: float, speed: float) -> None:
    person = Person(walk(100, 150, speed), hidden=lambda time_s: 1.0 <= time_s < 1.0 + away_s - 1.5 / fps)
    identities([person, Person(walk(400, 350, 0))], 3, fps, missed=0.0)


@FPS
def test_who_stops_behind_somebody_and_goes_back_keeps_their_number(fps: int) -> None:
    def there_and_back(time_s: float) -> tuple[float, float, float, float]:
        return 300 - 150 * abs(np.cos(1.2 * time_s)), 200.0, 56.0, 62.0

    identities([Person(walk(330, 200, 0, 70), near=1), Person(there_and_back)], 5, fps)


@FPS
def test_a_turning_head_keeps_its_number(fps: int) -> None:
    """In profile a box is narrower and moves towards the nose, and near the full profile there is none."""

    def turning(time_s: float) -> tuple[float, float, float, float]:
        yaw = 1.3 * np.sin(1.6 * time_s)
        return 300 + 28 * np.sin(yaw), 200.0, 80 * (0.65 + 0.35 * np.cos(yaw)), 88.0

    hidden = lambda time_s: abs(1.3 * np.sin(1.6 * time_s)) > 1.2  # noqa: E731
    identities([Person(turning, hidden=hidden), Person(walk(390, 205, 0, 76))], 8, fps)


@FPS
def test_who_comes_nearer_keeps_their_number(fps: int) -> None:
    coming = Person(lambda time_s: (300 + 5 * time_s, 200.0, 30 * 1.5**time_s, 33 * 1.5**time_s), near=1)
    identities([coming, Person(walk(120, 220, 10, 40))], 4, fps)


@FPS
def test_forty_in_rows_keep_their_numbers(fps: int) -> None:
    def sits(row: int, column: int) -> Path:
        phase = row * 1.7 + column * 2.3
        return lambda time_s: (
            60 + 75 * column + 14 * np.sin(time_s * 2 + phase),
            60 + 80 * row + 9 * np.cos(time_s * 3 + phase),
            38.0,
            42.0,
        )

    identities([Person(sits(row, column)) for row in range(5) for column in range(8)], 4, fps, missed=0.08)


def test_who_was_away_for_longer_is_somebody_new() -> None:
    with pytest.raises(AssertionError, match="changed"):
        identities([Person(walk(100, 150, 0), hidden=lambda time_s: 1 <= time_s < 2.5)], 4, 30, missed=0.0)
