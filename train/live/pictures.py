"""Labelled pictures of faces to make scenes of, with the person where a data set's file names tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from realtime_fer.core.expressions import EXPRESSION_KEYS
from train.data.facial_expressions import PRESS, person_in
from train.data.labels_csv import read_labels
from train.data.readers import FER2013, create_dataset, iterate_zip, split_name
from train.data.splits import Split, split_named

Picture = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class LabelledPicture:
    """One face that fills its picture.

    Attributes:
        image: uint8 (h, w), grey, in the data set's size or 48x48.
        key: expression.
        name: file name or row.
        data_set: its name in cards.
        person: such as 'al_gore'; '' where it is unknown.
    """

    image: Picture
    key: str
    name: str
    data_set: str
    person: str = ""


def read_pictures(path: Path, split: str = "validation") -> tuple[str, list[LabelledPicture]]:
    """A split's name and its pictures; FER2013's are labelled by FER+'s majority.

    Raises:
        DatasetError: no known layout lies there, or a file is missing or damaged.
    """
    wanted = split_named(split)
    name = split_name(path, wanted)
    if name.data_set == FER2013:
        faces = create_dataset(path, wanted, labels_as="ferplus")
        title = f"{name} by FER+ majority"
    elif name.data_set == PRESS and (path / "labels.csv").is_file():
        # In full size: a webcam's face is sharper than one enlarged from 48 pixels.
        return str(name), _press_zip(path, wanted)
    else:
        faces, title = create_dataset(path, wanted), str(name)
    pictures = [
        LabelledPicture(
            image,
            faces.class_names[label],
            file_name,
            name.data_set,
            person_in(file_name) if name.data_set == PRESS else "",
        )
        for image, label, file_name in zip(faces.images, faces.labels.tolist(), faces.names, strict=True)
    ]
    return title, pictures


def _press_zip(folder: Path, split: Split) -> list[LabelledPicture]:
    word = "train" if split == "training" else split
    rows = read_labels(folder / "labels.csv", word)
    return [
        LabelledPicture(image, row.expression_key(), row.image, PRESS, person_in(row.image))
        for row, image in iterate_zip(folder / f"{word}.zip", rows, complete=True)
    ]


class Deck:
    """Deals pictures in random order, each once before any is repeated.

    The data sets take turns while they have new pictures, so that a large one does not crowd out the others.
    """

    def __init__(self, pictures: Iterable[LabelledPicture], chance: np.random.Generator) -> None:
        by_set: dict[str, list[LabelledPicture]] = defaultdict(list)
        for picture in pictures:
            by_set[picture.data_set].append(picture)
        shuffled = [[of_one[i] for i in chance.permutation(len(of_one))] for _, of_one in sorted(by_set.items())]
        longest = max((len(of_one) for of_one in shuffled), default=0)
        self._order = [of_one[i] for i in range(longest) for of_one in shuffled if i < len(of_one)]
        self._next = 0

    def draw(self) -> LabelledPicture:
        picture = self._order[self._next % len(self._order)]
        self._next += 1
        return picture


def decks_of(pictures: Sequence[LabelledPicture], chance: np.random.Generator) -> dict[str, Deck]:
    """A deck for each expression that occurs, in display order."""
    present = [key for key in EXPRESSION_KEYS if any(picture.key == key for picture in pictures)]
    return {key: Deck((picture for picture in pictures if picture.key == key), chance) for key in present}


class Pairs:
    """Deals two pictures of one person with different expressions; the second ones take turns by expression."""

    def __init__(self, pictures: Sequence[LabelledPicture], chance: np.random.Generator) -> None:
        self._chance = chance
        people: dict[str, list[LabelledPicture]] = defaultdict(list)
        for picture in pictures:
            if picture.person:
                people[picture.person].append(picture)
        self._before = {
            picture: others
            for own in people.values()
            for picture in own
            if (others := [other for other in own if other.key != picture.key])
        }
        self._decks = list(decks_of(list(self._before), chance).values())
        self._drawn = 0

    def __len__(self) -> int:
        return len(self._before)

    def draw(self) -> tuple[LabelledPicture, LabelledPicture]:
        after = self._decks[self._drawn % len(self._decks)].draw()
        self._drawn += 1
        others = self._before[after]
        return others[int(self._chance.integers(len(others)))], after


def counted(pictures: Mapping[str, Sequence[LabelledPicture]]) -> list[dict[str, object]]:
    """``[{"name", "n"}]`` for a report."""
    return [{"name": title, "n": len(of_one)} for title, of_one in pictures.items()]
