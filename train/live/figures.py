"""Figures of tracks: how often labels are correct, how steady they are, and how soon they follow a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.frame import UNCERTAIN
from train.live.playing import Track
from train.live.scenes import FPS

RESAMPLES = 2000
SEED = 2013

Counts = npt.NDArray[np.int64]


def figures_of(tracks: Sequence[Track], class_names: Sequence[str]) -> dict[str, Any]:
    """One model's figures.

    Args:
        class_names: the model's classes. Frames of an expression that it lacks count, and are never correct.

    Returns:
        ``classes``: by expression ``{"faces", "frames", "right", "wrong", "uncertain", "not_found"}`` as counts,
        with ``known`` (whether the model has the class) and ``called`` (frames by wrong label, most frequent first);
        ``balanced_accuracy``: the mean over the expressions of the share of correct frames, with its 95 % ``interval``
        over resamples of the scenes; ``balanced_of_named``: the same among the frames that were named; ``steadiness``,
        ``changes`` and ``faces`` as below. Shares are 0 to 1, None where the divisor is 0.
    """
    keys = _keys(tracks)
    counts = counted_by_scene(tracks, keys)
    total = counts.sum(0)
    classes = {
        key: {
            "faces": sum(key in track.truths for track in tracks),
            "frames": int(total[column, 0]),
            "right": int(total[column, 1]),
            "wrong": int(total[column, 2]),
            "uncertain": int(total[column, 3]),
            "not_found": int(total[column, 4]),
            "known": key in class_names,
            "called": _called(tracks, key),
        }
        for column, key in enumerate(keys)
    }
    return {
        "classes": classes,
        "frames": int(total[:, 0].sum()),
        "balanced_accuracy": _balanced(total[None], of_named=False),
        "interval": interval_of(resampled(counts)),
        "balanced_of_named": _balanced(total[None], of_named=True),
        "steadiness": steadiness(tracks),
        "changes": changes(tracks),
        "faces": finding(tracks),
    }


def _keys(tracks: Sequence[Track]) -> list[str]:
    there = {truth for track in tracks for truth in track.truths}
    return [key for key in EXPRESSION_KEYS if key in there]


def _called(tracks: Sequence[Track], key: str) -> dict[str, int]:
    wrong = Counter(
        shown
        for track in tracks
        for truth, shown in zip(track.truths, track.shown, strict=True)
        if truth == key and shown not in ("", UNCERTAIN, key)
    )
    return dict(wrong.most_common())


def counted_by_scene(tracks: Sequence[Track], keys: Sequence[str]) -> Counts:
    """int64 (scenes, C, 5): frames in all, correct, wrong, uncertain, not found."""
    scenes = sorted({track.scene for track in tracks})
    counts = np.zeros((len(scenes), len(keys), 5), np.int64)
    for track in tracks:
        row = scenes.index(track.scene)
        for truth, shown in zip(track.truths, track.shown, strict=True):
            if truth:
                column = keys.index(truth)
                kind = 4 if not shown else 3 if shown == UNCERTAIN else 1 if shown == truth else 2
                counts[row, column, 0] += 1
                counts[row, column, kind] += 1
    return counts


def _balanced(totals: Counts, of_named: bool) -> float | None:
    values = balanced_each(totals, of_named)
    return None if np.isnan(values[0]) else float(values[0])


def balanced_each(totals: npt.NDArray[Any], of_named: bool) -> npt.NDArray[np.float64]:
    """(r, C, kinds) -> (r,): the mean share of correct frames over the expressions that occur; NaN if none does.

    Args:
        totals: kinds as in ``counted_by_scene``; the first two suffice where all frames count.
    """
    right = totals[:, :, 1].astype(np.float64)
    frames = (totals[:, :, 1] + totals[:, :, 2] if of_named else totals[:, :, 0]).astype(np.float64)
    there = frames > 0
    shares = np.divide(right, frames, out=np.zeros_like(right), where=there)
    of = there.sum(1)
    return np.divide(shares.sum(1), of, out=np.full(len(totals), np.nan), where=of > 0)


def resampled(counts: Counts, resamples: int = RESAMPLES, seed: int = SEED) -> npt.NDArray[np.float64]:
    """(resamples,): balanced accuracies of a bootstrap over scenes or people (Efron 1979).

    Frames are not resampled, since those of one scene show the same faces. Every model gets the same draws, so that
    differences are paired.
    """
    n = len(counts)
    weights = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=resamples)
    return balanced_each(np.tensordot(weights, counts, axes=1), of_named=False)


def interval_of(values: npt.NDArray[np.float64]) -> list[float]:
    """The middle 95 %."""
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return [float(low), float(high)]


def difference(first: Sequence[Track], other: Sequence[Track]) -> dict[str, Any]:
    """The other model's balanced accuracy minus the first one's on the same scenes, with its 95 % interval."""
    keys = _keys(first)
    return difference_of(*(counted_by_scene(tracks, keys) for tracks in (first, other)))


def difference_of(first: Counts, other: Counts) -> dict[str, Any]:
    """As ``difference``, from counts by scene or by person."""
    a, b = (balanced_each(counts.sum(0)[None], of_named=False)[0] for counts in (first, other))
    return {"difference": float(b - a), "interval": interval_of(resampled(other) - resampled(first))}


def steadiness(tracks: Sequence[Track]) -> dict[str, Any]:
    """Label changes, 'uncertain' included, while the expression does not change."""
    changed = frames = 0
    for track in tracks:
        before = standing = ""
        for truth, shown in zip(track.truths, track.shown, strict=True):
            if truth != standing:
                standing, before = truth, ""
            if truth and shown:
                frames += 1
                changed += bool(before) and shown != before
                before = shown
    minutes = frames / FPS / 60
    return {"label_changes": changed, "minutes": minutes, "a_minute": changed / minutes if minutes else None}


def changes(tracks: Sequence[Track]) -> dict[str, Any]:
    """How soon a new expression is shown after it begins to appear.

    A face that had the new label already before the change says nothing about the delay; it counts as ``already``.
    ``median_s`` is over the changes that were shown; ``never`` counts the others.
    """
    shown_s: list[float] = []
    never = already = n = 0
    for track in tracks:
        if not track.after:
            continue
        n += 1
        before = [shown for t_s, shown in zip(track.t_s, track.shown, strict=True) if t_s < track.change_s and shown]
        if before and before[-1] == track.after:
            already += 1
            continue
        found = (
            t_s
            for t_s, shown in zip(track.t_s, track.shown, strict=True)
            if t_s >= track.change_s and shown == track.after
        )
        first_s = next(found, None)
        if first_s is None:
            never += 1
        else:
            shown_s.append(first_s - track.change_s)
    asked = n - already
    return {
        "n": n,
        "already": already,
        "shown": len(shown_s),
        "never": never,
        "never_share": never / asked if asked else None,
        "median_s": float(np.median(shown_s)) if shown_s else None,
    }


def finding(tracks: Sequence[Track]) -> dict[str, Any]:
    """How well faces are tracked: ``never`` found, ``lost`` after being found, and ``renumbered``."""
    lost = renumbered = never = 0
    for track in tracks:
        seen = [identity for identity in track.identities if identity >= 0]
        never += not seen
        renumbered += sum(a != b for a, b in pairwise(seen))
        lost += sum(a >= 0 > b for a, b in pairwise(track.identities))
    return {"n": len(tracks), "never": never, "lost": lost, "renumbered": renumbered}
