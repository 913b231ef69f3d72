"""When triggers would have fired in the last minute, by what the timeline kept of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.frame import UNCERTAIN
from realtime_fer.core.text.numbers import whole
from realtime_fer.core.text.translation import translate
from realtime_fer.core.triggers.machine import Seen, TriggerMachine
from realtime_fer.core.triggers.trigger import Trigger
from realtime_fer.gui.timeline.expression_history import NOT_NAMED, STEP_S, STEPS, ExpressionHistory
from realtime_fer.gui.widgets.plain_text import plain

#: Times that are told one by one.
_MOST_TOLD = 6


@dataclass(frozen=True)
class WouldHaveFired:
    """``ago_s`` before the newest picture; ``who`` is 'Anna' or '#3'."""

    ago_s: float
    who: str


def dry_run(history: ExpressionHistory, trigger: Trigger) -> list[WouldHaveFired]:
    """In the order of time. It sees one picture in a tenth of a second, so it may miss what was shorter."""
    machine = TriggerMachine([trigger])
    fired = []
    for step, seen in enumerate(_minute(history, trigger.expression if trigger.is_own else "")):
        for one in machine.see(step * STEP_S, 0, seen):
            fired.append(WouldHaveFired((STEPS - 1 - step) * STEP_S, one.who))
    return fired


def _minute(history: ExpressionHistory, own: str) -> Sequence[Sequence[Seen]]:
    """Who was seen in each step; ``own``: the own expression whose values count, or ''."""
    steps: list[list[Seen]] = [[] for _ in range(STEPS)]
    for person in history.people():
        name, kept = history.said.name_of(person), history.of(person)
        values = history.values_of(person, own).tolist() if own else []
        for step, position in enumerate(kept.named.tolist()):
            known = {own: values[step]} if own and math.isfinite(values[step]) else {}
            if position >= 0:
                share = float(kept.shares[step, position])
                steps[step].append(Seen(person, name, EXPRESSION_KEYS[position], share, known))
            elif position == NOT_NAMED:
                steps[step].append(Seen(person, name, UNCERTAIN, 0.0, known))
    return steps


def dry_run_sentence(history: ExpressionHistory, trigger: Trigger) -> str:
    """'In the last minute it would have fired twice: …'."""
    if history.newest_step is None or not history.people():
        return translate("DryRun", "Nobody was in view in the last minute, so it would not have fired.")
    fired = dry_run(history, trigger)
    if not fired:
        return translate("DryRun", "In the last minute it would not have fired.")
    told = ", ".join(
        translate("DryRun", "{seconds} s ago ({who})").format(seconds=round(one.ago_s), who=plain(one.who))
        for one in fired[-_MOST_TOLD:]
    )
    if len(fired) > _MOST_TOLD:
        told = "… " + told
    if len(fired) == 1:
        return translate("DryRun", "In the last minute it would have fired once: {times}.").format(times=told)
    return translate("DryRun", "In the last minute it would have fired {count} times: {times}.").format(
        count=whole(len(fired)), times=told
    )
