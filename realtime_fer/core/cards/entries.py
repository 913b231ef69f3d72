"""A card's entries in words, whatever they are: bounded, printable, in the person's language."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeGuard

from realtime_fer.core.cards.sections import Block, Facts, Outline
from realtime_fer.core.text.numbers import decimal, percent, significant, whole
from realtime_fer.core.text.printable import printable_text
from realtime_fer.core.text.translation import Wording

#: The most that is shown of one text, of one list, and of all entries of a card that are shown as they stand.
MAX_TEXT, MAX_ITEMS, MAX_LINES, MAX_DEPTH = 2000, 40, 300, 6

_CONTEXT = "ModelCard"
_MAX_KEY, _MAX_ODD_VALUE = 60, 200


def tr(template: str, /, **values: object) -> str:
    """``template`` in the person's language with the values filled in."""
    return Wording(_CONTEXT, template, **values).said


def text_of(value: object, longest: int = MAX_TEXT) -> str:
    return printable_text(value, longest)


def title_of(key: object) -> str:
    """'weight_decay' -> 'Weight decay'."""
    text = text_of(key, _MAX_KEY).replace("_", " ").strip()
    return text[:1].upper() + text[1:]


def is_number(value: object) -> TypeGuard[int | float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def is_share(value: object) -> TypeGuard[int | float]:
    return is_number(value) and 0 <= value <= 1


def number(value: object) -> str:
    """Any of JSON's plain values: thousands apart, fractions to four digits."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, int) and abs(value) < 10**18:
        return whole(value)
    if isinstance(value, float) and math.isfinite(value):
        return significant(value)
    return text_of(value, _MAX_ODD_VALUE)


def figure(value: object) -> str:
    """A measured figure with three decimals; anything else as it is."""
    return decimal(value, 3) if is_number(value) and abs(value) < 1000 else number(value)


def share(value: object) -> str:
    """0.628 -> '62.8 %'; anything else as it is."""
    return percent(value, 1) if is_share(value) else number(value)


def entry(value: Any) -> str:
    """Any entry in one line; '' for none."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return "; ".join(f"{title_of(key)} {number(part)}" for key, part in list(value.items())[:MAX_ITEMS])
    return _plain(value)


def facts(rows: Sequence[tuple[str, str]]) -> list[Block]:
    """Those that have a value; nothing where none has."""
    told = [(title, value) for title, value in rows if value]
    return [Facts(told)] if told else []


def _plain(value: object) -> str:
    if isinstance(value, list):
        return _listed(value)
    if isinstance(value, Mapping):
        return tr("none")
    return text_of(value) if isinstance(value, str) else number(value)


def _listed(values: Sequence[object]) -> str:
    """A list in one line; of lists and objects in it only that they are there."""
    shown = ", ".join("…" if isinstance(value, (Mapping, list)) else _plain(value) for value in values[:MAX_ITEMS])
    rest = len(values) - MAX_ITEMS
    if rest > 0:
        return tr("{shown} … and {rest} more", shown=shown, rest=rest)
    return shown or tr("none")


def _is_nested(value: object) -> bool:
    """Whether it takes more than one line."""
    if isinstance(value, list):
        return any(isinstance(item, (Mapping, list)) for item in value)
    return isinstance(value, Mapping) and bool(value)


class PlainEntries:
    """Entries that the page knows no form for, as they stand, up to a bound for all of a card."""

    def __init__(self) -> None:
        self._left = MAX_LINES

    def blocks(self, entries: Mapping[Any, Any], but: Collection[object] = ()) -> list[Block]:
        """All entries but those whose keys are given."""
        entries = {key: value for key, value in entries.items() if key not in but}
        single = [key for key, value in entries.items() if not _is_nested(value)][: max(0, min(MAX_ITEMS, self._left))]
        self._left -= len(single)
        taken = set(single)
        lines: list[tuple[int, str, str]] = []
        self._outline({key: value for key, value in entries.items() if key not in taken}, 0, lines)
        named = facts([(title_of(key), _plain(entries[key])) for key in single])
        return [*named, Outline(lines)] if lines else named

    def _outline(self, entries: Any, depth: int, lines: list[tuple[int, str, str]]) -> None:
        is_object = isinstance(entries, Mapping)
        children = list(entries.items()) if is_object else [("–", value) for value in entries]
        for position, (key, value) in enumerate(children):
            if self._left <= 0 or position >= MAX_ITEMS:
                more = tr("… and {number} more", number=number(len(children) - position))
                lines.append((depth, more, ""))
                return
            self._left -= 1
            name = title_of(key) if is_object else key
            if not _is_nested(value):
                lines.append((depth, name, _plain(value)))
            elif depth >= MAX_DEPTH:
                lines.append((depth, name, "…"))
            else:
                lines.append((depth, name, ""))
                self._outline(value, depth + 1, lines)
