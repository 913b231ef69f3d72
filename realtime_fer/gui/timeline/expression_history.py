"""Each person's expressions over the last minute: the numbers behind the timeline."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.face_features.measures import MEASURE_KEYS
from realtime_fer.core.face_features.own_values import OWN_PREFIX
from realtime_fer.core.frame import UNCERTAIN, FrameResult
from realtime_fer.core.own_expressions.taught import MOST_EXPRESSIONS
from realtime_fer.core.people import PERSON_COLOURS_RGB, People
from realtime_fer.gui.timeline.measure_history import MeasureHistory, measures_of_face

#: One value a step.
STEP_S = 0.1
STEPS = 600
SPAN_S = STEP_S * STEPS

#: People remembered. With ``STEPS`` steps of eight floats and three bytes this is 1.3 MB, taken once.
MOST_PEOPLE = 64

#: Markers remembered, and pauses, which say where in the pictures' time a marker lies.
MOST_MARKERS = 200
MOST_PAUSES = 100

#: A face that is missing for less than this was in view all the time; its last value holds.
HOLD_STEPS = 5

#: In ``PersonHistory.named``, where other values are positions in ``EXPRESSION_KEYS``.
AWAY = -1
NOT_NAMED = -2
NOT_ANALYSED = -3

Float32 = npt.NDArray[np.float32]


@dataclass(frozen=True)
class PersonHistory:
    """One person's last minute, oldest step first.

    Attributes:
        identity: of the tracker.
        shares: float32 (steps, 8), smoothed probabilities in the order of ``EXPRESSION_KEYS``, 0 for a class that
            the model lacks.
        named: int8 (steps,), the expression shown at that time, ``NOT_NAMED``, ``AWAY``, or
            ``NOT_ANALYSED`` where the person may have been there: nobody was looked for, or no model ran.
        doubt: uint8 (steps,), a position in ``core.doubts.DOUBTS`` where nothing was named.
        comparison: int8 (steps,), as ``named``, by the comparison model; ``AWAY`` where none ran.
    """

    identity: int
    shares: Float32
    named: npt.NDArray[np.int8]
    doubt: npt.NDArray[np.uint8]
    comparison: npt.NDArray[np.int8]


class ExpressionHistory:
    """A ring of the last ``SPAN_S`` seconds up to the newest result. Called only from the GUI thread.

    It samples: of the results that were shown in one step the last one stands; ``samples_a_second`` says how many
    there were. Its time is that of the pictures (``Frame.running_s``), so it stands still in a
    pause and goes on after it. Another source, a jump and the next image of a folder bring other numbers, and those
    before are away from then on.

    Bound: ``MOST_PEOPLE`` and ``MOST_MARKERS``. Overflow: whoever has been away longest goes, and the oldest marker;
    where that many are in view at once, further people are not kept.

    It keeps each number apart. What it gives is by person: the numbers that are one person are joined, and hidden
    people are left out, both only for as long as that is said.

    Attributes:
        comparison_model: id of the comparison model that runs, whose names are kept; '' without one.
        said: of the people.
        people_version: rises with each change of what was said of the people.
        own: names of the own expressions by which faces were judged last, by their columns' names.
    """

    def __init__(self) -> None:
        self._shares = np.zeros((MOST_PEOPLE, STEPS, len(EXPRESSION_KEYS)), np.float32)
        self._named = np.full((MOST_PEOPLE, STEPS), AWAY, np.int8)
        self._doubt = np.zeros((MOST_PEOPLE, STEPS), np.uint8)
        self._comparison = np.full((MOST_PEOPLE, STEPS), AWAY, np.int8)
        self._measures = MeasureHistory(STEPS, len(MEASURE_KEYS))
        self._own, self._own_sha256 = MeasureHistory(STEPS, MOST_EXPRESSIONS), ""
        self.own: Mapping[str, str] = {}
        # Steps of which there were pictures and none was analysed.
        self._blind = np.zeros(STEPS, np.bool_)
        self._analysed_step: int | None = None
        self._blind_step: int | None = None
        self.comparison_model = ""
        self.said = People()
        self._forgotten: set[int] = set()
        self.people_version = 0
        self._slots: dict[int, int] = {}
        self._last_step: dict[int, int] = {}
        self._person_colour: dict[int, int] = {}
        # Of which source, after how many jumps, and of which image the newest result is; and who was there before.
        self._scene: tuple[int, int, str] | None = None
        self._left_behind: frozenset[int] = frozenset()
        self._columns: tuple[tuple[str, ...], npt.NDArray[np.intp]] = ((), np.zeros(0, np.intp))
        self._times: deque[float] = deque(maxlen=200)
        self._pauses: deque[tuple[float, float]] = deque([(-math.inf, 0.0)], maxlen=MOST_PAUSES)
        self.markers: deque[tuple[float, str]] = deque(maxlen=MOST_MARKERS)
        self.newest_step: int | None = None
        self.version = 0

    def add(self, result: FrameResult) -> None:
        """A result that is shown."""
        now_s = result.frame.running_s
        step = math.floor(now_s / STEP_S)
        if self.newest_step is not None and step < self.newest_step:
            return
        self._go_to(step)
        scene = (result.frame.source_generation, result.frame.jumps, result.frame.name)
        if scene != self._scene:
            self._scene, self._left_behind = scene, frozenset(self._last_step)
        if result.frame.paused_s != self._pauses[-1][1]:
            self._pauses.append((result.frame.timestamp_s, result.frame.paused_s))
        self._times.append(now_s)
        self._follow_comparison(result)
        self._follow_own(result)
        columns = self._columns_of(result.class_names)
        smoothed = result.faces.smoothed
        classified = len(columns) > 0 and smoothed.shape[1] == len(columns)
        self._follow_analysis(step, analysed=classified and (result.searched or len(result.faces) > 0))
        self._left_behind -= set(result.faces.tracker_id.tolist())
        for face, identity in enumerate(result.faces.tracker_id.tolist() if classified else []):
            if identity < 0 or identity in self._forgotten:
                continue
            slot = self._slot_of(identity, step)
            if slot is None:
                continue
            self._hold(slot, self._last_step.get(identity, step), step)
            self._last_step[identity] = step
            self._person_colour[identity] = int(result.faces.person_colour[face])
            at = step % STEPS
            self._shares[slot, at] = 0
            self._shares[slot, at, columns] = smoothed[face]
            self._named[slot, at] = _position_of(result.expression_of(face))
            if result.comparison is not None:
                self._comparison[slot, at] = _position_of(result.compared_expression_of(face))
            self._doubt[slot, at] = DOUBT_KEYS.index(result.doubt_of(face))
            self._measures.add(slot, at, measures_of_face(result.faces, face))
            if result.own is not None:
                self._own.add(slot, at, result.own.values[face])
        self.version += 1

    def add_marker(self, time_s: float, text: str) -> None:
        """At a frame's ``timestamp_s``."""
        paused_s = next((paused_s for since_s, paused_s in reversed(self._pauses) if time_s >= since_s), 0.0)
        self.markers.append((time_s - paused_s, text))
        self.version += 1

    @property
    def samples_a_second(self) -> float:
        """Results taken a second, over the last two seconds."""
        times = [time_s for time_s in self._times if time_s >= self._times[-1] - 2.0] if self._times else []
        return (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 and times[-1] > times[0] else 0.0

    def follow_people(self, people: People, forgotten: Collection[int] = ()) -> None:
        """Names and more, as they are from now on; nothing is kept of the ``forgotten`` numbers."""
        self.said = people
        self._forgotten.update(forgotten)
        for identity in forgotten:
            self._forget(identity)
        self.people_version += 1
        self.version += 1

    def people(self) -> list[int]:
        """Persons who were in view within the span and are not hidden, in their order."""
        newest = self.newest_step or 0
        return sorted(
            {
                self.said.person_of(identity)
                for identity, last in self._last_step.items()
                if last > newest - STEPS and not self.said.is_hidden(identity)
            }
        )

    def shown_as(self, identity: int) -> int | None:
        """The number of this number's person; None for a hidden or forgotten one."""
        gone = self.said.is_hidden(identity) or identity in self._forgotten
        return None if gone else self.said.person_of(identity)

    def label_of(self, identity: int) -> str:
        """'Anna', or '#3'."""
        return self.said.label_of(identity)

    def in_view(self, identity: int) -> bool:
        """Whether the person was there in the newest half second."""
        return self.away_steps(identity) == 0

    def away_steps(self, identity: int) -> int:
        """Since when the person has been away; 0 in view."""
        numbers = self.said.numbers_of(identity)
        away = (self.newest_step or 0) - max(self._last_step.get(number, -STEPS) for number in numbers)
        if self._left_behind.issuperset(numbers):
            return max(1, away)
        return away if away > HOLD_STEPS else 0

    def colour_of(self, identity: int) -> tuple[int, int, int]:
        """8-bit sRGB, the same as in the picture."""
        numbers = self.said.numbers_of(identity)
        newest = max(numbers, key=lambda number: self._last_step.get(number, -STEPS))
        return PERSON_COLOURS_RGB[self._person_colour.get(newest, 0)]

    def of(self, identity: int, steps: int = STEPS) -> PersonHistory:
        """The person's last ``steps`` steps; of somebody unknown, nothing but absence."""
        slots = [self._slots[number] for number in self.said.numbers_of(identity) if number in self._slots]
        if not slots or self.newest_step is None:
            nobody = np.zeros((steps, len(EXPRESSION_KEYS)), np.float32)
            away = np.full(steps, AWAY, np.int8)
            return PersonHistory(identity, nobody, away, np.zeros(steps, np.uint8), away)
        slot, order = self._places(slots, steps)
        shares, named, doubt, comparison = (
            values[slot, order] for values in (self._shares, self._named, self._doubt, self._comparison)
        )
        named[(named == AWAY) & self._blind[order]] = NOT_ANALYSED
        return PersonHistory(identity, shares, named, doubt, comparison)

    def measures_of(self, identity: int) -> Float32:
        """float32 (``STEPS``, 26), columns as ``MEASURE_KEYS``, then as ``own``: what the points told; NaN: nothing."""
        slots = [self._slots[number] for number in self.said.numbers_of(identity) if number in self._slots]
        if not slots or self.newest_step is None:
            return np.full((STEPS, len(MEASURE_KEYS) + MOST_EXPRESSIONS), np.nan, np.float32)
        slot, order = self._places(slots, STEPS)
        measures = np.concatenate([self._measures.of(slot, order), self._own.of(slot, order)], axis=1)
        measures[self._named[slot, order] == AWAY] = np.nan
        return measures

    def values_of(self, identity: int, measure: str) -> Float32:
        """float32 (``STEPS``,): one of ``MEASURE_KEYS`` or of ``own``; NaN where it is not known."""
        keys = (*MEASURE_KEYS, *self.own)
        if measure not in keys:
            return np.full(STEPS, np.nan, np.float32)
        return self.measures_of(identity)[:, keys.index(measure)]

    def _places(self, slots: list[int], steps: int) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """Of the last steps, the place of the number that counts, and the position in the ring."""
        assert self.newest_step is not None
        order = np.arange(self.newest_step - steps + 1, self.newest_step + 1) % STEPS
        # Of a person's numbers, the one that was in view counts at each step.
        slot = np.full(steps, slots[0])
        for other in slots[1:]:
            slot[self._named[slot, order] == AWAY] = other
        return slot, order

    def markers_in_span(self) -> list[tuple[float, str]]:
        """(seconds before the newest step, negative, and text) of the markers within the span."""
        now_s = ((self.newest_step or 0) + 1) * STEP_S
        return [(time_s - now_s, text) for time_s, text in self.markers if now_s - SPAN_S <= time_s <= now_s]

    def _go_to(self, step: int) -> None:
        """Makes room: the steps since the newest one are empty until somebody is seen in them."""
        passed = STEPS if self.newest_step is None else min(STEPS, step - self.newest_step)
        if passed:
            fresh = np.arange(step - passed + 1, step + 1) % STEPS
            self._named[:, fresh] = self._comparison[:, fresh] = AWAY
            self._blind[fresh] = False
            for kept in (self._measures, self._own):
                kept.clear(fresh)
        self.newest_step = step

    def _follow_analysis(self, step: int, *, analysed: bool) -> None:
        """Pictures that come less often than once a step stand for the steps since the one before."""
        if analysed:
            self._analysed_step = step
            self._blind[step % STEPS] = False
        elif self._analysed_step != step:
            before = self._blind_step if self._blind_step is not None else step
            first = before + 1 if step - before <= HOLD_STEPS and before >= (self._analysed_step or before) else step
            self._blind[np.arange(min(first, step), step + 1) % STEPS] = True
            self._blind_step = step

    def _follow_comparison(self, result: FrameResult) -> None:
        """Only the names of the comparison model that runs now are kept: those of another would seem to be its own."""
        comparison_model = result.comparison.model_id if result.comparison is not None else ""
        if comparison_model != self.comparison_model:
            self.comparison_model = comparison_model
            self._comparison[:] = AWAY

    def _follow_own(self, result: FrameResult) -> None:
        """Values of other expressions than those that are taught now would seem to be theirs."""
        own = result.own
        if own is not None and own.sha256 != self._own_sha256:
            self._own_sha256 = own.sha256
            self.own = {OWN_PREFIX + slug: name for slug, name in zip(own.slugs, own.names, strict=True)}
            self._own.clear(np.arange(STEPS))

    def _hold(self, slot: int, last: int, step: int) -> None:
        if 1 < step - last <= HOLD_STEPS:
            between = np.arange(last + 1, step) % STEPS
            for values in (self._shares, self._named, self._doubt, self._comparison):
                values[slot, between] = values[slot, last % STEPS]
            for kept in (self._measures, self._own):
                kept.hold(slot, between, last % STEPS)

    def _slot_of(self, identity: int, step: int) -> int | None:
        slot = self._slots.get(identity)
        if slot is None:
            for gone in [known for known, last in self._last_step.items() if last <= step - STEPS]:
                self._forget(gone)
            if len(self._slots) >= MOST_PEOPLE:
                longest_away = min(self._last_step, key=self._last_step.__getitem__)
                if self._last_step[longest_away] >= step - HOLD_STEPS:
                    return None
                self._forget(longest_away)
            slot = min(set(range(MOST_PEOPLE)) - set(self._slots.values()))
            self._slots[identity] = slot
            self._named[slot] = self._comparison[slot] = AWAY
            for kept in (self._measures, self._own):
                kept.forget(slot)
        return slot

    def _forget(self, identity: int) -> None:
        self._slots.pop(identity, None)
        self._last_step.pop(identity, None)
        self._person_colour.pop(identity, None)

    def _columns_of(self, class_names: tuple[str, ...]) -> npt.NDArray[np.intp]:
        if class_names != self._columns[0]:
            self._columns = (class_names, np.array([EXPRESSION_KEYS.index(name) for name in class_names], np.intp))
        return self._columns[1]


def _position_of(expression: str) -> int:
    return NOT_NAMED if expression in ("", UNCERTAIN) else EXPRESSION_KEYS.index(expression)
