import errno
from collections.abc import Iterator

import pytest

from realtime_fer.core.errors import COMMON_REASONS, ModelError, SinkError, SourceError, reason_of
from realtime_fer.core.text.translation import Wording, install_translator, said


@pytest.fixture
def told() -> Iterator[list[tuple[str, str]]]:
    """Context and text of everything that was asked for in the language of shouting."""
    asked: list[tuple[str, str]] = []

    def shouted(context: str, text: str) -> str:
        asked.append((context, text))
        return text.replace("There is no", "THERE IS NO").replace("Check", "CHECK").replace("denied", "DENIED")

    install_translator(shouted, "xx")
    yield asked
    install_translator(None)


def test_an_error_is_english_and_can_be_said(told: list[tuple[str, str]]) -> None:
    error = SourceError("There is no file '{path}'.", "Check the name of {path}.", path="{a}")
    assert (str(error), error.hint) == ("There is no file '{a}'.", "Check the name of {a}.")
    assert error.sentence() == "There is no file '{a}'. Check the name of {a}."
    assert said(error.sentence()) == "THERE IS NO file '{a}'. CHECK the name of {a}."
    assert ("Source", "Check the name of {path}.") in told


def test_ready_sentences_stay_as_they_are(told: list[tuple[str, str]]) -> None:
    error = SinkError("There is no room in {here}.")
    assert (str(error), error.hint, error.sentence()) == ("There is no room in {here}.", "", str(error))
    assert said(error.sentence()) == "THERE IS NO room in {here}."


def test_one_error_passes_on_anothers_sentence_in_its_own_context(told: list[tuple[str, str]]) -> None:
    inner = ModelError("There is no class {name}", name="joy")
    outer = SourceError("The card is not usable: {reason}.", reason=inner.wording)
    assert str(outer) == "The card is not usable: There is no class joy."
    assert said(outer.sentence()) == "The card is not usable: THERE IS NO class joy."
    assert ("Model", "There is no class {name}") in told
    assert str(SourceError(inner.wording)) == "There is no class joy"


def test_what_the_system_says_is_said_where_it_is_known(told: list[tuple[str, str]]) -> None:
    reason = reason_of(PermissionError(errno.EACCES, "Permission denied", "video.mp4"))
    assert (reason, said(reason)) == ("Permission denied", "Permission DENIED")
    assert reason in COMMON_REASONS
    assert [reason_of(error) for error in (ValueError("odd."), KeyError(), OSError())] == ["odd", "KeyError", "OSError"]
    assert isinstance(reason, Wording)
