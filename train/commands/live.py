"""The commands ``live`` and ``press``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.enums import DetectorName, Sensitivity
from realtime_fer.core.protocols import ExpressionClassifier
from realtime_fer.core.settings import Settings
from realtime_fer.core.text.printable import one_of, say_json, say_lines
from train.commands.command_line import AddCommand, UsageError, count
from train.live.pictures import LabelledPicture
from train.live.scenes import FPS, HEIGHT_PX, WIDTH_PX, Scene

SCENES = 120

#: Facts of a network for the report, its classes, and its probabilities (n, C).
Answers = tuple[dict[str, Any], tuple[str, ...], npt.NDArray[np.float32]]


def _live(arguments: argparse.Namespace) -> int:
    from realtime_fer.vision.registry import make_detector
    from train.live.pictures import read_pictures
    from train.live.playing import play
    from train.live.scene_video import SceneVideo
    from train.live.scenes import plan_scenes

    read = dict(read_pictures(path) for path in arguments.data)
    pictures = [picture for of_one in read.values() for picture in of_one]
    with ExitStack() as stack:
        video = stack.enter_context(SceneVideo(arguments.keep_film)) if arguments.keep_film else None
        detector = make_detector(arguments.detector)
        stack.callback(detector.close)
        asked = entrants(arguments.models, arguments.sensitivity or [Settings.sensitivity], arguments.threads)
        scenes = _with_bar(plan_scenes(pictures, arguments.scenes, arguments.seed), arguments.scenes)
        tracks = play(
            scenes,
            detector,
            [one.classifier for one in asked],
            video.watch if video else None,
            [one.sensitivity for one in asked],
        )
    from train.live.figures import difference, figures_of
    from train.live.report import as_text

    report: dict[str, Any] = {
        "scenes": arguments.scenes,
        "seed": arguments.seed,
        "fps": FPS,
        "size": f"{WIDTH_PX}x{HEIGHT_PX}",
        "detector": arguments.detector,
        "data": [{"name": title, "n": len(of_one)} for title, of_one in read.items()],
        "models": [
            {**_facts(one), **figures_of(own, one.classifier.spec.class_names)}
            for one, own in zip(asked, tracks, strict=True)
        ],
        "differences": [
            {"model": one.name, **difference(tracks[0], own)} for one, own in zip(asked[1:], tracks[1:], strict=True)
        ],
    }
    if arguments.json:
        say_json(report, allow_nan=False)
    else:
        say_lines(as_text(report))
    return 0


def _press(arguments: argparse.Namespace) -> int:
    from train.live.pictures import read_pictures
    from train.live.press import as_text, press_difference, press_figures

    read = dict(read_pictures(path, split) for path in arguments.data for split in ("training", "validation"))
    pictures = [picture for of_one in read.values() for picture in of_one]
    figures, said = [], []
    for facts, class_names, probabilities in _answers(arguments, pictures):
        said.append((probabilities, class_names))
        figures.append({**facts, **press_figures(probabilities, class_names, pictures, arguments.folds)})
    report = {
        "data": [{"name": title, "n": len(of_one)} for title, of_one in read.items()],
        "models": figures,
        "differences": [
            {"model": entry["model"], **press_difference(said[0], own, pictures)}
            for entry, own in zip(figures[1:], said[1:], strict=True)
        ],
    }
    if arguments.json:
        say_json(report, allow_nan=False)
    else:
        say_lines(as_text(report))
    return 0


def _answers(arguments: argparse.Namespace, pictures: Sequence[LabelledPicture]) -> Iterator[Answers]:
    """What each network says of the pictures, at each sensitivity; last, those that left out a fold each, as one."""
    sensitivities = list(dict.fromkeys(arguments.sensitivity or Sensitivity))
    if arguments.models or not arguments.fold_weights:
        yield from _answers_alone(arguments.models, sensitivities, arguments.threads, pictures)
    if arguments.fold_weights:
        yield from _answers_by_fold(arguments.fold_weights, sensitivities, arguments.threads, pictures)


def _answers_alone(
    models: Sequence[str], sensitivities: Sequence[Sensitivity], threads: int, pictures: Sequence[LabelledPicture]
) -> Iterator[Answers]:
    from train.live.press import predict_pictures

    learned = {picture.data_set for picture in pictures}
    for one in entrants(models, sensitivities, threads):
        spec = one.classifier.spec
        probabilities = predict_pictures(one.classifier, pictures)
        one.classifier.close()
        if spec.prior is not None:
            probabilities = spec.prior.adjusted(probabilities, one.sensitivity)
        named = {str(entry.get("name")) for entry in spec.card.get("data", {}).get("sets", [])} | {spec.dataset}
        yield {**_facts(one), "learned": bool(named & learned)}, spec.class_names, probabilities


def _answers_by_fold(
    files: Sequence[str], sensitivities: Sequence[Sensitivity], threads: int, pictures: Sequence[LabelledPicture]
) -> Iterator[Answers]:
    from train.live.out_of_fold import predict_out_of_fold

    networks = [one.classifier for one in entrants(files, [Sensitivity.OFF], threads)]
    try:
        said = predict_out_of_fold(networks, pictures, sensitivities)
    finally:
        for network in networks:
            network.close()
    first = networks[0].spec
    name = f"{first.card['recipe'].get('name') or first.model_id} by fold"
    hashes = [network.spec.sha256 for network in networks]
    for sensitivity, probabilities in zip(sensitivities, said, strict=True):
        told = f"{name}, {sensitivity}" if len(sensitivities) > 1 else name
        facts = {"model": told, "sha256": hashes, "sensitivity": sensitivity, "learned": False}
        yield facts, first.class_names, probabilities


def _facts(one: Entrant) -> dict[str, Any]:
    return {"model": one.name, "sha256": one.classifier.spec.sha256, "sensitivity": one.sensitivity}


@dataclass(frozen=True)
class Entrant:
    """A model at one sensitivity.

    Attributes:
        name: the model's id, or the given word where two models share an id; then the sensitivity,
            where there are several.
    """

    name: str
    classifier: ExpressionClassifier
    sensitivity: Sensitivity


def entrants(models: Sequence[str], sensitivities: Sequence[Sensitivity], threads: int) -> list[Entrant]:
    """The networks as the program runs them, at each sensitivity; once where the card has no prior.

    Args:
        models: ids and files; () is the default model.

    Raises:
        ModelError: a model cannot be loaded.
        UsageError: a model is given twice.
    """
    from realtime_fer.vision.classifiers.tflite import TfliteClassifier
    from realtime_fer.vision.registry import ModelRegistry

    registry, words = ModelRegistry(), models or [Settings.model]
    specs = [registry.spec(word) for word in words]
    answers = [(spec.sha256, spec.output) for spec in specs]
    twice = next((words[i] for i, answer in enumerate(answers) if answer in answers[:i]), None)
    if twice is not None:
        raise UsageError(f"'{twice}' is given twice.")
    ids = [spec.model_id for spec in specs]
    found = []
    for word, spec in zip(words, specs, strict=True):
        name = spec.model_id if ids.count(spec.model_id) == 1 else word
        for sensitivity in dict.fromkeys(sensitivities if spec.prior is not None else [Sensitivity.OFF]):
            told = f"{name}, {sensitivity}" if spec.prior is not None and len(sensitivities) > 1 else name
            found.append(Entrant(told, TfliteClassifier(spec, threads), sensitivity))
    return found


def _with_bar(scenes: Iterable[Scene], total: int) -> Iterator[Scene]:
    from tqdm import tqdm

    yield from tqdm(scenes, total=total, unit=" scenes", disable=None, file=sys.stderr, leave=False)


def add_models(parser: argparse.ArgumentParser, default_sensitivities: str) -> None:
    """Adds ``--model`` and ``--weights``, both repeatable and collected in one list, and the other shared options."""
    parser.add_argument(
        "--model",
        dest="models",
        action="append",
        default=[],
        metavar="ID",
        help="a shipped model; repeatable (default: fer-s)",
    )
    parser.add_argument(
        "--weights",
        dest="models",
        action="append",
        default=[],
        metavar="FILE",
        help="a .tflite with its card; repeatable",
    )
    parser.add_argument(
        "--sensitivity",
        action="append",
        **one_of(Sensitivity),
        help=f"to subtle expressions; repeatable (default {default_sensitivities})",
    )
    parser.add_argument("--threads", type=count, default=1, help="CPU threads (default 1)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def add_parsers(command: AddCommand) -> None:
    """Adds ``live`` and ``press``."""
    live = command("live", _live, "measure models on moving faces, through the program's own pipeline")
    live.add_argument(
        "--data", type=Path, action="append", required=True, help="a data set that 'datasets' lists; repeatable"
    )
    live.add_argument("--scenes", type=count, default=SCENES, help=f"how many (default {SCENES})")
    live.add_argument("--seed", type=int, default=1, help="of the scenes (default 1)")
    live.add_argument(
        "--detector", **one_of(DetectorName), default=Settings.detector, help=f"default {Settings.detector}"
    )
    live.add_argument("--keep-film", type=Path, metavar="OUT.mp4", help="keep the first scenes as a video")
    add_models(live, Settings.sensitivity)

    press = command("press", _press, "measure models on press photographs, in folds by person")
    press.add_argument(
        "--data", type=Path, action="append", required=True, help="facial_expressions, in either layout; repeatable"
    )
    press.add_argument("--folds", type=count, default=5, help="how many (default 5)")
    press.add_argument(
        "--fold-weights",
        action="append",
        default=[],
        metavar="FILE",
        help="a .tflite of 'fit --leave-out-fold', once for each fold: together they are measured as one network",
    )
    add_models(press, "all")
