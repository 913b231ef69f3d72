"""docs/models.md says of each network what its card says."""

from pathlib import Path

import pytest

from realtime_fer.core.cards.model_spec import ModelSpec, read_model_spec
from train.measure.model_table import network_section

CARDS = sorted((Path(__file__).parents[3] / "weights").glob("*.json"))


@pytest.fixture(scope="module")
def specs() -> list[ModelSpec]:
    return [read_model_spec(card) for card in CARDS]


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.stem)
def test_the_page_has_each_line_of_the_cards_section(card: Path, specs: list[ModelSpec], checkout: Path) -> None:
    page = (checkout / "docs" / "models.md").read_text(encoding="utf-8").splitlines()
    lines = network_section(read_model_spec(card), specs, {}).splitlines()
    assert len(lines) > 15
    assert [line for line in lines if line not in page] == []


def test_it_says_whether_faces_chose_the_epoch(specs: list[ModelSpec]) -> None:
    told = {spec.model_id: network_section(spec, specs, {}) for spec in specs}
    assert "Last epoch 50, " in told["fer-s"]
    assert "Best epoch 25, " in told["alexnet"]
