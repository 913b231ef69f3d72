"""Panels over time: their full form where there is room, few changes, and no face covered, found or just lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from realtime_fer.core.overlay.calm import FORM_S, LOST_S, LostFaces, PanelForms
from realtime_fer.core.overlay.canvas import Placed
from realtime_fer.core.overlay.panel_shape import Level, tiny_metrics
from realtime_fer.core.overlay.planner import OverlayPlanner
from realtime_fer.vision.annotators.probability_bars import panel_metrics
from tests.vision.annotators.scenes import picture, scene

Box = tuple[float, float, float, float]
LABELS = [(150, 24), (110, 24), (70, 24)]
STEP_S = 0.1


def panel_sizes(text_px: int) -> list[tuple[int, int]]:
    return [*(panel_metrics(level, text_px).size for level in (Level.FULL, Level.COMPACT)), tiny_metrics(text_px).size]


class Film:
    """Plans frame after frame of a 640x480 picture and remembers everybody's forms and boxes."""

    def __init__(self) -> None:
        self._planner = OverlayPlanner()
        self.forms: dict[int, list[tuple[float, int]]] = {}
        self._seen: dict[int, tuple[Box, float]] = {}

    def frame(self, time_s: float, people: dict[int, Box]) -> dict[int, Placed | None]:
        if any(at_s > time_s for _, at_s in self._seen.values()):
            self._seen.clear()
        result = scene(list(people.values()), identities=list(people), time_s=time_s)
        canvas = self._planner.canvas(picture(), result)
        labels, panels = self._planner.place(canvas, [LABELS] * len(people), panel_sizes(canvas.text_px))
        placed = [entry for entry in (*labels, *panels) if entry is not None]
        for position, entry in enumerate(placed):
            assert not any(meet(entry, edges(other)) for other in placed[position + 1 :])
        for identity, panel in zip(people, panels, strict=True):
            if panel is not None:
                self.forms.setdefault(identity, []).append((time_s, panel.variant))
                assert not any(meet(panel, box) for box in people.values())
                for lost, (box, at_s) in self._seen.items():
                    again = any(covered(box, found) >= 0.3 for found in people.values())
                    if lost not in people and time_s - at_s <= LOST_S and not again:
                        assert not meet(panel, box), "a face was there a moment ago"
        self._seen |= {identity: (box, time_s) for identity, box in people.items()}
        return dict(zip(people, panels, strict=True))

    def changes_s(self) -> list[float]:
        """How long each form lasted before the next, for everybody."""
        lasted = []
        for forms in self.forms.values():
            began_s, form = forms[0]
            for time_s, now in forms:
                if now != form:
                    lasted.append(time_s - began_s)
                    began_s, form = time_s, now
        return lasted


def edges(placed: Placed) -> Box:
    return placed.left, placed.top, placed.right, placed.bottom


def meet(placed: Placed, box: Box) -> bool:
    left, top, right, bottom = box
    return placed.left < right and placed.right > left and placed.top < bottom and placed.bottom > top


def covered(box: Box, by: Box) -> float:
    wide, high = (min(box[at + 2], by[at + 2]) - max(box[at], by[at]) for at in (0, 1))
    return max(wide, 0) * max(high, 0) / ((box[2] - box[0]) * (box[3] - box[1]))


def square(x: float, y: float, side: float) -> Box:
    x, y = round(min(max(x, 0), 640 - side)), round(min(max(y, 0), 480 - side))
    return x, y, x + side, y + side


def walks(seed: int, people: int, frames: int) -> Iterable[dict[int, Box]]:
    """People who wander about, and are lost now and then."""
    random = np.random.default_rng(seed)
    places = random.uniform((40, 20, 40), (560, 380, 150), (people, 3))
    lost = np.zeros(people, int)
    for _ in range(frames):
        places[:, :2] += random.normal(0, 14, (people, 2))
        lost = np.where(lost > 0, lost - 1, np.where(random.random(people) < 0.04, random.integers(2, 25, people), 0))
        yield {
            person + 1: square(places[person, 0], places[person, 1], round(places[person, 2]))
            for person in range(people)
            if not lost[person]
        }


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_forms_change_seldom_and_no_face_found_or_just_lost_is_covered(seed: int, people: int) -> None:
    film = Film()
    for index, boxes in enumerate(walks(seed, people, 60)):
        film.frame(index * STEP_S, boxes)
    assert all(lasted_s >= FORM_S for lasted_s in film.changes_s())


def test_one_person_in_a_half_empty_picture_keeps_the_full_form() -> None:
    """The head is so near the upper edge that the label goes above and below by turns."""
    film, random = Film(), np.random.default_rng(1)
    for index in range(90):
        x, y, side = random.integers((274, 27, 66), (285, 35, 80))
        panel = film.frame(index / 30, {1: (float(x), float(y), float(x + side), float(y + side))})[1]
        assert panel is not None
        assert panel.variant == Level.FULL


def test_a_second_face_for_a_moment_does_not_shrink_the_first_ones_panel() -> None:
    film = Film()
    for index in range(60):
        people = {1: (80.0, 100.0, 180.0, 200.0)}
        if index in (10, 11, 30):
            people[2] = (380.0, 90.0, 600.0, 470.0)
        panel = film.frame(index / 10, people)[1]
        assert panel is None or panel.variant == Level.FULL
    assert film.changes_s() == []


def test_a_panel_shrinks_at_once_when_its_form_is_old_enough() -> None:
    film = Film()
    for index in range(40):
        film.frame(index / 10, {1: (270.0, 150.0, 370.0, 250.0)})
    # So close to the camera that the full form has no room on any side.
    close = film.frame(4.0, {1: (150.0, 20.0, 490.0, 460.0)})[1]
    assert close is not None
    assert close.variant != Level.FULL
    # Back at once: the small form stays for a while, then the full one returns and stays.
    forms = [film.frame(4.1 + index / 10, {1: (270.0, 150.0, 370.0, 250.0)})[1] for index in range(40)]
    shown = [form.variant for form in forms if form is not None]
    assert shown[0] == close.variant
    assert shown[-1] == Level.FULL
    assert [lasted_s >= FORM_S for lasted_s in film.changes_s()] == [True, True]


def test_a_panel_without_room_comes_back_only_when_there_was_room_for_a_moment() -> None:
    forms = PanelForms()
    told: Sequence[tuple[float, int | None, bool]] = (
        (0.0, 0, True), (0.1, None, False), (0.2, 0, False), (0.3, None, False), (0.4, 0, False), (0.8, 0, True),
    )  # fmt: skip
    for time_s, level, shown in told:
        assert forms.shows(1, level, time_s) is shown
    assert forms.only(1, 1.9) == 0
    assert forms.only(1, 2.0) is None
    assert forms.only(2, 0.5) is None


def test_a_lost_face_that_is_found_under_another_number_is_not_lost() -> None:
    lost = LostFaces()
    first, away = np.array([[10, 10, 60, 60]], np.int32), np.zeros((0, 4), np.int32)
    assert not len(lost.boxes([1], first, 0.0))
    assert lost.boxes([], away, 1.0).tolist() == first.tolist()
    assert not len(lost.boxes([2], first + 5, 1.2))
    assert not len(lost.boxes([], away, 1.3 + LOST_S))


@pytest.mark.parametrize("jump", [-5.0, 0.0])
def test_a_source_that_begins_anew_knows_no_lost_face(jump: float) -> None:
    film = Film()
    film.frame(5.0, {1: (340.0, 100.0, 600.0, 400.0)})
    panel = film.frame(5.0 + jump, {2: (180.0, 150.0, 280.0, 250.0)})[2]
    assert panel is not None
    assert (panel.left > 280) == (jump < 0), "right of the face, where the lost one was"
