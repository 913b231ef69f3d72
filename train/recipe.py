"""Training recipes, read from TOML. Every shipped network has one in ``train/recipes/``."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.expressions import EXPRESSION_KEYS


class RecipeError(RealtimeFerError):
    """A recipe cannot be read, or has an unknown or impossible entry."""


#: All networks; ``train.models.create_model`` makes them.
MODELS = (
    "fer-s", "fer-l", "fer-xs", "plain-s", "plain-l", "plain-xs", "alexnet", "cnn3", "icml2013", "shallow", "deep",
)  # fmt: skip


@dataclass(frozen=True)
class Recipe:
    """Everything that decides how a network is trained; the defaults are those of ``fer-s``'s first round.

    Attributes:
        name: the recipe's own name; "" takes the model's.
        starts_from: the recipe whose trained weights are the first ones; "" starts from random weights.
        labels: "emotion" learns the data set's own classes, "ferplus" the distribution of FER+'s votes.
        classes: expression keys to learn, in the order of the outputs; () learns all of the data set's.
        learning_rate: the schedule's peak, for a batch of 128 faces; it scales with the batch.
        weight_decay: for weights, but not for biases and batch norm.
        further_data: what data sets after the first teach: "labels"; "votes", the auxiliary task alone, where their
            labels mean something different from the first one's; or "softened", the auxiliary task alone, with the mean
            distribution of FER+'s votes over the faces whose majority the label is.
        further_common_share: share of the further data sets' neutral and happy faces that an epoch sees, drawn anew
            for each epoch; nine tenths of the press photographs are of these two classes.
        held_out: share of the first data set's Training that validates and is not learned from; near duplicates stay
            together. 0 validates on PublicTest.
        left_out_fold: such as "2/5": does not learn from facial_expressions' people in the second of five folds, which
            then measure; "" leaves out nobody.
        auxiliary_weight: weight of the auxiliary task's loss, FER+'s votes beside "emotion"; 0 is without.
        teacher_weight, teacher_temperature: weight of the distillation loss, and its temperature.
        average_decay: of the weights' exponential moving average (EMA), which is what is kept.
        chosen_by: how the best epoch is chosen: by "accuracy"; by "nll", which a handful of faces cannot sway; or
            "last", which needs no choice.
        webcam_probability: share of the faces with a webcam fault: JPEG blocks, low light or a reflection on glasses.
        change_probability: share of the faces that each of scaling, shifting, rotation and light applies to.
        scale, shift: largest change of size and position, as shares of the side.
        rotate_degrees: largest rotation, in either direction.
        light: largest change of brightness, contrast and gamma, as a share.
    """

    model: str = "fer-s"
    name: str = ""
    starts_from: str = ""
    labels: str = "emotion"
    further_data: str = "labels"
    further_common_share: float = 1.0
    held_out: float = 0.0
    left_out_fold: str = ""
    classes: tuple[str, ...] = ()
    seed: int = 7
    epochs: int = 48
    batch: int = 128
    learning_rate: float = 0.1
    momentum: float = 0.9
    weight_decay: float = 5e-4
    warm_up_epochs: float = 4
    label_smoothing: float = 0.1
    mixup_alpha: float = 0.2
    mixup_probability: float = 0.3
    auxiliary_weight: float = 0.5
    average_decay: float = 0.999
    chosen_by: str = "accuracy"
    erase_probability: float = 0.4
    degrade_probability: float = 0.2
    webcam_probability: float = 0.0
    teacher_weight: float = 0.7
    teacher_temperature: float = 3.0
    change_probability: float = 1.0
    scale: float = 0.2
    shift: float = 0.12
    rotate_degrees: float = 15.0
    light: float = 0.3

    def fold(self) -> tuple[int, int] | None:
        """``left_out_fold`` as its number, from 0, and the number of folds."""
        return parse_fold(self.left_out_fold) if self.left_out_fold else None

    def as_mapping(self) -> dict[str, Any]:
        return {**asdict(self), "classes": list(self.classes)}


def parse_fold(word: str) -> tuple[int, int]:
    """ "2/5" -> (1, 5): the fold, counted from 0, and how many there are.

    Raises:
        ValueError: ``word`` is not such a fraction, or names no fold.
    """
    number, slash, folds = word.partition("/")
    if not (slash and number.isdecimal() and folds.isdecimal() and 1 <= int(number) <= int(folds) and int(folds) > 1):
        raise ValueError(f"'{word}' is not a fold, such as 2/5 for the second of five.")
    return int(number) - 1, int(folds)


def read_recipe(path: Path, **overrides: Any) -> Recipe:
    """The recipe in ``path``; an override that is not None replaces its entry.

    Raises:
        RecipeError: no such file, not TOML, or an unknown or impossible entry.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RecipeError(f"{path}: no such file.") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RecipeError(f"{path}: cannot be read as TOML: {error}.") from error
    return recipe_from(entries, str(path), **overrides)


def recipe_from(entries: dict[str, Any], where: str, **overrides: Any) -> Recipe:
    known = {field.name: field.type for field in fields(Recipe)}
    entries = {**entries, **{key: value for key, value in overrides.items() if value is not None}}
    for key, value in entries.items():
        if key not in known:
            raise RecipeError(f"{where}: unknown entry '{key}'; known are {', '.join(known)}.")
        kinds: dict[Any, tuple[type, ...]] = {"str": (str,), "int": (int,), "float": (int, float)}
        if key == "classes":
            entries[key] = _classes(value, where)
            continue
        if not isinstance(value, kinds[known[key]]) or isinstance(value, bool):
            raise RecipeError(f"{where}: '{key}' must be {known[key]}, got {value!r}.")
    recipe = Recipe(**entries)
    _check(recipe, where)
    return recipe


def _classes(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, (list, tuple)) or len(value) == 1 or len(set(map(str, value))) != len(value):
        raise RecipeError(f"{where}: 'classes' must be a list of different classes, got {value!r}.")
    for key in value:
        if key not in EXPRESSION_KEYS:
            raise RecipeError(f"{where}: there is no class {key!r}; known are {', '.join(EXPRESSION_KEYS)}.")
    return tuple(value)


def _check(recipe: Recipe, where: str) -> None:
    if recipe.model not in MODELS:
        raise RecipeError(f"{where}: no network is called '{recipe.model}'; known are {', '.join(MODELS)}.")
    if recipe.labels not in ("emotion", "ferplus"):
        raise RecipeError(f"{where}: 'labels' must be emotion or ferplus, got {recipe.labels!r}.")
    if recipe.further_data not in ("labels", "votes", "softened"):
        raise RecipeError(f"{where}: 'further_data' must be labels, votes or softened, got {recipe.further_data!r}.")
    if recipe.chosen_by not in ("accuracy", "nll", "last"):
        raise RecipeError(f"{where}: 'chosen_by' must be accuracy, nll or last, got {recipe.chosen_by!r}.")
    if recipe.epochs < 1 or recipe.batch < 2 or recipe.learning_rate <= 0:
        raise RecipeError(f"{where}: epochs must be at least 1, batch at least 2 and learning_rate above 0.")
    shares = ("label_smoothing", "mixup_probability", "average_decay", "erase_probability", "degrade_probability")
    changes = ("webcam_probability", "change_probability", "scale", "shift", "light")
    for name in (*shares, *changes, "teacher_weight", "held_out"):
        if not 0 <= getattr(recipe, name) <= 1:
            raise RecipeError(f"{where}: {name} must be 0 to 1.")
    if not 0 < recipe.further_common_share <= 1:
        raise RecipeError(f"{where}: further_common_share must be above 0 and at most 1.")
    amounts = ("momentum", "weight_decay", "warm_up_epochs", "mixup_alpha", "auxiliary_weight", "rotate_degrees")
    for name in (*amounts, "seed"):
        if getattr(recipe, name) < 0:
            raise RecipeError(f"{where}: {name} must not be negative.")
    try:
        recipe.fold()
    except ValueError as error:
        raise RecipeError(f"{where}: left_out_fold: {error}") from None
    if not recipe.teacher_temperature > 0:
        raise RecipeError(f"{where}: teacher_temperature must be above 0.")
    if recipe.mixup_probability and not recipe.mixup_alpha:
        raise RecipeError(f"{where}: mixup_alpha must be above 0 if mixup_probability is.")
