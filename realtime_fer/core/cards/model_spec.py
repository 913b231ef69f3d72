"""A model's card, ``weights/<id>.json``: every fact about a network that the program acts on or shows.

``python -m train export`` writes it. Every field is checked here, since people may put their own files into a
weights folder. docs/cards.md lists the fields.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from realtime_fer.core.cards.card_file import Quoted, one_line, parse_card, printable_path, read_bounded
from realtime_fer.core.cards.card_values import check_numbers, choice, mapping, number, numbers, text, whole
from realtime_fer.core.cards.model_input import CropSpec, InputSpec
from realtime_fer.core.cards.prior import Prior, prior_from
from realtime_fer.core.errors import ModelError
from realtime_fer.core.expressions import EXPRESSION_KEYS, EXPRESSIONS
from realtime_fer.core.text.numbers import milliseconds
from realtime_fer.core.text.translation import Wording, translate

__all__ = [
    "ACTIVATIONS",
    "ModelSpec",
    "one_line",
    "read_model_spec",
    "spec_from",
    "translated_split",
]

SCHEMA = 1
MAX_CARD_BYTES = 1_000_000
MAX_MODEL_BYTES = 500_000_000

_SHA256 = re.compile("[0-9a-f]{64}")

#: Ranges of a card's optional numbers: of a split, of each class of a split, of the whole card.
_COUNT = (0, 10**15)
_FIGURES: dict[str, tuple[float, float]] = {
    "n": _COUNT,
    "left_out": _COUNT,
    "macro_f1": (0, 1),
    "balanced_accuracy": (0, 1),
    "ece": (0, 1),
    "brier": (0, 2),
    "nll": (0, 10**6),
}
#: A split's own figures at the standard sensitivity, where the prior was fitted on other faces.
AT_STANDARD = "at_standard"
_FIGURES_BY_CLASS: dict[str, tuple[float, float]] = {"recall": (0, 1), "support": _COUNT}
_SIZES: dict[str, tuple[float, float]] = {
    "parameters": _COUNT,
    "macs": _COUNT,
    "file_bytes": _COUNT,
    "epoch": _COUNT,
    "temperature": (10**-6, 10**6),
}


#: What a network's outputs are: probabilities (softmax), logits, or independent sigmoids.
ACTIVATIONS = ("softmax", "logits", "sigmoid")

#: How a pixel becomes the network's input: lowest and highest value of each number, and its default.
_INPUT_NUMBERS: dict[str, tuple[float, float, float]] = {
    "scale": (1e-6, 1e3, 1.0),
    "mean": (-1e6, 1e6, 0.0),
    "std": (1e-6, 1e6, 1.0),
}


@dataclass(frozen=True)
class ModelSpec:
    """One model as its card describes it.

    Attributes:
        class_names: expression keys in the order of the network's outputs.
        output: index of the file's output; two cards may share a file that has two.
        activation: what that output's values are, one of ``ACTIVATIONS``.
        crops: by detector family ("mediapipe", "haar").
        metrics: by split: ``{"PublicTest": {"accuracy": …, "n": …, …}}``.
        prior: the network's prior and how much of it is removed; None where the card has none.
        card: the whole JSON object, to be shown.
    """

    model_id: str
    name: str
    path: Path
    sha256: str
    input: InputSpec
    class_names: tuple[str, ...]
    crops: Mapping[str, CropSpec]
    metrics: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    dataset: str = ""
    licence: str = ""
    output: int = 0
    activation: str = "softmax"
    prior: Prior | None = None
    card: Mapping[str, Any] = field(default_factory=dict)

    def crop_for(self, detector_family: str) -> CropSpec:
        return self.crops.get(detector_family, CropSpec())

    def split_title(self, split: str) -> str:
        """'FER2013 PublicTest': the split's own ``dataset``, else the data set that the network was trained on."""
        dataset = self.metrics[split].get("dataset")
        return one_line(f"{dataset if isinstance(dataset, str) else self.dataset} {split}")

    def faces_of(self, split: str) -> str:
        """'FER2013 PublicTest (N 3587)': the split's title in the person's language with the number of its faces."""
        return f"{translated_split(self.split_title(split))} (N {one_line(self.metrics[split].get('n', '?'), 12)})"

    def accuracies(self) -> list[tuple[float, str]]:
        """Accuracy (0 to 1) of each split that has one, and its faces as ``faces_of`` names them."""
        return [
            (figures["accuracy"], self.faces_of(split))
            for split, figures in self.metrics.items()
            if "accuracy" in figures
        ]

    def summary(self, ms_a_face: float = 0.0) -> str:
        """Classes, size, accuracy and, where it was measured, speed: a few lines for a tooltip or a terminal."""
        names = [entry.title.lower() for entry in EXPRESSIONS if entry.key in self.class_names]
        shape = f"{self.input.width}x{self.input.height}x{self.input.channels}"
        parts = [
            Wording("Model", "{count} classes: {names}", count=len(names), names=", ".join(names)),
            Wording("Model", "input {shape}", shape=shape),
        ]
        try:
            parts.append(Wording("Model", "file {megabytes:.1f} MB", megabytes=self.path.stat().st_size / 1e6))
        except OSError:
            parts.append(Wording("Model", "file missing"))
        for accuracy, faces in self.accuracies():
            parts.append(
                Wording("Model", "{accuracy:.1%} on {faces}", accuracy=accuracy, faces=faces)
                if self.prior is None
                else Wording("Model", "{accuracy:.1%} on {faces}, sensitivity off", accuracy=accuracy, faces=faces)
            )
        if ms_a_face:
            parts.append(Wording("Model", "{time} per face on this computer", time=milliseconds(ms_a_face)))
        return "\n".join(part.said for part in parts)

    def verify_file(self) -> bytes:
        """The network's bytes, whose SHA-256 is the card's.

        Raises:
            ModelError: the file is missing or unreadable, or is not the one that the card describes.
        """
        content = read_bounded(self.path, MAX_MODEL_BYTES)
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise ModelError(
                "The model file {name} is damaged or is not the one its card describes (SHA-256 differs).",
                "Reinstall the program, or export the model again.",
                name=self.path.name,
            )
        return content


def translated_split(title: str) -> str:
    """A split's title with who labelled its faces in the person's language."""
    return title.replace("by FER+ majority", translate("Card", "by FER+ majority"))


def read_model_spec(path: Path) -> ModelSpec:
    """Reads and checks the card at ``path``.

    Raises:
        ModelError: there is no such file, it is not JSON, or a field is missing or impossible; the text names it.
    """
    return _spec_of(read_bounded(path, MAX_CARD_BYTES), path)


# Every command reads all cards, some more than once.
@lru_cache(maxsize=64)
def _spec_of(content: bytes, path: Path) -> ModelSpec:
    shown = printable_path(path)
    try:
        card = parse_card(content)
    except ModelError as error:
        raise _not_usable(shown, error.wording) from error
    except ValueError as error:
        raise ModelError("The model card {path} is not JSON: {error}.", path=shown, error=one_line(error)) from error
    try:
        return spec_from(card, path)
    except ModelError as error:
        raise _not_usable(shown, error.wording) from error
    except KeyError as error:
        raise _not_usable(shown, Wording("Model", "it has no entry {key}", key=error)) from error
    # A bad card must not keep the others from being listed.
    except (ArithmeticError, LookupError, TypeError, ValueError, RecursionError, MemoryError) as error:
        raise _not_usable(shown, one_line(error)) from error


def _not_usable(path: str, reason: str) -> ModelError:
    return ModelError("The model card {path} is not usable: {reason}.", path=path, reason=reason)


def _check_figures(split: str, figures: Mapping[str, Any]) -> None:
    if figures.get(AT_STANDARD) is not None:
        standard = mapping(figures[AT_STANDARD], f"metrics.{split}.{AT_STANDARD}", 20)
        _check_figures(f"{split}.{AT_STANDARD}", {key: standard[key] for key in standard if key != AT_STANDARD})
    prefix = f"metrics.{split}."
    if "accuracy" in figures:
        number(figures["accuracy"], f"{prefix}accuracy", 0, 1)
    check_numbers(figures, _FIGURES, prefix)
    for key, (low, high) in _FIGURES_BY_CLASS.items():
        if figures.get(key) is not None:
            by_class = mapping(figures[key], f"{prefix}{key}", 100)
            check_numbers(by_class, dict.fromkeys(by_class, (low, high)), f"{prefix}{key}.")


def _crop_from(entry: Any, name: str) -> CropSpec:
    entry = mapping(entry, name)
    tilt = entry.get("min_tilt_degrees")
    return CropSpec(
        scale=number(entry.get("scale", 1.0), f"{name}.scale", 0.2, 5.0),
        shift_x=number(entry.get("shift_x", 0.0), f"{name}.shift_x", -2.0, 2.0),
        shift_y=number(entry.get("shift_y", 0.0), f"{name}.shift_y", -2.0, 2.0),
        min_tilt_degrees=None if tilt is None else number(tilt, f"{name}.min_tilt_degrees", 0.0, 180.0),
    )


def _class_names_from(classes: Any) -> tuple[str, ...]:
    if not isinstance(classes, list) or not 2 <= len(classes) <= 100 or len(set(map(str, classes))) != len(classes):
        raise ModelError("'class_names' must be two or more different names, got {value!r}", value=Quoted(classes))
    for key in classes:
        if key not in EXPRESSION_KEYS:
            raise ModelError(
                "'class_names' holds {value!r}; known are {known}", value=Quoted(key), known=", ".join(EXPRESSION_KEYS)
            )
    return tuple(classes)


def spec_from(card: Any, path: Path) -> ModelSpec:
    """Makes a spec of a parsed card, which lies or will lie at ``path``.

    Raises:
        ModelError, KeyError: a field is impossible or missing.
    """
    card = mapping(card, "card")
    if card["schema"] != SCHEMA:
        raise ModelError(
            "'schema' is {found!r}, this program reads {wanted}", found=Quoted(card["schema"]), wanted=SCHEMA
        )
    file_name = text(card["file"], "file", 255)
    if Path(file_name).name != file_name or file_name == ".." or not file_name.isprintable():
        raise ModelError("'file' must be a plain file name beside the card, got {value!r}", value=Quoted(file_name))
    model_id = text(card["id"], "id", 100)
    if not model_id.isprintable() or model_id != model_id.strip():
        raise ModelError("'id' must be printable, got {value!r}", value=Quoted(model_id))
    sha256 = text(card["sha256"], "sha256", 1000).lower()
    if not _SHA256.fullmatch(sha256):
        raise ModelError("'sha256' must be 64 hexadecimal digits, got {value!r}", value=Quoted(sha256))
    shape = mapping(card["input"], "input")
    channels = whole(shape["channels"], "input.channels", 1, 3)
    if channels == 2:
        raise ModelError("'input.channels' must be 1 or 3")
    data = mapping(card.get("data", {}), "data")
    metrics = {
        split: mapping(figures, split) for split, figures in mapping(card.get("metrics", {}), "metrics", 200).items()
    }
    for split, figures in metrics.items():
        _check_figures(split, figures)
    check_numbers(card, _SIZES, "", or_text=True)
    class_names = _class_names_from(card["class_names"])
    return ModelSpec(
        model_id=model_id,
        name=text(card["name"], "name", 300),
        path=path.with_name(file_name),
        sha256=sha256,
        input=InputSpec(
            whole(shape["height"], "input.height", 8, 1024),
            whole(shape["width"], "input.width", 8, 1024),
            channels,
            **{
                key: numbers(shape.get(key, default), f"input.{key}", low, high, channels)
                for key, (low, high, default) in _INPUT_NUMBERS.items()
            },
        ),
        class_names=class_names,
        crops={name: _crop_from(entry, f"crop.{name}") for name, entry in mapping(card["crop"], "crop", 20).items()},
        metrics=metrics,
        dataset=str(data.get("name", "")),
        licence=str(data.get("licence", "")),
        output=whole(card.get("output", 0), "output", 0, 15),
        activation=choice(card.get("activation", "softmax"), "activation", ACTIVATIONS),
        prior=prior_from(card["prior"], class_names) if card.get("prior") is not None else None,
        card=card,
    )
