"""Checks the values of a card: type and range. A wrong value raises a ModelError that names its entry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from realtime_fer.core.cards.card_file import Quoted, one_line
from realtime_fer.core.errors import ModelError


def number(value: Any, name: str, low: float, high: float) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ModelError("'{name}' must be a number, got {value!r}", name=one_line(name), value=Quoted(value))
    # Compared before conversion: a huge integer does not fit a float. NaN is in no range.
    if not low <= value <= high:
        raise ModelError(
            "'{name}' must be {low} to {high}, got {value!r}",
            name=one_line(name),
            low=low,
            high=high,
            value=Quoted(value),
        )
    return float(value)


def whole(value: Any, name: str, low: int, high: int) -> int:
    found = number(value, name, low, high)
    if not found.is_integer():
        raise ModelError("'{name}' must be a whole number, got {value!r}", name=name, value=Quoted(value))
    return int(found)


def text(value: Any, name: str, most: int) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ModelError("'{name}' must be a text, got {value!r}", name=name, value=Quoted(value))
    if len(value) > most:
        raise ModelError(
            "'{name}' must have at most {most} characters, got {count}", name=name, most=most, count=len(value)
        )
    return value


def mapping(value: Any, name: str, most: int = 1000) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ModelError("'{name}' must be an object, got {value!r}", name=one_line(name), value=Quoted(value))
    if len(value) > most:
        raise ModelError(
            "'{name}' must have {most} entries at most, got {count}", name=one_line(name), most=most, count=len(value)
        )
    return value


def check_numbers(
    entries: Mapping[str, Any], ranges: Mapping[str, tuple[float, float]], prefix: str, or_text: bool = False
) -> None:
    """Checks the entries that are present; null stands for a figure that could not be measured."""
    for key, (low, high) in ranges.items():
        value = entries.get(key)
        if value is not None and not (or_text and isinstance(value, str)):
            number(value, f"{prefix}{key}", low, high)


def numbers(value: Any, name: str, low: float, high: float, most: int) -> float | tuple[float, ...]:
    """One number, or a list of ``most`` numbers, one per channel."""
    if not isinstance(value, list):
        return number(value, name, low, high)
    if len(value) != most:
        raise ModelError(
            "'{name}' must be a number or a list of {count}, one for each channel, got {value!r}",
            name=name,
            count=most,
            value=Quoted(value),
        )
    return tuple(number(part, name, low, high) for part in value)


def choice(value: Any, name: str, known: Sequence[str]) -> str:
    if not isinstance(value, str) or value not in known:
        raise ModelError(
            "'{name}' must be one of {known}, got {value!r}", name=name, known=", ".join(known), value=Quoted(value)
        )
    return value
