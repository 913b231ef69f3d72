"""The commands that reproduce a shipped network: train, export, and print each figure of its card.

Folders have the names of the data sets in them, never those of this machine.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping, Sequence
from typing import Any

from realtime_fer.core.cards.model_spec import ModelSpec
from train.cards.card import RANGE_SHARE
from train.cards.card_data import BEGINNINGS


def reproduction_commands(spec: ModelSpec, specs: Sequence[ModelSpec]) -> list[str]:
    """The shell commands that reproduce a network and its figures.

    Args:
        specs: of all networks: another card may describe a second output of the same file.
    """
    card, model = spec.card, spec.model_id
    recipe = card["recipe"]
    sets = [entry["name"] for entry in card["data"].get("sets", [])] or [card["data"]["name"]]
    sets = [name for name in sets if name not in BEGINNINGS]
    data = " ".join(f"--data {_folder(name)}" for name in sets)
    teachers = "".join(f" --teacher RUNS_FOLDER/{name}/best.pt" for name in card.get("teachers", []))
    if recipe.get("starts_from"):
        # train/README.md lists the teachers of each round.
        teachers = " --soft-targets SOFT_TARGETS_FOLDER" if teachers else ""
    start = f" --start-from RUNS_FOLDER/{recipe['starts_from']}/best.pt" if recipe.get("starts_from") else ""
    together = sorted((other for other in specs if other.path == spec.path), key=lambda other: other.output)
    head, named = (" --head votes" if card.get("head") == "votes" else ""), f"--id {model}"
    if len(together) == 2:
        head, named = " --head both", f"--id {together[0].model_id} --labels-id {together[1].model_id}"
    run = f"RUNS_FOLDER/{run_name(spec)}"
    fit = f"python -m train fit --recipe train/recipes/{run_name(spec)}.toml {data}{teachers}{start}"
    rounds = ["# the last of several rounds: train/README.md"] if start else []
    commands = [*rounds, f"{fit} --run {run}"]
    if card.get("averaged"):
        # A run of an earlier round exists once, under its own name.
        runs = [
            f"{run}-seed-{one['seed']}" if one["recipe"] == run_name(spec) else f"RUNS_FOLDER/{one['recipe']}"
            for one in card["averaged"]
        ]
        last = [
            f"{fit} --seed {one['seed']} --run {folder}"
            for one, folder in zip(card["averaged"], runs, strict=True)
            if one["recipe"] == run_name(spec)
        ]
        checkpoints = " ".join(f"--checkpoint {folder}/best.pt" for folder in runs)
        faces = card["averaged"][0]["norms_of"]
        commands = [
            *rounds,
            *last,
            f"python -m train average {checkpoints} --data {_folder(sets[0])} --faces {faces} --out {run}/best.pt",
        ]
    commands += [
        f"python -m train export --checkpoint {run}/best.pt{head} --data {_folder(sets[0])} "
        f"--out weights {named} --precision {card['precision']}{_looks(card)}",
    ]
    return commands + _measuring(spec, sets[0])


def _measuring(spec: ModelSpec, data_set: str) -> list[str]:
    commands = []
    for figures in spec.metrics.values():
        folder = _folder(figures.get("dataset", data_set))
        if "images" in figures and "labels" in figures:
            images, labels = (shlex.quote(str(figures[key])) for key in ("images", "labels"))
            where = f"--images {folder}/{images} --labels {folder}/{labels}"
        else:
            where = f"--data {folder}"
        usage = f"--usage {shlex.quote(figures.get('usage', 'PublicTest'))}"
        by_votes = " --labels-as ferplus" if figures.get("labels_as") == "ferplus" else ""
        commands.append(f"python -m train evaluate --weights weights/{_file(spec)} {where} {usage}{by_votes}")
    return commands


def run_name(spec: ModelSpec) -> str:
    """The name of the recipe and of its run. Two cards may come from one run, one for each head."""
    recipe = spec.card["recipe"]
    return str(recipe.get("name") or recipe.get("model", spec.model_id))


def _looks(card: Mapping[str, Any]) -> str:
    """Further options of the export: mirroring, an ensemble, integer ranges."""
    share = card.get("range_share", RANGE_SHARE)
    beside = "".join(f" --beside RUNS_FOLDER/{one['recipe']}/best.pt" for one in card.get("beside", []))
    ranges = "" if share == RANGE_SHARE else f" --range-share {share:g}"
    return f"{' --mirror' if card.get('mirrored') else ''}{beside}{ranges}"


def _file(spec: ModelSpec) -> str:
    """The file's name; the card's where another card has the file's."""
    return spec.path.name if spec.path.stem == spec.model_id else f"{spec.model_id}.json"


def _folder(data_set: str) -> str:
    return re.sub(r"[^A-Z0-9]+", "_", data_set.upper()) + "_FOLDER"
