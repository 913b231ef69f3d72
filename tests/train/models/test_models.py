from pathlib import Path

import pytest

torch = pytest.importorskip("torch")

from train.fit.network_facts import parameters  # noqa: E402
from train.models import NETWORKS, create_model  # noqa: E402
from train.recipe import MODELS, read_recipe  # noqa: E402

RECIPES = Path(__file__).resolve().parents[3] / "train" / "recipes"


def test_every_network_has_a_recipe_of_its_name() -> None:
    assert tuple(NETWORKS) == MODELS
    recipes = {path.stem: path for path in RECIPES.rglob("*.toml")}
    for model in MODELS:
        assert read_recipe(recipes[model]).model == model


@pytest.mark.parametrize("model", MODELS)
def test_a_network_gives_logits_for_any_number_of_faces(model: str) -> None:
    network = create_model(model, 6, 8).eval()
    faces = torch.randint(0, 256, (3, 1, 48, 48)).float()
    with torch.inference_mode():
        logits, votes = network.forward_both(faces)
        alone = network(faces[:1])
    assert logits.shape == (3, 6)
    assert votes.shape == (3, 8)
    assert torch.allclose(alone, logits[:1], atol=1e-4)
    assert create_model(model, 7).forward_both(torch.zeros(2, 1, 48, 48))[1] is None


def test_the_smallest_plain_network_is_a_quarter_of_the_small_one() -> None:
    sizes = {model: parameters(create_model(model, 7)) for model in ("plain-xs", "plain-s")}
    assert sizes["plain-xs"] == pytest.approx(0.34e6, rel=0.02)
    assert sizes["plain-xs"] < sizes["plain-s"] / 4
