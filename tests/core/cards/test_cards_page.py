"""docs/cards.md names every field that is read of a card, and no other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from realtime_fer.core.cards.model_figures import balanced_accuracy
from realtime_fer.core.cards.model_spec import spec_from
from realtime_fer.core.errors import ModelError

#: A path on the page -> that of the example; the names of detectors, splits and classes are free.
FREE = {"DETECTOR": "mediapipe", "SPLIT": "PublicTest", "CLASS": "happy"}


#: Entries that the page tells as a whole, since their parts belong together.
WHOLE = ("prior", "metrics.SPLIT.at_standard")


class Noted(dict[str, Any]):
    """An object of a card that notes which of its entries are looked at."""

    def __init__(self, entries: dict[str, Any], read: set[str], prefix: str = "") -> None:
        self._read, self._prefix = read, prefix
        super().__init__(
            (key, Noted(part, read, f"{prefix}{key}.") if isinstance(part, dict) else part)
            for key, part in entries.items()
        )

    def __getitem__(self, key: str) -> Any:
        self._note(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self._note(key)
        return super().get(key, default)

    def _note(self, key: str) -> None:
        if not isinstance(super().get(key), dict):
            self._read.add(f"{self._prefix}{key}")


def put(card: dict[str, Any], place: str, value: Any) -> None:
    *holders, last = place.split(".")
    for key in holders:
        card = card.setdefault(key, {})
    card[last] = value


def example_place(place: str) -> str:
    return ".".join(FREE.get(part, part) for part in place.split("."))


@pytest.fixture(scope="module")
def rows(checkout: Path) -> list[tuple[str, ...]]:
    page = (checkout / "docs" / "cards.md").read_text(encoding="utf-8")
    table = page[page.index("<!-- fields:") : page.index("<!-- end of fields -->")]
    found = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line[:3] == "| `"]
    assert all(len(cells) == 5 for cells in found), "field, type, range, default, example"
    return [(cells[0].strip("`"), *cells[1:4], cells[4].strip("`")) for cells in found]


def card_of(rows: list[tuple[str, ...]]) -> dict[str, Any]:
    card: dict[str, Any] = {}
    for place, *_, example in rows:
        put(card, example_place(place), json.loads(example))
    return card


def test_the_page_names_the_fields_that_are_read_and_no_other(rows: list[tuple[str, ...]]) -> None:
    read: set[str] = set()
    spec = spec_from(Noted(card_of(rows), read), Path("mine.json"))
    assert spec.summary()
    assert balanced_accuracy(spec) is not None
    wholes = [example_place(place) for place in WHOLE]
    read = {next((whole for whole in wholes if entry.startswith(f"{whole}.")), entry) for entry in read}
    assert {example_place(place) for place, *_ in rows} == read


def test_the_examples_are_read_as_they_stand(rows: list[tuple[str, ...]]) -> None:
    spec = spec_from(card_of(rows), Path("mine.json"))
    assert (spec.input.scale, spec.input.mean, spec.input.std) == (0.00392156862745098, (0.5,), 0.25)
    assert spec.activation == "logits"
    assert spec.crop_for("mediapipe").shift_y == -0.05


def without(card: dict[str, Any], place: str) -> dict[str, Any]:
    changed = json.loads(json.dumps(card))
    holder = changed
    *holders, last = example_place(place).split(".")
    for key in holders:
        holder = holder[key]
    del holder[last]
    return changed


def test_a_default_is_what_stands_for_a_field_that_lacks(rows: list[tuple[str, ...]]) -> None:
    card = card_of(rows)
    for place, _, _, default, _ in rows:
        left = without(card, place)
        if not default.strip():
            with pytest.raises((ModelError, KeyError)):
                spec_from(left, Path("mine.json"))
        elif default.startswith("`") and place != "metrics.SPLIT.dataset":
            filled = without(card, place)
            put(filled, example_place(place), json.loads(default.strip("`")))
            one, other = (spec_from(each, Path("mine.json")) for each in (left, filled))
            names = ("input", "output", "activation", "crops", "dataset", "licence")
            assert [getattr(one, name) for name in names] == [getattr(other, name) for name in names], place


def bounds(rows: list[tuple[str, ...]]) -> Iterator[tuple[str, float, float]]:
    for place, _, told, _, _ in rows:
        match = re.fullmatch(r"(-?[\d.]+) to (10\^15|[\d.]+)", told.strip())
        if match:
            yield place, float(match[1]), 1e15 if "^" in match[2] else float(match[2])


def test_the_ranges_are_those_that_are_checked(rows: list[tuple[str, ...]]) -> None:
    ranges = list(bounds(rows))
    assert len(ranges) > 20
    for place, low, high in ranges:
        for value, fits in ((low, True), (high, True), (low - 1, False), (high * 2 + 1, False)):
            card = card_of(rows)
            put(card, example_place(place), value)
            if fits:
                spec_from(card, Path("mine.json"))
            else:
                with pytest.raises(ModelError, match=re.escape(example_place(place))):
                    spec_from(card, Path("mine.json"))
