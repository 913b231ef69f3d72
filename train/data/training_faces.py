"""The training and validation faces of a recipe, from one data set or several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from train.cards.card_data import data_set_name
from train.data import LabelledFaces, create_dataset
from train.data.facial_expressions import PRESS, person_in
from train.data.held_out import held_out
from train.data.labelled_faces import FERPLUS_CLASSES, DatasetError, concatenate
from train.data.readers import SplitName, split_name
from train.data.splits import fold_of
from train.recipe import Recipe


def training_faces(paths: Sequence[Path], recipe: Recipe) -> tuple[LabelledFaces, list[dict[str, Any]]]:
    """The Training faces of all data sets together, in the recipe's classes, and each set's name and N.

    The first data set is labelled as the recipe says. The labels of further ones count as labels in the first one's
    classes, or as single votes among FER+'s eight classes, which only the auxiliary task learns.

    Raises:
        DatasetError: a data set is missing or damaged, or lacks a class; or people are to be left out, and no data set
            tells who is in a picture.
    """
    if recipe.left_out_fold and all(_data_set(path) != PRESS for path in paths):
        raise DatasetError(f"Only {PRESS} tells who is in a picture; add it, or leave out no fold of the people.")
    faces = _selected(create_dataset(paths[0], "Training", labels_as=recipe.labels), recipe)
    faces = _without_left_out_people(faces, paths[0], recipe)
    if recipe.held_out:
        faces = faces.rows(np.flatnonzero(~held_out(faces.images, recipe.held_out)))
    sources = [_named(paths[0], faces)]
    for path in paths[1:]:
        # Cut to the recipe's classes first: a further data set may have some that the first one lacks.
        more = _without_left_out_people(create_dataset(path, "Training"), path, recipe)
        if recipe.further_common_share < 1:
            common = [index for index, key in enumerate(more.class_names) if key in ("neutral", "happy")]
            shares = np.where(np.isin(more.labels, common), recipe.further_common_share, 1.0)
            more = replace(more, epoch_share=shares.astype(np.float32))
        if recipe.further_data == "labels":
            more = _selected(more, recipe)
        else:
            more = _as_votes(more, faces, softened=recipe.further_data == "softened")
        faces = concatenate(faces, more)
        sources.append(_named(path, more))
    return faces, sources


def validation_faces(paths: Sequence[Path], recipe: Recipe) -> LabelledFaces:
    """The first data set's PublicTest, or the held-out share of its Training, in the recipe's classes.

    Never a test split.

    Raises:
        DatasetError: it is missing or damaged, or lacks a class.
    """
    if recipe.held_out:
        faces = _selected(create_dataset(paths[0], "Training", labels_as=recipe.labels), recipe)
        return faces.rows(np.flatnonzero(held_out(faces.images, recipe.held_out)))
    return _selected(create_dataset(paths[0], "PublicTest", labels_as=recipe.labels), recipe)


def validation_name(paths: Sequence[Path], recipe: Recipe) -> SplitName:
    """What a card calls the ``validation_faces``.

    Raises:
        DatasetError: no known layout lies there.
    """
    if recipe.held_out:
        return replace(named_split(paths[0], "Training"), split=f"{recipe.held_out:.0%} of Training, held out")
    return named_split(paths[0], "PublicTest")


def named_split(path: Path, usage: str) -> SplitName:
    """``split_name`` with the data set's name in cards.

    Raises:
        DatasetError: no known layout lies there, or no split has that name.
    """
    name = split_name(path, usage)
    return SplitName(data_set_name(name.data_set), name.split)


def _named(path: Path, faces: LabelledFaces) -> dict[str, Any]:
    return {"name": _data_set(path), "n": len(faces)}


def _data_set(path: Path) -> str:
    return named_split(path, "Training").data_set


def _without_left_out_people(faces: LabelledFaces, path: Path, recipe: Recipe) -> LabelledFaces:
    fold = recipe.fold()
    if fold is None or _data_set(path) != PRESS:
        return faces
    left_out, folds = fold
    return faces.rows(np.flatnonzero([fold_of(person_in(name), folds) != left_out for name in faces.names]))


def _as_votes(more: LabelledFaces, first: LabelledFaces, softened: bool) -> LabelledFaces:
    """The faces without a target in the first set's classes, and with their label as the only vote.

    ``softened`` takes the mean of the first set's votes over the faces whose majority the label is instead.
    """
    more = more.in_order(FERPLUS_CLASSES)
    n = len(more)
    distributions = np.eye(len(FERPLUS_CLASSES), dtype=np.float32)
    if softened and first.votes is not None:
        voted = first.votes[first.votes.sum(1) > 0]
        for key in np.unique(voted.argmax(1)):
            distributions[key] = voted[voted.argmax(1) == key].mean(0)
    return LabelledFaces(
        more.images,
        np.zeros(n, np.int64),
        first.class_names,
        more.names,
        votes=distributions[more.labels],
        targets=np.zeros((n, len(first.class_names)), np.float32),
        epoch_share=more.epoch_share,
    )


def _selected(faces: LabelledFaces, recipe: Recipe) -> LabelledFaces:
    return faces.select(recipe.classes) if recipe.classes else faces
