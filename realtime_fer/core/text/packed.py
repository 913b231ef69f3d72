"""Sentences that go from one process to another and keep what they need to be said in another language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from realtime_fer.core.text.translation import Wording

#: Sentences within sentences, at most: what another process sends is not trusted to end.
_DEEPEST = 8


def packed(sentence: str) -> Any:
    """A sentence as plain JSON values: a ``Wording`` with its template and values, other text as it is."""
    if not isinstance(sentence, Wording):
        return str(sentence)
    values = {name: _plain(value) for name, value in sentence.values.items()}
    return {"context": sentence.context, "template": sentence.template, "values": values}


def unpacked(value: Any) -> str:
    """The sentence that ``packed`` made; of anything else its text."""
    return _unpacked(value, _DEEPEST)


def _plain(value: object) -> Any:
    if isinstance(value, Wording):
        return packed(value)
    return value if isinstance(value, (int, float)) else str(value)


def _unpacked(value: Any, deepest: int) -> str:
    if not isinstance(value, Mapping) or not deepest:
        return str(value)
    told = value.get("values")
    values = {
        str(name): _unpacked(entry, deepest - 1) if isinstance(entry, Mapping) else entry
        for name, entry in (told if isinstance(told, Mapping) else {}).items()
    }
    try:
        return Wording(str(value.get("context", "")), str(value.get("template", "")), **values)
    except (KeyError, ValueError, IndexError, AttributeError, TypeError):
        return str(value.get("template", ""))
