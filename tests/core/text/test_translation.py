import pickle
from collections.abc import Iterator

import pytest

from realtime_fer.core.text.translation import (
    Wording,
    install_translator,
    join_sentences,
    language,
    said,
    translate,
    translate_card_text,
)


@pytest.fixture
def backwards() -> Iterator[None]:
    """A language whose words are written from right to left, but for the placeholders."""

    def mirrored(context: str, text: str) -> str:
        return " ".join(word if "{" in word else word[::-1] for word in text.split(" "))

    install_translator(mirrored, "xx")
    yield
    install_translator(None)


def test_without_a_translator_it_is_english_and_afterwards_again() -> None:
    assert (translate("Expression", "Happy"), language()) == ("Happy", "en")
    install_translator(lambda context, text: f"{context}: {text[::-1]}", "xx")
    try:
        assert (translate("Expression", "Happy"), language()) == ("Expression: yppaH", "xx")
    finally:
        install_translator(None)
    assert (translate("Expression", "Happy"), language()) == ("Happy", "en")


def test_a_wording_is_english_until_it_is_said(backwards: None) -> None:
    wording = Wording("Source", "There is no camera {number} at {place}.", number=3, place="a{b}c")
    assert wording == str(wording) == f"{wording}" == "There is no camera 3 at a{b}c."
    assert wording.said == said(wording) == "erehT si on aremac 3 at a{b}c.".replace("at", "ta")


def test_a_wording_within_another_is_said_in_the_same_language(backwards: None) -> None:
    named = Wording("Source", "{name} is silent", name=Wording("Source", "Camera {number}", number=2))
    assert named == "Camera 2 is silent"
    assert named.said == "aremaC 2 si tnelis"


def test_joined_sentences_keep_their_languages_and_leave_nothing_between(backwards: None) -> None:
    row = join_sentences("", Wording("Source", "No camera"), "", "as {it} is")
    assert row == "No camera as {it} is"
    assert said(row) == "oN aremac as {it} is"
    assert (join_sentences(), join_sentences("", "")) == ("", "")


def test_what_is_no_wording_is_said_as_it_is(backwards: None) -> None:
    assert (said("plain"), said(7)) == ("plain", 7)
    assert Wording("Source", "").said == ""


def test_without_values_braces_are_signs_like_others() -> None:
    assert Wording("Source", "a {b} c").said == "a {b} c"


@pytest.mark.parametrize("text", ["lone \ud800", "zero \0 byte"])
def test_what_cannot_be_translated_stays_as_it_is(text: str) -> None:
    def encoded(context: str, text: str) -> str:
        return text.encode().decode().split("\0")[0].upper()

    install_translator(encoded, "xx")
    try:
        assert (translate("Card", text), translate_card_text(text), translate_card_text(7)) == (text, text, 7)
        assert translate_card_text("guesses") == "GUESSES"
    finally:
        install_translator(None)


def test_a_wording_survives_the_way_to_another_process(backwards: None) -> None:
    copy = pickle.loads(pickle.dumps(Wording("Source", "no {thing}", thing="camera")))
    assert (copy, copy.said) == ("no camera", "on camera")
