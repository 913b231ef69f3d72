"""How two people's expressions go together, of one recording or of those that were made at the same time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from realtime_fer.core.errors import ReportError
from realtime_fer.core.face_features.pleasantness import PLEASANTNESS
from realtime_fer.core.system.bounded_files import read_regular
from realtime_fer.core.text.numbers import decimal, significant
from realtime_fer.report.session import MAX_FACTS_BYTES, Session, number, read_session
from realtime_fer.report.synchrony import LEAST_S, LONGEST_LAG_S, STEP_S, SURROGATES, WINDOW_S, Series, synchrony
from realtime_fer.report.table import Person
from realtime_fer.report.words import bounded, tr, who

#: Pairs that are shown: those that were in view together longest.
_MOST_PAIRS = 3

#: Recordings of one run that are looked at, and folders that are searched for them.
_MOST_TOGETHER, _MOST_SEARCHED = 3, 300


@dataclass(frozen=True)
class SynchronyView:
    """``rows``: two names, measure, correlation, lag in seconds, what chance reaches, p, windows."""

    rows: list[tuple[str, ...]]
    method: str
    reading: list[str]


@dataclass(frozen=True)
class _Seen:
    name: str
    person: Person
    later_s: float

    @property
    def span_s(self) -> tuple[float, float]:
        times = self.person.time_s
        return float(times[0]) + self.later_s, float(times[-1]) + self.later_s


def _titles() -> dict[str, str]:
    return {
        PLEASANTNESS: tr("Pleasantness"),
        "smile": tr("Smile"),
        "inner_brows_up": tr("Brows raised"),
        "brows_lowered": tr("Brows lowered"),
    }


def synchrony_view(session: Session) -> SynchronyView | None:
    """None where no two people are in view together for long enough."""
    people = list(_people(session))
    pairs = sorted(combinations(people, 2), key=lambda pair: -_together_s(*pair))
    rows: list[tuple[str, ...]] = []
    for first, second in pairs[:_MOST_PAIRS]:
        if _together_s(first, second) < LEAST_S:
            continue
        for measure, title in _titles().items():
            found = synchrony(_series(first, measure), _series(second, measure))
            if found is None:
                continue
            rows.append(
                (
                    f"{first.name} – {second.name}",
                    title,
                    decimal(found.correlation, 2),
                    decimal(found.lag_s),
                    decimal(found.by_chance, 2),
                    significant(found.chance, 2),
                    str(found.windows),
                )
            )
    if not rows:
        return None
    method = tr(
        "Windowed cross-correlation (Boker et al., 2002): windows of {window} s, one every {step} s, the second "
        "person up to {lag} s earlier or later; the mean over the windows, at the lag where it is largest. By chance: "
        "what 95 % of {count} pairs stay below in which the second person is moved in time, so that the two did not "
        "meet; p is the share of those that reach as much.",
        window=f"{WINDOW_S:g}",
        step=f"{STEP_S:g}",
        lag=f"{LONGEST_LAG_S:g}",
        count=SURROGATES,
    )
    reading = [
        tr("A positive lag means that the second person follows the first; near 0 s they move together."),
        tr(
            "Two people who watch the same thing move together without noticing each other. This does not say "
            "who causes what, or what anybody feels."
        ),
    ]
    if len(rows) > 1:
        told = tr(
            "Of {count} rows, {expected} fall below p = 0.05 by chance alone.",
            count=len(rows),
            expected=decimal(len(rows) * 0.05),
        )
        reading.append(told)
    return SynchronyView(rows, method, reading)


def _people(session: Session) -> Iterator[_Seen]:
    others = list(_recorded_together(session))
    named = bool(others)
    for one, later_s in ((session, 0.0), *others):
        source = bounded(one.facts.get("source", ""), 40) or bounded(one.folder.name, 40)
        for person in one.table.people:
            if len(person.time_s) > 1:
                name = who(person.face_id, person.name)
                yield _Seen(f"{name} ({source})" if named else name, person, later_s)


def _together_s(first: _Seen, second: _Seen) -> float:
    (begin, end), (other_begin, other_end) = first.span_s, second.span_s
    return min(end, other_end) - max(begin, other_begin)


def _series(seen: _Seen, measure: str) -> Series:
    return seen.person.time_s + seen.later_s, seen.person.measure(measure)


def _recorded_together(session: Session) -> Iterator[tuple[Session, float]]:
    """Other recordings of the same run of several sources, and how much later each began."""
    run, began_s = _run_of(session.facts.get("together"))
    if not run:
        return
    found = 0
    folder = session.folder.resolve()
    for path in sorted(folder.parent.glob(f"{folder.name[:10]}*/session.json"))[:_MOST_SEARCHED]:
        other, other_s = _run_of(_together_in(path))
        if path.parent == folder or other != run or found >= _MOST_TOGETHER:
            continue
        try:
            yield read_session(path.parent), other_s - began_s
        except ReportError:
            continue
        found += 1


def _together_in(path: Path) -> object:
    try:
        facts = json.loads(read_regular(path, MAX_FACTS_BYTES))
    except (OSError, ValueError, RecursionError):
        return None
    return facts.get("together") if isinstance(facts, dict) else None


def _run_of(together: object) -> tuple[str, float]:
    """The run's id and the clock's seconds at the first frame; '' where it is of none."""
    if not isinstance(together, dict) or not isinstance(together.get("run"), str):
        return "", 0.0
    began_s = number(together.get("monotonic_s"))
    return ("", 0.0) if began_s is None else (together["run"], began_s)
