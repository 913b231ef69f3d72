"""From rows to events: how long each person showed one expression without a break."""

from __future__ import annotations

from dataclasses import dataclass

from realtime_fer.review.rows import ReviewedTable, Row

#: A person who is not seen for longer than this begins anew; the tracker bridges less.
LONGEST_BREAK_S = 0.5


@dataclass(frozen=True)
class ExpressionEvent:
    """One person, one expression, from ``start_s`` to ``end_s`` in the video.

    Attributes:
        expression: a class key, 'uncertain', 'not analysed' or ''.
        probability: the mean, smoothed; None without a model.
        frames: rows it is made of.
    """

    person: int
    expression: str
    start_s: float
    end_s: float
    probability: float | None
    frames: int


def events_of(table: ReviewedTable) -> list[ExpressionEvent]:
    """All events, in the order of their beginnings."""
    longest = max(LONGEST_BREAK_S, 3 * table.step_s)
    open_runs: dict[int, list[Row]] = {}
    events: list[ExpressionEvent] = []
    for row in table.rows:
        run = open_runs.get(row.person)
        if run and (row.expression != run[-1].expression or row.time_s - run[-1].time_s > longest):
            # An expression that follows at once ends where the next begins, so that no instant is nobody's.
            follows = row.time_s - run[-1].time_s <= longest
            events.append(_event(run, row.time_s if follows else run[-1].time_s + table.step_s))
            run = None
        if run is None:
            run = open_runs[row.person] = []
        run.append(row)
    events += [_event(run, run[-1].time_s + table.step_s) for run in open_runs.values()]
    return sorted(events, key=lambda event: (event.start_s, event.person))


def _event(run: list[Row], end_s: float) -> ExpressionEvent:
    known = [value for row in run if (value := row.probability) is not None]
    mean = sum(known) / len(known) if known else None
    return ExpressionEvent(run[0].person, run[0].expression, run[0].time_s, end_s, mean, len(run))
