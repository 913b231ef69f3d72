"""The report in another language than English: nothing of its own words is left in English."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from realtime_fer.core.cards.model_spec import read_model_spec
from realtime_fer.core.errors import SinkError
from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.text.translation import install_translator
from realtime_fer.report.page import make_report
from realtime_fer.report.words import clock, lasting, percent
from tests.report.conftest import MakeSession
from tests.report.test_page import Page

_WORD = re.compile(r"[A-Za-z]{2,}")


@pytest.fixture
def shouting() -> Iterator[None]:
    """A language that is English in capitals, with a comma before tenths."""

    def shouted(context: str, text: str) -> str:
        if text == ".":
            return ","
        return "".join(part if part.startswith("{") else part.upper() for part in re.split(r"(\{.*?\})", text))

    install_translator(shouted, "xx")
    yield
    install_translator(None)


def test_all_of_the_pages_own_words_are_translated(make_session: MakeSession, checkout: Path, shouting: None) -> None:
    spec = read_model_spec(checkout / "weights" / "fer-s.json")
    folder = make_session(markers={7: "laughs"})
    text = make_report(folder, {"m7": spec})
    assert '<html lang="xx">' in text
    page = Page(text)
    # What others wrote: the card, the session's facts, the note of a marker.
    assert "IT NAMES WHAT A FACE SHOWS, NOT WHAT A PERSON FEELS" in page.text
    sentences = ("limits", "intended_use", "excluded_use")
    card = {key: value for key, value in spec.card.items() if key not in sentences}
    foreign = json.dumps([card, json.loads((folder / "session.json").read_text())], ensure_ascii=False)
    theirs = set(_WORD.findall(foreign)) | set(_WORD.findall(spec.summary())) | {"laughs", folder.name}
    theirs |= {"Realtime", "min", "csv", "json", "PublicTest", "UTC", "MediaPipe", "Brier"} | set(
        _WORD.findall(folder.name)
    )
    told = [*page.words, *(attributes["alt"] or "" for attributes in page.of("img"))]
    told += [attributes.get("aria-label") or "" for _, attributes in page.tags]
    # An entry that nobody knows is named by its key: 'Weight decay'.
    theirs = {word.lower() for word in theirs}
    unsaid = {
        word for words in told for word in _WORD.findall(words) if not word.isupper() and word.lower() not in theirs
    }
    assert unsaid == set()
    assert EXPRESSIONS[1].title in page.text
    assert "WHAT THIS PAGE CAN AND CANNOT TELL" in page.text


def test_figures_take_the_languages_decimal_sign(shouting: None) -> None:
    assert (clock(7.5), lasting(0.4), lasting(723), percent(1, 30), percent(1, 2)) == (
        "0:07,5",
        "0,4 s",
        "12 min 03 s",
        "3,3\u00a0%",
        "50\u00a0%",
    )


def test_why_a_recording_ended_early_is_told_in_the_readers_language(
    make_session: MakeSession, monkeypatch: pytest.MonkeyPatch, shouting: None
) -> None:
    folder = make_session()
    path = folder / "session.json"
    facts = json.loads(path.read_text())
    error = SinkError("'{path}' cannot be written: {reason}.", path="Video{0}.mp4", reason="Permission denied")
    facts["ended_early"] = str(error)
    path.write_text(json.dumps(facts))
    assert "RECORDING ENDED EARLY: 'Video{0}.mp4' cannot be written" in Page(make_report(folder, {})).text
    facts["ended_early_parts"] = {"template": error.wording.template, "values": error.wording.values}
    path.write_text(json.dumps(facts))
    assert "'VIDEO{0}.MP4' CANNOT BE WRITTEN: PERMISSION DENIED." in Page(make_report(folder, {})).text


@pytest.mark.parametrize("parts", [7, {}, {"template": "{a.b}", "values": 3}, {"template": "x {a.b}", "values": {}}])
def test_parts_that_make_no_sentence_leave_the_english_one(
    make_session: MakeSession, shouting: None, parts: object
) -> None:
    folder = make_session()
    path = folder / "session.json"
    path.write_text(
        json.dumps({**json.loads(path.read_text()), "ended_early": "It is full.", "ended_early_parts": parts})
    )
    assert "It is full." in make_report(folder, {})
