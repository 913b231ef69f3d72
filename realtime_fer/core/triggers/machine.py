"""Decides when triggers fire, from what is seen. No clock, no thread, no file: time comes with what is seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from realtime_fer.core.frame import FrameResult
from realtime_fer.core.text.percentages import whole_percent
from realtime_fer.core.triggers.trigger import Trigger

#: Whoever is missing for no longer than this was in view all the time.
GAP_S = 0.5

#: Of a hold time: what floating point may lack.
_TINY_S = 1e-6


@dataclass(frozen=True)
class Seen:
    """One person in one frame.

    Attributes:
        person: their number.
        name: as they were given it, or ''.
        expression: key of the held label; 'uncertain' or '' where none is named.
        probability: the label's smoothed value, 0 to 1.
        own: values of the expressions that the person taught, by the names of their columns, as far as they are known.
    """

    person: int
    name: str
    expression: str
    probability: float
    own: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Fired:
    """A trigger fired.

    Attributes:
        seen: with what the trigger waits for as ``expression``, and its value as ``probability``.
        at_s: capture time of the frame at which it did.
    """

    trigger: Trigger
    seen: Seen
    at_s: float

    @property
    def who(self) -> str:
        """'Anna', or '#3'."""
        return self.seen.name or f"#{self.seen.person}"


def seen_in(result: FrameResult) -> list[Seen]:
    """The people of a frame, one number each; hidden people are left out."""
    shown = result.seen()
    seen = []
    for face, person in enumerate(shown.faces.tracker_id.tolist()):
        column = shown.column_of(face)
        own = {} if shown.own is None else shown.own.of_face(face)
        if person >= 0 and (column >= 0 or own):
            probability = float(shown.faces.smoothed[face, column]) if column >= 0 else 0.0
            seen.append(Seen(person, shown.people.name_of(person), shown.expression_of(face), probability, own))
    return seen


@dataclass
class _Holding:
    since_s: float
    last_s: float
    has_fired: bool = False


@dataclass
class _State:
    """Of one trigger."""

    holdings: dict[int, _Holding] = field(default_factory=dict)
    fired_s: float | None = None


class TriggerMachine:
    """Follows how long each person holds what each trigger waits for.

    A trigger fires once each time that somebody holds its expression: when it has been the held label, without a doubt
    and with at least ``percent`` in every frame, for ``hold_s``. Within ``rest_s`` of its last firing it waits, and
    fires then if the expression is still held. A holding ends with another label, a doubt, a lower value, half a second
    out of view, another name (where the trigger asks for one), hiding, and at each other source, jump or picture.

    An own expression is held where its value is at least ``percent``, whatever the label and its doubts; it has no
    value where the face is turned away.

    Example::

        machine = TriggerMachine()
        machine.set_triggers([Trigger("happy", (Action(ActionKind.MARKER),))])
        for fired in machine.see(result.frame.running_s, scene, seen_in(result)):
            print(fired.who)
    """

    def __init__(self, triggers: Iterable[Trigger] = ()) -> None:
        self._states: dict[Trigger, _State] = {}
        self._scene: object = None
        self._now_s: float | None = None
        self.set_triggers(triggers)

    def set_triggers(self, triggers: Iterable[Trigger]) -> None:
        """Those that are on. One that was there before goes on as it was."""
        self._states = {one: self._states.get(one) or _State() for one in triggers if one.is_on}

    def see(self, now_s: float, scene: object, seen: Sequence[Seen], at_s: float | None = None) -> list[Fired]:
        """What fires at this frame.

        Args:
            now_s: seconds without pauses, never less than before.
            scene: another one ends all holdings.
            seen: everybody in the frame.
            at_s: capture time of the frame, for ``Fired``; None for ``now_s``.
        """
        if scene != self._scene or (self._now_s is not None and now_s < self._now_s):
            for state in self._states.values():
                state.holdings.clear()
        self._scene, self._now_s = scene, now_s
        fired = []
        for trigger, state in self._states.items():
            for one in _follow(trigger, state.holdings, seen, now_s):
                holding = state.holdings[one.person]
                is_due = now_s - holding.since_s >= trigger.hold_s - _TINY_S and not holding.has_fired
                rests = state.fired_s is not None and 0 <= now_s - state.fired_s < trigger.rest_s - _TINY_S
                if is_due and not rests:
                    holding.has_fired, state.fired_s = True, now_s
                    if trigger.is_own:
                        one = replace(one, expression=trigger.expression, probability=one.own[trigger.expression])
                    fired.append(Fired(trigger, one, now_s if at_s is None else at_s))
        return fired


def _follow(trigger: Trigger, holdings: dict[int, _Holding], seen: Sequence[Seen], now_s: float) -> list[Seen]:
    """Brings the holdings up to this frame; gives who holds the expression in it, once each."""
    held = {one.person: one for one in seen if _fits(trigger, one)}
    for person in [*holdings]:
        ended = person not in held and any(one.person == person for one in seen)
        if ended or now_s - holdings[person].last_s > GAP_S + _TINY_S:
            del holdings[person]
    for person in held:
        holdings.setdefault(person, _Holding(now_s, now_s)).last_s = now_s
    return list(held.values())


def _fits(trigger: Trigger, one: Seen) -> bool:
    if trigger.is_own:
        value = one.own.get(trigger.expression, 0.0)
    else:
        value = one.probability if one.expression == trigger.expression else 0.0
    return (
        # The least percentage is 1, so a value of 0 never fits.
        whole_percent(value) >= trigger.percent
        and (not trigger.person or one.name.casefold() == trigger.person.casefold())
    )
