"""Exports a run's ``best.pt``: ``<id>.tflite``, its card, and the golden faces for its test.

A network with two heads may become one file with two outputs and a card for each. Every figure of a card is measured on
the exported file. Needs PyTorch, litert-torch and ai-edge-quantizer.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from torch import nn

from realtime_fer.core.cards.model_input import InputSpec
from realtime_fer.core.cards.model_spec import read_model_spec
from realtime_fer.core.errors import ModelError
from train.cards.card import RANGE_SHARE, as_json, display_name, model_card, split_key, with_temperature, write_whole
from train.export.candidates import Candidate, HeadExporter, export_heads, golden_file
from train.export.convert import BothHeads, Precision
from train.export.ensemble import Mirrored, NetworkEnsemble, load_ensemble
from train.fit.checkpoint import Head, load_network
from train.fit.network_facts import checkpoint_facts


@dataclass(frozen=True)
class Target:
    """A head of the trained network, and the names on its card.

    Attributes:
        model_id: "" takes the recipe's model.
        name: for people; "" takes the one known for the id.
    """

    head: Head = "labels"
    model_id: str = ""
    name: str = ""


def export(
    checkpoint_path: Path,
    data: Path,
    out: Path,
    crops_path: Path,
    golden: Path | None,
    targets: Sequence[Target] = (Target(),),
    precision: Precision = "float32",
    force: bool = False,
    mirror: bool = False,
    beside: Sequence[Path] = (),
    range_share: float = RANGE_SHARE,
) -> list[tuple[Candidate, dict[str, Any]]]:
    """Exports, measures and writes the network, with a card for each target.

    Args:
        data: the data set that it learned from.
        out: folder for the file and its cards.
        crops_path: JSON that ``python -m train crops`` wrote.
        golden: folder for the golden faces; None writes none.
        targets: one head, or FER+'s votes and then the labels. The first names the file.
        force: also replace a network of other classes.
        mirror: average each face and its mirror image: more accurate, twice the time.
        beside: further ``best.pt`` of the same classes, for an ensemble with the first.
        range_share: see ``quantize``.

    Raises:
        ModelError: a checkpoint cannot be used, or the converted file is too far from it; nothing is written.
        DatasetError: the data set cannot be read; nothing is written.
        SinkError: the files cannot be written.
    """
    paths = (checkpoint_path, *beside)
    checkpoints = [load_ensemble(paths, target.head) for target in targets]
    ids = [target.model_id or str(checkpoints[0].recipe["model"]) for target in targets]
    if not force:
        for model_id, checkpoint in zip(ids, checkpoints, strict=True):
            _check_replaced(out / f"{model_id}.json", checkpoint.class_names)
    crops = _read_crops(crops_path)
    network: nn.Module = checkpoints[0].network
    if len(targets) > 1:
        networks: list[nn.Module] = [BothHeads(load_network(path)) for path in paths]
        network = (NetworkEnsemble(networks) if beside else networks[0]).eval()
    if mirror:
        network = Mirrored(network).eval()
        checkpoints = [replace(one, network=Mirrored(one.network).eval()) for one in checkpoints]
    exporters = [HeadExporter(checkpoint, data, output, range_share) for output, checkpoint in enumerate(checkpoints)]
    candidates = export_heads(exporters, network, precision)
    cards = []
    for target, model_id, exporter, made in zip(targets, ids, exporters, candidates, strict=True):
        exporter.check(made)
        name = target.name or display_name(model_id)
        cards.append(_card(model_id, name, f"{ids[0]}.tflite", crops, exporter, made))
    files = {out / f"{ids[0]}.tflite": candidates[0].content}
    files |= {out / f"{model_id}.json": as_json(card) for model_id, card in zip(ids, cards, strict=True)}
    if golden is not None:
        for model_id, exporter, made in zip(ids, exporters, candidates, strict=True):
            files[golden / f"{model_id}.npz"] = golden_file(exporter, made)
    write_whole(files)
    for model_id in ids:
        read_model_spec(out / f"{model_id}.json").verify_file()
    return list(zip(candidates, cards, strict=True))


def _card(
    model_id: str, name: str, file_name: str, crops: dict[str, Any], exporter: HeadExporter, made: Candidate
) -> dict[str, Any]:
    facts, scaling = checkpoint_facts(exporter.checkpoint), made.calibration.scaling
    card = model_card(
        model_id=model_id,
        name=name,
        file_name=file_name,
        sha256=hashlib.sha256(made.content).hexdigest(),
        side=InputSpec().height,
        class_names=exporter.checkpoint.class_names,
        crops=crops,
        data=with_temperature(facts["data"], str(exporter.split)),
        metrics=exporter.splits(made),
        training={key: facts[key] for key in ("recipe", "head", "teachers", "seed", "epoch", "averaged", "beside")},
        network={
            "parameters": facts["parameters"],
            "macs": facts["macs"],
            "mirrored": isinstance(exporter.checkpoint.network, Mirrored),
            "file_bytes": len(made.content),
            "precision": made.precision,
            "temperature": made.calibration.temperature,
            **({"class_scaling": scaling.entry(exporter.checkpoint.class_names)} if scaling else {}),
            **({"range_share": exporter.range_share} if made.precision == "int8" else {}),
        },
        parity={
            "max_abs_difference": made.max_difference,
            "tolerance": made.tolerance,
            "same_answer": made.same_answer,
            "trained_accuracy": made.trained_accuracy,
            "n": len(exporter.faces.labels) + len(exporter.golden),
            "on": f"{split_key(exporter.split.split, exporter.labels_as)} and the golden faces",
        },
    )
    card["prior"] = exporter.prior(made)
    return {**card, "output": exporter.output} if exporter.output else card


def _check_replaced(card: Path, class_names: tuple[str, ...]) -> None:
    """Raises ModelError: the existing card has other classes, or cannot be read."""
    if not card.exists():
        return
    hint = "Name another with --id or --out, or replace it with --force."
    try:
        there = read_model_spec(card).class_names
    except ModelError as error:
        raise ModelError(f"{card}: exists already and is not a usable card.", hint) from error
    if set(there) != set(class_names):
        raise ModelError(
            f"{card}: is of a network of other classes ({', '.join(there)}) than {', '.join(class_names)}.", hint
        )


def _read_crops(path: Path) -> dict[str, Any]:
    try:
        crops = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(f"{path}: cannot be read: {error.strerror}; 'python -m train crops' writes it.") from error
    except ValueError as error:
        raise ModelError(f"{path}: is not JSON: {error}.") from error
    if not isinstance(crops, dict):
        raise ModelError(f"{path}: must be a JSON object of crops by detector.")
    return crops
