"""A card is shown only for the network that was recorded."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from realtime_fer.core.cards.card_sections import card_sections
from realtime_fer.core.cards.model_spec import ModelSpec, read_model_spec
from realtime_fer.core.text.translation import in_language
from realtime_fer.report.page import make_report
from tests.core.cards.section_texts import texts_in
from tests.report.conftest import MakeSession
from tests.report.test_page import Page
from tests.sinks.conftest import build_result, other_comparison


@pytest.fixture
def spec(checkout: Path) -> ModelSpec:
    return read_model_spec(checkout / "weights" / "fer-s-7.json")


def recorded_with(make_session: MakeSession, spec: ModelSpec) -> Path:
    return make_session(
        [
            build_result(n / 10, model_id=spec.model_id, model_sha256=spec.sha256, class_names=spec.class_names)
            for n in range(5)
        ]
    )


def text_of(folder: Path, spec: ModelSpec) -> str:
    return Page(make_report(folder, {spec.model_id: spec})).text


def test_the_card_of_the_recorded_network_is_shown_without_a_doubt(make_session: MakeSession, spec: ModelSpec) -> None:
    text = text_of(recorded_with(make_session, spec), spec)
    assert "Known limits" in text
    assert "Another version" not in text
    assert "which may be another" not in text


@pytest.mark.parametrize("language", ["en", "de"])
def test_all_of_the_card_is_told(make_session: MakeSession, spec: ModelSpec, language: str) -> None:
    with in_language(language):
        text = text_of(recorded_with(make_session, spec), spec)
        told = texts_in(card_sections(spec))
    assert [each for each in told if " ".join(each.split()) not in text] == []
    assert "not measured: the model has not" not in text, "a recording says nothing of this computer's speed"


@pytest.mark.parametrize("change", ["network", "classes"])
def test_the_card_of_another_version_is_not(make_session: MakeSession, spec: ModelSpec, change: str) -> None:
    folder = recorded_with(make_session, spec)
    classes = spec.class_names[::-1]
    text = text_of(
        folder, replace(spec, sha256="f" * 64) if change == "network" else replace(spec, class_names=classes)
    )
    assert "Another version of this model is on this computer" in text
    assert spec.sha256 in text
    assert "It tells 7 expressions apart" in text, "what was recorded, not what is here"
    assert "Known limits" not in text
    assert f"{100 * spec.accuracies()[0][0]:.1f} %" not in text


def test_without_a_hash_it_is_said_that_it_cannot_be_told(make_session: MakeSession, spec: ModelSpec) -> None:
    older, lost = recorded_with(make_session, spec), recorded_with(make_session, spec)
    facts = json.loads((older / "session.json").read_text())
    for use in facts["models"]:
        del use["sha256"], use["class_names"]
    (older / "session.json").write_text(json.dumps(facts))
    (lost / "session.json").unlink()
    for folder in (older, lost):
        text = text_of(folder, spec)
        assert "which may be another" in text
        assert "Known limits" in text


def test_two_networks_that_had_one_name_are_two(make_session: MakeSession, spec: ModelSpec) -> None:
    results = [
        build_result(
            n / 10,
            model_id=spec.model_id,
            model_sha256=spec.sha256 if n < 5 else "e" * 64,
            class_names=spec.class_names,
            comparison=replace(other_comparison(), model_sha256="d" * 64),
        )
        for n in range(10)
    ]
    text = text_of(make_session(results), spec)
    assert "Known limits" in text
    assert text.count("Another version of this model is on this computer") == 1
    assert "e" * 64 in text
    assert "d" * 64 in text, "the second model's too"
