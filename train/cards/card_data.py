"""A card's ``data``: names, sources, licences and N of what a network learned from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

#: Stands for the faces that chose the epoch, where none was chosen.
LAST_EPOCH = "nothing: the last one"

FERPLUS_SOURCE = "FER+ votes: Barsoum et al. 2016, arXiv:1608.01041"
FERPLUS_LICENCE = "FER+ labels: MIT, Microsoft"

#: Source and licence of known data sets, by their names in cards.
DATA_SETS: dict[str, dict[str, str]] = {
    "FER2013": {
        "source": "Goodfellow et al. 2013, arXiv:1307.0414",
        "licence": "FER2013 images: for research and education",
    },
    "facial_expressions": {
        "source": "facial_expressions by muxspace: press photographs with eight classes",
        "licence": "facial_expressions: Apache-2.0",
    },
    "dlib_face_recognition_resnet_model_v1": {
        "source": "dlib_face_recognition_resnet_model_v1 by D. King (initial weights, trained to recognise people from"
        " about 3 million faces: FaceScrub, VGG Face and the web)",
        "licence": "dlib's weights: CC0 1.0",
    },
    "RAF-DB": {
        "source": "Li et al. 2017, doi:10.1109/CVPR.2017.277",
        "licence": "RAF-DB: for research that is not commercial, by agreement with its authors",
    },
    "AffectNet": {
        "source": "Mollahosseini et al. 2017, arXiv:1708.03985",
        "licence": "AffectNet: for research, by agreement with its authors",
    },
}

#: Those of them that only stand for pretrained weights.
BEGINNINGS = ("dlib_face_recognition_resnet_model_v1",)

_OTHER_NAMES = {
    "muxspace": "facial_expressions",
    "icml_face_data": "FER2013",
    "fer2013plus": "FER2013",
    "ferplus": "FER2013",
}


def data_set_name(word: str) -> str:
    """What cards call the data set that a folder, a file or a person calls ``word``; an unknown word is kept."""
    word = word.strip()
    by_word = {name.lower(): name for name in DATA_SETS} | _OTHER_NAMES
    return by_word.get(word.lower(), word)


def as_teachers_data(sets: Sequence[Mapping[str, Any]], ferplus: bool) -> list[dict[str, Any]]:
    """What one teacher learned from, as its students keep it: FER+'s votes are noted at the first data set."""
    return [
        {"name": str(entry["name"]), "n": int(entry["n"]), "ferplus": ferplus and not i} for i, entry in enumerate(sets)
    ]


def merged(sets: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each data set once, since teachers often share data; n is the largest."""
    by_name: dict[str, dict[str, Any]] = {}
    for entry in sets:
        name = data_set_name(str(entry["name"]))
        known = by_name.setdefault(name, {"name": name, "n": 0, "ferplus": False})
        known["n"] = max(known["n"], int(entry["n"]))
        known["ferplus"] = known["ferplus"] or bool(entry.get("ferplus", False))
    return list(by_name.values())


def training_data(
    sets: Sequence[Mapping[str, Any]],
    training_n: int,
    ferplus: bool,
    teachers_data: Sequence[Mapping[str, Any]] = (),
    epoch_chosen_on: str = "",
) -> dict[str, Any]:
    """The card's ``data`` entry.

    Args:
        sets: ``{"name", "n"}`` each.
        training_n: faces in all.
        ferplus: FER+'s votes were learned too.
        teachers_data: of ``merged``; its licences bind the student as well.
        epoch_chosen_on: data set and split, or ``LAST_EPOCH``; "" where it is unknown.
    """
    parts = [_described(entry) for entry in sets]
    sources = [part["source"] for part in parts] + [FERPLUS_SOURCE] * ferplus
    licences = [part["licence"] for part in parts] + [FERPLUS_LICENCE] * ferplus
    taught = [_described(entry) for entry in teachers_data]
    votes_taught = any(entry.get("ferplus") for entry in teachers_data)
    for part in [*taught, *[{"source": FERPLUS_SOURCE, "licence": FERPLUS_LICENCE}] * votes_taught]:
        sources += [f"through its teachers: {part['source']}"] * (part["source"] not in sources)
        licences += [part["licence"]] * (part["licence"] not in licences)
    more: dict[str, Any] = {"teachers": taught} if taught else {}
    if epoch_chosen_on:
        more["chosen_on"] = {"epoch": epoch_chosen_on}
    return {
        "name": " + ".join(part["name"] for part in parts),
        "source": "; ".join(sources),
        "licence": ". ".join([*licences, "Weights: same licence as the program."]),
        "split": "Training",
        "n": training_n,
        "sets": parts,
        **more,
    }


def _described(entry: Mapping[str, Any]) -> dict[str, Any]:
    name = data_set_name(str(entry["name"]))
    known = DATA_SETS.get(name, {"source": f"{name}, of whoever trained it", "licence": f"{name}: not stated"})
    return {"name": name, "n": int(entry["n"]), **known}
