"""Joins corrections that two programs made of the same recording at the same time."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeVar

from realtime_fer.core.corrections.annotations import Annotations

_T = TypeVar("_T")


def joined(base: Annotations, ours: Annotations, theirs: Annotations) -> Annotations:
    """Both sides' changes since ``base``. Where both changed the same, ours counts.

    Names, merges and hidden people are joined number by number; splits, markers and excluded spans as a whole.
    """
    if theirs == base:
        return ours
    merged = _by_number(base.merged, ours.merged, theirs.merged)
    return Annotations(
        names=MappingProxyType(_by_number(base.names, ours.names, theirs.names)),
        merged=ours.merged if _has_circle(merged) else MappingProxyType(merged),
        splits=ours.splits if ours.splits != base.splits else theirs.splits,
        hidden=(theirs.hidden | (ours.hidden - base.hidden)) - (base.hidden - ours.hidden),
        markers=ours.markers if ours.markers != base.markers else theirs.markers,
        excluded=ours.excluded if ours.excluded != base.excluded else theirs.excluded,
    )


def _by_number(base: Mapping[int, _T], ours: Mapping[int, _T], theirs: Mapping[int, _T]) -> dict[int, _T]:
    changed = {number for number in {*base, *ours} if base.get(number) != ours.get(number)}
    kept = {number: value for number, value in theirs.items() if number not in changed}
    return {**kept, **{number: ours[number] for number in changed if number in ours}}


def _has_circle(merged: Mapping[int, int]) -> bool:
    for number in merged:
        seen = {number}
        while (number := merged.get(number, -1)) != -1:
            if number in seen:
                return True
            seen.add(number)
    return False
