"""What a recording lacks: frames that were dropped, gaps, and times in which nobody was searched for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from realtime_fer.core.text.translation import Wording, said
from realtime_fer.report.figures import busy_seconds, gap_seconds, pause_seconds, unsearched_seconds
from realtime_fer.report.session import Gap, Session, number
from realtime_fer.report.words import bounded, lasting, percent, tr

_MOST_ROWS = 200
#: Shorter is told as 0.0 s, and so is not told.
_LEAST_S = 0.05
_DROPS = {
    "capture": Wording(
        "Report", "Frames that arrived while the previous one was still being analysed, and were skipped"
    ),
    "recording": Wording(
        "Report", "Frames that were analysed, but not written because the disk or the encoder was busy"
    ),
}
_PLACES = {"capture": Wording("Report", "capture"), "recording": Wording("Report", "recording")}


@dataclass(frozen=True)
class Losses:
    """What is missing.

    Attributes:
        drops: place, what, count, and share of all frames that arrived.
        gaps: each with its reason in words.
        sentences: how long the gaps lasted in all, by cause.
        beyond_s: seconds of gaps that the video does not show.
    """

    is_complete: bool
    drops: list[tuple[str, str, str, str]]
    gaps: list[tuple[Gap, str]]
    sentences: list[str]
    beyond_s: float
    unsearched_s: float


def losses(session: Session) -> Losses:
    return Losses(
        is_complete=session.facts.get("complete") is True,
        drops=_drops(session),
        gaps=[(gap, _why(gap)) for gap in session.gaps[:_MOST_ROWS]],
        sentences=_sentences(session),
        beyond_s=max(0.0, number(session.facts.get("not_in_film_s")) or 0.0),
        unsearched_s=unsearched_seconds(session),
    )


def _drops(session: Session) -> list[tuple[str, str, str, str]]:
    dropped = session.facts.get("dropped")
    counts = {
        str(place): int(count)
        for place, value in (dropped.items() if isinstance(dropped, Mapping) else ())
        if (count := number(value)) is not None and count >= 0
    }
    if not any(counts.values()):
        return []
    came = session.frames + sum(counts.values())
    return [
        (bounded(said(_PLACES.get(place, place))), said(_DROPS.get(place, "")), str(count), percent(count, came))
        for place, count in list(counts.items())[:_MOST_ROWS]
    ]


def _sentences(session: Session) -> list[str]:
    paused_s, busy_s = pause_seconds(session), busy_seconds(session)
    silent_s = gap_seconds(session) - paused_s - busy_s
    told = (
        (paused_s, tr("A person paused for {time} in all.", time=lasting(paused_s))),
        (
            busy_s,
            tr(
                "For {time} in all, frames arrived but this computer was too busy to analyse them.",
                time=lasting(busy_s),
            ),
        ),
        (
            silent_s,
            tr(
                "The source gave no frame for {time} in all: a video ended, the source changed, or it was lost.",
                time=lasting(silent_s),
            ),
        ),
    )
    return [sentence for seconds, sentence in told if seconds >= _LEAST_S]


def _why(gap: Gap) -> str:
    if not gap.paused_s:
        return tr("not analysed: the computer was busy") if gap.busy else tr("no frame from the source")
    if gap.end_s - gap.start_s - gap.paused_s < _LEAST_S:
        return tr("paused")
    return tr("paused for {time}, else no frame from the source", time=lasting(gap.paused_s))
