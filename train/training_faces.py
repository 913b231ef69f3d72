"""The faces that a recipe learns from and chooses its best epoch on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from train.card_data import data_set_name
from train.datasets import LabelledFaces, open_dataset
from train.datasets.labelled_faces import FERPLUS_CLASSES, concatenate
from train.datasets.readers import SplitName, split_name
from train.recipe import Recipe


def training_faces(paths: Sequence[Path], recipe: Recipe) -> tuple[LabelledFaces, list[dict[str, Any]]]:
    """The Training faces of all data sets together, in the recipe's classes, and each set's name and N.

    The first data set is labelled as the recipe says. Further ones go by their own words, in the first one's classes,
    or as votes: every label counts as one vote among FER+'s eight classes, and the first task is silent about them.

    Raises:
        DatasetError: a data set is missing or damaged, or lacks a class.
    """
    faces = _selected(open_dataset(paths[0], "Training", labels_as=recipe.labels), recipe)
    sources = [_named(paths[0], faces)]
    for path in paths[1:]:
        # Cut to the recipe's classes first: a further data set may have some that the first one lacks.
        more = open_dataset(path, "Training")
        more = _as_votes(more, faces) if recipe.further_data == "votes" else _selected(more, recipe)
        faces = concatenate(faces, more)
        sources.append(_named(path, more))
    return faces, sources


def validation_faces(paths: Sequence[Path], recipe: Recipe) -> LabelledFaces:
    """The first data set's PublicTest, in the recipe's classes; never a test split.

    Raises:
        DatasetError: it is missing or damaged, or lacks a class.
    """
    return _selected(open_dataset(paths[0], "PublicTest", labels_as=recipe.labels), recipe)


def validation_name(paths: Sequence[Path]) -> SplitName:
    """What a card calls the ``validation_faces``.

    Raises:
        DatasetError: no data set is there.
    """
    return named_split(paths[0], "PublicTest")


def named_split(path: Path, usage: str) -> SplitName:
    """``split_name`` with the names by which cards know data sets.

    Raises:
        DatasetError: no data set is there, or no split is known by that word.
    """
    name = split_name(path, usage)
    return SplitName(data_set_name(name.data_set), name.split)


def _named(path: Path, faces: LabelledFaces) -> dict[str, Any]:
    return {"name": named_split(path, "Training").data_set, "n": len(faces)}


def _as_votes(more: LabelledFaces, first: LabelledFaces) -> LabelledFaces:
    """Faces without a target in the first one's classes, and with their own label as the only vote."""
    more = more.in_order(FERPLUS_CLASSES)
    n = len(more)
    return LabelledFaces(
        more.images,
        np.zeros(n, np.int64),
        first.class_names,
        more.names,
        votes=np.eye(len(FERPLUS_CLASSES), dtype=np.float32)[more.labels],
        targets=np.zeros((n, len(first.class_names)), np.float32),
    )


def _selected(faces: LabelledFaces, recipe: Recipe) -> LabelledFaces:
    return faces.select(recipe.classes) if recipe.classes else faces
