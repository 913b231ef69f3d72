"""A recipe is read whole or refused with a sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.train.made_up import write_csv
from train.recipe import Recipe, RecipeError, parse_fold, read_recipe


def test_the_first_recipe_is_the_default(checkout: Path) -> None:
    assert read_recipe(checkout / "train" / "recipes" / "rounds" / "fer-s-1.toml") == Recipe(name="fer-s-1")


def test_an_override_replaces_an_entry_and_none_does_not(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "r.toml", "epochs = 5", "batch = 64")
    recipe = read_recipe(path, epochs=2, batch=None)
    assert (recipe.epochs, recipe.batch) == (2, 64)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("epoch = 5", "unknown entry 'epoch'"),
        ("epochs = 0", "epochs must be at least 1"),
        ("epochs = 2.5", "'epochs' must be int"),
        ("learning_rate = 'fast'", "'learning_rate' must be float"),
        ("model = 3", "'model' must be str"),
        ("model = 'vgg'", "no network is called 'vgg'"),
        ("momentum = -1", "momentum must not be negative"),
        ("mixup_probability = 1.5", "mixup_probability must be 0 to 1"),
        ("mixup_alpha = 0", "mixup_alpha must be above 0"),
        ("labels = 'votes'", "'labels' must be emotion or ferplus"),
        ("classes = ['happy']", "'classes' must be a list of different classes"),
        ("classes = ['happy', 'happy']", "'classes' must be a list of different classes"),
        ("classes = ['happy', 'cross']", "there is no class 'cross'"),
        ("shift = 2", "shift must be 0 to 1"),
        ("chosen_by = 'luck'", "'chosen_by' must be accuracy, nll or last"),
        ("light = 1.5", "light must be 0 to 1"),
        ("rotate_degrees = -5", "rotate_degrees must not be negative"),
        ("left_out_fold = '2 of 5'", "left_out_fold: '2 of 5' is not a fold, such as 2/5"),
        ("left_out_fold = '0/5'", "'0/5' is not a fold"),
        ("left_out_fold = '6/5'", "'6/5' is not a fold"),
        ("left_out_fold = '1/1'", "'1/1' is not a fold"),
        ("seed = true", "'seed' must be int"),
        ("epochs =", "cannot be read as TOML"),
    ],
)
def test_a_bad_entry_is_one_sentence_with_the_file(tmp_path: Path, line: str, said: str) -> None:
    path = write_csv(tmp_path / "r.toml", line)
    with pytest.raises(RecipeError, match=said) as caught:
        read_recipe(path)
    assert str(path) in str(caught.value)


def test_a_fold_is_counted_from_0() -> None:
    assert parse_fold("2/5") == Recipe(left_out_fold="2/5").fold() == (1, 5)
    assert Recipe().fold() is None


def test_a_missing_recipe_is_said(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="no such file"):
        read_recipe(tmp_path / "none.toml")
