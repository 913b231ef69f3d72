"""Takes what was said of the people while a recording runs into its corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from realtime_fer.core.corrections.annotations import Annotations
from realtime_fer.core.people import People

_T = TypeVar("_T")


def with_people(annotations: Annotations, before: People, now: People) -> Annotations:
    """The corrections with ``now`` in place of ``before``, which was taken in last.

    What a review changed in the file meanwhile stays, unless ``now`` says something new about the same number.
    """
    said = _taken_in(annotations.merged, before.merged, now.merged)
    merged: dict[int, int] = {}
    for one, into in said.items():
        if one not in _chain(merged, into):
            merged[one] = into
    names = _taken_in(annotations.names, _names(before), _names(now))
    hidden = (annotations.hidden - (before.hidden - now.hidden)) | (now.hidden - before.hidden)
    return replace(annotations, names=MappingProxyType(names), merged=MappingProxyType(merged), hidden=hidden)


def _names(people: People) -> dict[int, str]:
    """By the number that the person is shown by, as a review has them."""
    return {people.person_of(number): people.name_of(number) for number in people.names}


def _taken_in(kept: Mapping[int, _T], before: Mapping[int, _T], now: Mapping[int, _T]) -> dict[int, _T]:
    """``kept`` without what ``before`` put there, and with what ``now`` says and nobody has changed since."""
    others = {number: value for number, value in kept.items() if before.get(number) != value}
    own = {number: value for number, value in now.items() if before.get(number) != value or kept.get(number) == value}
    return {**others, **own}


def _chain(merged: Mapping[int, int], number: int) -> set[int]:
    """The number and whoever it is merged into, step by step."""
    seen = {number}
    while (number := merged.get(number, -1)) != -1 and number not in seen:
        seen.add(number)
    return seen
