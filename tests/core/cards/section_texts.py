"""What a list of sections says, for tests that look for it on a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from realtime_fer.core.cards.sections import CardSection
from realtime_fer.core.expressions import Expression


def texts_in(sections: Sequence[CardSection]) -> list[str]:
    """Every title, text and number, in order."""
    return [text for section in sections for value in (section.title, *section.blocks) for text in _texts(value)]


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, Expression):
        yield value.title
    elif isinstance(value, str):
        if value.strip():
            yield value
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _texts(part)
    elif hasattr(value, "__dataclass_fields__"):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))
