"""Plans short scenes: who is in them, how they move, light and camera. No pixels here.

The seed alone decides: the first scenes are the same for any number of scenes.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from train.live.pictures import LabelledPicture, Pairs, decks_of

WIDTH_PX, HEIGHT_PX = 640, 480
FPS = 15.0

STILL_S = 2.4
CHANGING_S = 4.0

#: Duration of the fade from one picture to the other at a change.
FADE_S = 0.2

#: Time after a change begins in which frames do not count; the delay of labels is measured separately.
SETTLING_S = 0.6

#: Shares of scenes with one, two, three and four people.
_CROWDS = (0.55, 0.2, 0.1, 0.15)

#: Smallest and largest side of a face's square, pixels, by number of people.
_SIDES_PX = {1: (110.0, 260.0), 2: (100.0, 190.0), 3: (80.0, 130.0), 4: (80.0, 130.0)}


@dataclass(frozen=True)
class Swing:
    """A value that swings: ``middle + reach * sin(2 pi (t / period_s + phase))``."""

    middle: float
    reach: float
    period_s: float
    phase: float

    def at(self, t_s: float) -> float:
        return self.middle + self.reach * math.sin(2 * math.pi * (t_s / self.period_s + self.phase))


@dataclass(frozen=True)
class Part:
    """One person in a scene.

    Attributes:
        pictures: one, or two: before and after the change.
        x_px, y_px: centre of the face's square. side_px: its side.
        roll_degrees: turned in the picture. yaw_degrees: turned away, as a flat picture is.
        change_s: when the second picture begins to appear; infinite without one.
    """

    pictures: tuple[LabelledPicture, ...]
    x_px: Swing
    y_px: Swing
    side_px: Swing
    roll_degrees: Swing
    yaw_degrees: Swing
    change_s: float = math.inf

    def truth_at(self, t_s: float) -> str:
        """The expression at that time; '' while it is changing."""
        if t_s < self.change_s:
            return self.pictures[0].key
        return "" if t_s < self.change_s + SETTLING_S else self.pictures[-1].key

    def faded_at(self, t_s: float) -> float:
        """How much of the second picture shows, 0 to 1."""
        return min(1.0, max(0.0, (t_s - self.change_s) / FADE_S)) if math.isfinite(self.change_s) else 0.0


@dataclass(frozen=True)
class Scene:
    """One short video.

    Attributes:
        light: what grey values are multiplied by. blur_px: standard deviation of the lens's blur, 0 for none.
        noise: standard deviation of the sensor's noise, grey levels. jpeg_quality: 1 to 100.
        seed: of background and noise.
    """

    number: int
    seconds: float
    parts: tuple[Part, ...]
    light: Swing
    blur_px: float
    noise: float
    jpeg_quality: int
    seed: int

    @property
    def frames(self) -> int:
        return round(self.seconds * FPS)


def plan_scenes(pictures: Sequence[LabelledPicture], count: int, seed: int) -> Iterator[Scene]:
    """``count`` scenes. Every third one shows a change, if the pictures show a person with two expressions.

    Expressions take turns, so that rare ones occur as often as common ones.
    """
    chance = np.random.default_rng([seed, 1])
    decks = list(decks_of(pictures, chance).values())
    pairs = Pairs(pictures, chance)
    drawn = 0
    for number in range(count):
        changing = bool(len(pairs)) and number % 3 == 2
        people = int(chance.choice(len(_CROWDS), p=_CROWDS)) + 1
        seconds = CHANGING_S if changing else STILL_S
        parts = []
        for place in range(people):
            if changing and place == 0:
                shown: tuple[LabelledPicture, ...] = pairs.draw()
                change_s = float(chance.uniform(1.4, 1.8))
            else:
                if drawn % len(decks) == 0:
                    chance.shuffle(decks)  # type: ignore[arg-type]  # A list shuffles like an array.
                shown, change_s = (decks[drawn % len(decks)].draw(),), math.inf
                drawn += 1
            parts.append(_part(shown, change_s, place, people, chance))
        yield Scene(
            number=number,
            seconds=seconds,
            parts=tuple(parts),
            light=_light(chance),
            blur_px=float(chance.uniform(0.6, 1.8)) if chance.random() < 0.35 else 0.0,
            noise=float(chance.uniform(1.0, 5.0)),
            jpeg_quality=int(chance.integers(35, 91)),
            seed=int(chance.integers(2**31)),
        )


def _part(
    pictures: tuple[LabelledPicture, ...], change_s: float, place: int, people: int, chance: np.random.Generator
) -> Part:
    left, top, right, bottom = _room(place, people)
    low, high = _SIDES_PX[people]
    side = float(chance.uniform(low, high))
    # Each stays in its own part of the frame, so that nobody covers anybody else.
    free_x, free_y = (max(0.0, (end - begin) - side * 1.1) / 2 for begin, end in ((left, right), (top, bottom)))
    reach_x, reach_y = (min(free, side * float(chance.uniform(0.0, 0.4))) for free in (free_x, free_y))
    x = (left + right) / 2 + float(chance.uniform(-1, 1)) * (free_x - reach_x)
    y = (top + bottom) / 2 + float(chance.uniform(-1, 1)) * (free_y - reach_y)
    return Part(
        pictures=pictures,
        x_px=_swing(x, reach_x, chance),
        y_px=_swing(y, reach_y, chance),
        side_px=_swing(side, side * float(chance.uniform(0.0, 0.12)), chance),
        roll_degrees=_swing(float(chance.uniform(-6, 6)), float(chance.uniform(0, 8)), chance),
        yaw_degrees=_swing(float(chance.uniform(-10, 10)), float(chance.uniform(0, 15)), chance),
        change_s=change_s,
    )


def _room(place: int, people: int) -> tuple[float, float, float, float]:
    columns = 2 if people == 4 else people
    rows = 2 if people == 4 else 1
    width, height = WIDTH_PX / columns, HEIGHT_PX / rows
    column, row = place % columns, place // columns
    return column * width, row * height, (column + 1) * width, (row + 1) * height


def _light(chance: np.random.Generator) -> Swing:
    """Half of the scenes have the pictures' own light, the others are dimmer or brighter; all flicker a little."""
    middle = 1.0 if chance.random() < 0.5 else float(chance.uniform(0.45, 1.25))
    return _swing(middle, middle * float(chance.uniform(0, 0.08)), chance)


def _swing(middle: float, reach: float, chance: np.random.Generator) -> Swing:
    return Swing(middle, reach, float(chance.uniform(2.0, 5.0)), float(chance.uniform(0, 1)))
