"""A card as sections: in display order, in the person's language, bounded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from realtime_fer.core.cards.card_sections import card_sections
from realtime_fer.core.cards.entries import MAX_ITEMS, MAX_LINES, number, share, title_of
from realtime_fer.core.cards.measured import confusion_of
from realtime_fer.core.cards.model_spec import read_model_spec
from realtime_fer.core.cards.sections import Bars, Confusion, Outline, Table
from realtime_fer.core.text.translation import in_language
from tests.core.cards.section_texts import texts_in
from tests.fakes import make_spec


def blocks_of(kind: type, *sections: Any) -> list[Any]:
    return [block for section in sections for block in section.blocks if isinstance(block, kind)]


def test_a_matrix_comes_in_display_order_by_the_names_of_expressions() -> None:
    written = {"classes": ["surprise", "happiness"], "counts": [[6, 2], [1, 3]]}
    assert confusion_of({"confusion": written}) == Confusion(["Happy", "Surprise"], [[3, 1], [2, 6]])


@pytest.mark.parametrize(
    "confusion",
    [
        None,
        [],
        {"classes": ["happy"], "counts": [[1]]},
        {"classes": ["happy", "sad"], "counts": [[1, 2]]},
        {"classes": ["happy", "sad"], "counts": [[1, 2], [3]]},
        {"classes": ["happy", "sad"], "counts": [[1, -2], [3, 4]]},
        {"classes": ["happy", "sad"], "counts": [[1, 2.5], [3, 4]]},
        {"classes": ["happy", 5], "counts": [[1, 2], [3, 4]]},
        {"classes": ["a"] * 500, "counts": [[1] * 500] * 500},
    ],
)
def test_an_unsound_matrix_is_shown_as_it_stands(confusion: Any) -> None:
    figures = {"accuracy": 0.75, "n": 12, "confusion": confusion}
    assert confusion_of(figures) is None
    told = card_sections(make_spec(metrics={"Test": figures}))
    assert "confusion" not in [section.kind for section in told]
    assert ("Confusion" in texts_in(told)) == bool(confusion)


def test_bars_come_in_display_order_and_say_what_the_model_does_not_know() -> None:
    spec = make_spec(metrics={"Test": {"recall": {"sad": 0.5, "happy": 0.9}, "support": {"sad": 24}}})
    (bars,) = blocks_of(Bars, *card_sections(replace(spec, class_names=("happy", "sad"))))
    told = [(bar.expression.key, bar.share, bar.figure, bar.faces) for bar in bars.rows if not bar.remark]
    assert told == [("happy", 0.9, "90.0\u00a0%", ""), ("sad", 0.5, "50.0\u00a0%", "N 24")]
    assert [bar.interval for bar in bars.rows if bar.interval] == ["31 to 69\u00a0%"]
    assert len(bars.rows) == 8


def test_numbers_and_words_are_in_the_persons_language(checkout: Path) -> None:
    spec = read_model_spec(checkout / "weights" / "fer-s.json")
    with in_language("de"):
        told = texts_in(card_sections(spec, 2.5))
        (accuracy,) = (section for section in card_sections(spec) if section.kind == "accuracy")
    assert "Trefferquote je Ausdruck, FER2013 PublicTest nach der Mehrheit von FER+" in told
    assert "Auf diesem Rechner braucht es 2,5 ms je Gesicht." in told
    assert not [text for text in told if "by FER+" in text and text not in spec.card["parity"]["on"]]
    (table,) = blocks_of(Table, accuracy)
    assert table.rows[0][1:3] == ("88,5\u00a0%", "67,7\u00a0%")


def test_of_the_speed_a_card_says_what_it_is_told(checkout: Path) -> None:
    spec = read_model_spec(checkout / "weights" / "fer-s.json")
    assert [text for text in texts_in(card_sections(spec)) if "not measured: the model" in text] == []
    assert "not measured: the model has not been loaded yet" in texts_in(card_sections(spec, 0.0))
    assert "2.5 ms per face" in texts_in(card_sections(spec, 2.5))


def test_what_nobody_knows_is_bounded_for_the_whole_card() -> None:
    wide = {f"key {at}": {"values": list(range(500))} for at in range(500)}
    spec = make_spec()
    sections = card_sections(
        replace(spec, card={"one": wide, "two": wide, "three": wide, **{f"n{at}": wide for at in range(90)}})
    )
    outlines = blocks_of(Outline, *sections)
    assert 0 < sum(len(outline.lines) for outline in outlines) <= 2 * MAX_LINES
    assert any(f"… and {500 - MAX_ITEMS} more" in text for text in texts_in(sections))


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "–"), (True, "yes"), (31860, "31\u202f860"), (0.12345, "0.1235"), ("x\x1by", "x y"), (10**30, str(10**30))],
)
def test_any_value_becomes_words(value: object, said: str) -> None:
    assert number(value) == said


def test_what_is_no_share_stays_what_it_is() -> None:
    assert (share(0.5), share(1.5), share("much")) == ("50.0\u00a0%", "1.5", "much")
    assert title_of("weight_decay") == "Weight decay"
