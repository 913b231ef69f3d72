"""The commands ``live`` and ``press``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from realtime_fer.core.printable import say_json, say_lines
from realtime_fer.core.protocols import ExpressionClassifier
from realtime_fer.core.settings import DETECTORS, Settings
from train.command_line import AddCommand, UsageError, count
from train.live.scenes import FPS, HEIGHT_PX, WIDTH_PX, Scene

SCENES = 120


def _live(arguments: argparse.Namespace) -> int:
    from realtime_fer.vision.registry import make_detector
    from train.live.film import Film
    from train.live.pictures import read_pictures
    from train.live.playing import play
    from train.live.scenes import plan_scenes

    read = dict(read_pictures(path) for path in arguments.data)
    pictures = [picture for of_one in read.values() for picture in of_one]
    with ExitStack() as stack:
        film = stack.enter_context(Film(arguments.keep_film)) if arguments.keep_film else None
        detector = make_detector(arguments.detector)
        stack.callback(detector.close)
        models = chosen_models(arguments)
        classifiers = open_classifiers(models, arguments.threads)
        scenes = _with_bar(plan_scenes(pictures, arguments.scenes, arguments.seed), arguments.scenes)
        tracks = play(scenes, detector, classifiers, film.watch if film else None)
    from train.live.figures import difference, figures_of
    from train.live.report import as_text

    names, specs = names_of(models, classifiers), [classifier.spec for classifier in classifiers]
    report: dict[str, Any] = {
        "scenes": arguments.scenes,
        "seed": arguments.seed,
        "fps": FPS,
        "size": f"{WIDTH_PX}x{HEIGHT_PX}",
        "detector": arguments.detector,
        "data": [{"name": title, "n": len(of_one)} for title, of_one in read.items()],
        "models": [
            {"model": name, "sha256": spec.sha256, **figures_of(own, spec.class_names)}
            for name, spec, own in zip(names, specs, tracks, strict=True)
        ],
        "differences": [
            {"model": name, **difference(tracks[0], own)} for name, own in zip(names[1:], tracks[1:], strict=True)
        ],
    }
    if arguments.json:
        say_json(report, allow_nan=False)
    else:
        say_lines(as_text(report))
    return 0


def _press(arguments: argparse.Namespace) -> int:
    from train.live.pictures import read_pictures
    from train.live.press import as_text, ask, press_difference, press_figures

    read = dict(read_pictures(path, split) for path in arguments.data for split in ("training", "validation"))
    pictures = [picture for of_one in read.values() for picture in of_one]
    learned = {picture.data_set for picture in pictures}
    models = chosen_models(arguments)
    classifiers = open_classifiers(models, arguments.threads)
    figures, said = [], []
    for name, classifier in zip(names_of(models, classifiers), classifiers, strict=True):
        spec = classifier.spec
        named = {str(entry.get("name")) for entry in spec.card.get("data", {}).get("sets", [])} | {spec.dataset}
        said.append((ask(classifier, pictures), spec.class_names))
        of_model = press_figures(*said[-1], pictures, arguments.folds)
        figures.append({"model": name, "sha256": spec.sha256, "learned": bool(named & learned), **of_model})
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


def chosen_models(arguments: argparse.Namespace) -> list[str]:
    """Ids and files, in the order that they were given; the default model where none was."""
    return arguments.models or [Settings.model]


def open_classifiers(models: list[str], threads: int) -> list[ExpressionClassifier]:
    """The networks as the program runs them.

    Raises:
        ModelError: one of them cannot be had.
    """
    from realtime_fer.vision.classifiers.tflite import TfliteClassifier
    from realtime_fer.vision.registry import ModelRegistry

    registry = ModelRegistry()
    specs = [registry.spec(model) for model in models]
    answers = [(spec.sha256, spec.output) for spec in specs]
    twice = next((models[i] for i, answer in enumerate(answers) if answer in answers[:i]), None)
    if twice is not None:
        raise UsageError(f"'{twice}' is given twice.")
    return [TfliteClassifier(spec, threads) for spec in specs]


def names_of(models: list[str], classifiers: Sequence[ExpressionClassifier]) -> list[str]:
    """What a report calls the models: by their ids, where two have the same by what was given."""
    ids = [classifier.spec.model_id for classifier in classifiers]
    return [name if ids.count(name) == 1 else word for name, word in zip(ids, models, strict=True)]


def _with_bar(scenes: Iterable[Scene], total: int) -> Iterator[Scene]:
    from tqdm import tqdm

    yield from tqdm(scenes, total=total, unit=" scenes", disable=None, file=sys.stderr, leave=False)


def add_models(parser: argparse.ArgumentParser) -> None:
    """``--model`` and ``--weights``, both repeatable, in one list."""
    parser.add_argument(
        "--model", dest="models", action="append", metavar="ID", help="a shipped model; repeatable (default: fer-s)"
    )
    parser.add_argument(
        "--weights", dest="models", action="append", metavar="FILE", help="a .tflite with its card; repeatable"
    )
    parser.add_argument("--threads", type=count, default=1, help="CPU threads (default 1)")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def add_parsers(command: AddCommand) -> None:
    """Adds the commands that measure models as people meet them."""
    live = command("live", _live, "measure models on moving faces, through the program's own pipeline")
    live.add_argument(
        "--data", type=Path, action="append", required=True, help="a data set that 'datasets' lists; repeatable"
    )
    live.add_argument("--scenes", type=count, default=SCENES, help=f"how many (default {SCENES})")
    live.add_argument("--seed", type=int, default=1, help="of the scenes (default 1)")
    live.add_argument("--detector", choices=DETECTORS, default=DETECTORS[0], help=f"default {DETECTORS[0]}")
    live.add_argument("--keep-film", type=Path, metavar="OUT.mp4", help="film the first scenes, to look at")
    add_models(live)

    press = command("press", _press, "measure models on press photographs, in folds by person")
    press.add_argument(
        "--data", type=Path, action="append", required=True, help="facial_expressions, in either layout; repeatable"
    )
    press.add_argument("--folds", type=count, default=5, help="how many (default 5)")
    add_models(press)
