"""Writes a model's card, ``weights/<id>.json``, in the form that ``realtime_fer.core.cards.model_spec`` reads."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from realtime_fer.core.cards.model_spec import SCHEMA
from realtime_fer.core.errors import SinkError
from realtime_fer.core.expressions import EXPRESSION_KEYS
from train.cards.card_data import LAST_EPOCH

INTENDED_USE = (
    "Naming visible facial expressions, live or in recordings, on one's own computer, of people who know about it and "
    "have agreed to it: for demonstrations, teaching, art, self-observation and research."
)

EXCLUDED_USE = [
    "Inferring people's emotions at work or in education, which Article 5(1)(f) of the AI Act (Regulation (EU) "
    "2024/1689) prohibits in the European Union, except for medical or safety reasons.",
    "Decisions about people, such as hiring, grading, credit, insurance, policing, border control or diagnosis.",
    "Watching people without their knowledge.",
]

#: Chooses epochs and temperatures unless a card says otherwise.
PUBLIC_TEST = "FER2013 PublicTest"

#: Share of faces whose activations the int8 ranges hold wholly, unless a card says otherwise.
RANGE_SHARE = 0.99

#: Names for people, by id; an unknown id gives its own name.
NAMES = {
    "fer-s": "FER S",
    "fer-s-7": "FER S 7",
    "fer-l": "FER L",
    "fer-l-7": "FER L 7",
    "fer-xs": "FER XS",
    "fer-xs-7": "FER XS 7",
    "alexnet": "AlexNet",
    "cnn3": "CNN 3",
    "icml2013": "ICML 2013",
    "shallow": "Shallow CNN",
    "deep": "Deep CNN",
}


def display_name(model_id: str) -> str:
    return NAMES.get(model_id, model_id.upper().replace("-", " "))


def limits(class_names: Sequence[str], data: Mapping[str, Any]) -> list[str]:
    """A card's ``limits``: what the network cannot do, or has not been shown to do."""
    absent = [key for key in EXPRESSION_KEYS if key not in class_names]
    rare = [name for name in ("disgust", "fear", "contempt") if name in class_names]
    said = ["It names what a face shows, not what a person feels. People show the same feeling in different ways."]
    if "FER2013" in str(data.get("name", "")):
        said.append(
            "FER2013 consists of photographs found by web search. Few people labelled them, and many labels are wrong: "
            "a person agrees with about 65 of 100."
        )
    said += [
        "On other data sets and on webcams, networks like this one score 20 to 30 percentage points lower than on the "
        "data set that they learned from.",
        "The data do not record age, skin colour or culture, so the accuracy for different groups of people is "
        "unknown.",
    ]
    if rare:
        verb = "is" if len(rare) == 1 else "are"
        said.append(
            f"{_in_words(rare).capitalize()} {verb} rare in the data or easily confused with other expressions; see "
            "the recall of each class."
        )
    if absent:
        verb = "has no class" if len(absent) == 1 else "has no classes"
        said.append(f"It {verb} for {_in_words(absent)}, so such a face gets the name of another expression.")
    said += [
        _chosen_on(data),
        "It needs a face at least about 48 pixels wide, seen from the front. For faces that are turned away, covered "
        "or badly lit, its answers are guesses.",
    ]
    return said


def _in_words(names: Sequence[str]) -> str:
    """'disgust, fear and contempt'."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def _chosen_on(data: Mapping[str, Any]) -> str:
    # FER2013's split needs no other name.
    epoch, fitted = (chosen_on(data, what).replace(PUBLIC_TEST, "PublicTest") for what in ("epoch", "temperature"))
    if epoch == LAST_EPOCH:
        return (
            f"The temperature was fitted on {fitted}, so the calibration measured there looks slightly better than it "
            "is. No epoch was selected: the last one was kept."
        )
    where = f"and the best epoch selected on {fitted}"
    if epoch != fitted:
        where = f"on {fitted} and the best epoch selected on {epoch}"
    return (
        f"The temperature was fitted {where}, so the calibration and accuracy measured there look slightly better than "
        "they are."
    )


def chosen_on(data: Any, what: str) -> str:
    """Data set and split that a card's ``data`` names for ``what``, "epoch" or "temperature"."""
    chosen = data.get("chosen_on") if isinstance(data, Mapping) else None
    # A card that does not say is of FER2013.
    return str(chosen.get(what, PUBLIC_TEST)) if isinstance(chosen, Mapping) else PUBLIC_TEST


def with_temperature(data: Mapping[str, Any], fitted_on: str) -> dict[str, Any]:
    """A card's ``data`` with the data set and split that the temperature was fitted on."""
    return {**data, "chosen_on": {**data.get("chosen_on", {}), "temperature": fitted_on}}


def split_key(split: str, labels_as: str) -> str:
    """What a card calls a split of these labels: 'PublicTest by FER+ majority'."""
    return f"{split} by FER+ majority" if labels_as == "ferplus" else split


def model_card(
    *,
    model_id: str,
    name: str,
    file_name: str,
    sha256: str,
    side: int,
    class_names: tuple[str, ...],
    crops: dict[str, Any],
    data: dict[str, Any],
    metrics: dict[str, dict[str, Any]],
    training: dict[str, Any],
    network: dict[str, Any],
    parity: dict[str, Any],
) -> dict[str, Any]:
    """The whole card as plain values. ``network`` and ``training`` are merged in at the top level."""
    return {
        "schema": SCHEMA,
        "id": model_id,
        "name": name,
        "file": file_name,
        "sha256": sha256,
        "input": {"height": side, "width": side, "channels": 1, "values": "grey, 0 to 255"},
        "class_names": list(class_names),
        "crop": crops,
        "data": data,
        "metrics": metrics,
        **network,
        **training,
        "parity": parity,
        "intended_use": INTENDED_USE,
        "excluded_use": EXCLUDED_USE,
        "limits": limits(class_names, data),
    }


def updated(
    card: Mapping[str, Any], facts: Mapping[str, Any], splits: Mapping[str, dict[str, Any]], name: str | None = None
) -> dict[str, Any]:
    """The card with these facts and splits instead of its own of the same name; its texts are written anew.

    The file, its hash and the order of its classes stay as they are.
    """
    changed = {**card, **facts, "metrics": {**card.get("metrics", {}), **splits}}
    if "data" in facts and "chosen_on" in facts["data"]:
        # The training knows where its epoch was chosen; where the temperature was fitted only the export knew.
        changed["data"] = with_temperature(facts["data"], chosen_on(card.get("data"), "temperature"))
    if name:
        changed["name"] = name
    changed["intended_use"], changed["excluded_use"] = INTENDED_USE, EXCLUDED_USE
    for split, figures in changed["metrics"].items():
        recalls = [recall for recall in (figures.get("recall") or {}).values() if recall is not None]
        if recalls and "balanced_accuracy" not in figures:
            # The card was written before this figure existed.
            changed["metrics"][split] = {**figures, "balanced_accuracy": sum(recalls) / len(recalls)}
    changed["limits"] = limits(changed["class_names"], changed.get("data", {}))
    return changed


def write_whole(files: dict[Path, bytes]) -> None:
    """Writes all files beside their places first, then moves them there, so that none is ever half written.

    Raises:
        SinkError: a folder cannot be written.
    """
    partials = {path: path.with_name(f"{path.name}.{os.getpid()}.partial") for path in files}
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            partials[path].write_bytes(content)
        for path, partial in partials.items():
            os.replace(partial, path)
    except OSError as error:
        raise SinkError(f"{error.filename or next(iter(files))}: cannot be written: {error.strerror}.") from error
    finally:
        for partial in partials.values():
            partial.unlink(missing_ok=True)


def as_json(card: dict[str, Any]) -> bytes:
    """Indented JSON with each list of numbers on one line, so that a confusion matrix is readable."""
    text = json.dumps(_rounded(card), indent=2, ensure_ascii=False, allow_nan=False)
    # A JSON string contains no line break, so only lists match.
    text = re.sub(r"\[\n[\s\d,.eE+-]+\]", lambda found: json.dumps(json.loads(found.group())), text)
    return (text + "\n").encode()


def _rounded(value: Any) -> Any:
    """Floats rounded to six significant digits, which is more than a measurement knows."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: _rounded(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(entry) for entry in value]
    return value
