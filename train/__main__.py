"""``python -m train``: fit, evaluate and export networks, write their cards, measure crops, draw curves.

Exit codes: 0 done; 1 ended early, what there is was kept; 2 bad input, one sentence on stderr.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shlex
import sys
from collections.abc import Sequence
from pathlib import Path

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.text.printable import say, say_json, say_lines
from realtime_fer.native_output import escape_unencodable, quiet_native_output
from train.commands import datasets as dataset_commands
from train.commands import distilling as distilling_commands
from train.commands import exporting as exporting_commands
from train.commands import measuring as measuring_commands
from train.commands.command_line import CROPS_FILE, TRAIN_FOLDER, Act, Parser, UsageError, count, need
from train.fit.allocator import begin_again_with_tunables
from train.live import commands as live_commands

RECIPES_FOLDER = TRAIN_FOLDER / "recipes"


def _fit(arguments: argparse.Namespace) -> int:
    need("torch")
    import torch

    from train.cards.card_data import data_set_name
    from train.data.training_faces import training_faces, validation_faces, validation_name
    from train.fit.checkpoint import load_checkpoint
    from train.fit.fit import fit
    from train.fit.soft_targets import load_soft_targets
    from train.fit.teachers import load_teacher
    from train.recipe import read_recipe

    path = arguments.recipe or RECIPES_FOLDER / f"{arguments.model}.toml"
    if arguments.model and not path.is_file():
        known = ", ".join(sorted(recipe.stem for recipe in RECIPES_FOLDER.glob("*.toml")))
        raise UsageError(f"No network is called '{arguments.model}'; there are recipes of {known}.")
    recipe = read_recipe(path, epochs=arguments.epochs, batch=arguments.batch, seed=arguments.seed)
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    run = arguments.run or Path("runs") / path.stem
    training, sources = training_faces(arguments.data, recipe)
    validation = validation_faces(arguments.data, recipe)
    say(f"{len(training)} faces to learn from, {len(validation)} to choose the best epoch on; run folder {run}")
    if arguments.teacher and arguments.soft_targets:
        raise UsageError("Learn from teachers or from soft targets, not both.")
    teachers = [load_teacher(path, training.class_names) for path in arguments.teacher]
    soft_targets = load_soft_targets(arguments.soft_targets, training) if arguments.soft_targets else None
    start = None
    if arguments.start_from:
        begun = load_checkpoint(arguments.start_from)
        if begun.recipe["model"] != recipe.model or begun.class_names != training.class_names:
            raise UsageError(f"{arguments.start_from} is of another network or of other classes.")
        start = begun.network
        # What those weights were learned from, the card says too.
        named = {data_set_name(str(source["name"])) for source in sources}
        sources += [dict(source) for source in begun.sets() if data_set_name(str(source["name"])) not in named]
    result = fit(
        training,
        validation,
        recipe,
        run,
        resume=arguments.resume,
        device_name=arguments.device,
        data_sources=sources,
        teachers=teachers,
        soft_targets=soft_targets,
        validated_on=str(validation_name(arguments.data, recipe)),
        start=start,
    )
    if importlib.util.find_spec("matplotlib") is not None and (run / "log.csv").is_file():
        from train.measure.plots import draw_curve

        draw_curve(run, run / "curve.png")
    if result.interrupted:
        if result.epochs_done:
            again = ["python -m train fit", "--recipe", path, *_repeated("--data", arguments.data), "--run", run]
            again += _repeated("--teacher", arguments.teacher)
            again += ["--soft-targets", arguments.soft_targets] if arguments.soft_targets else []
            again += ["--start-from", arguments.start_from] if arguments.start_from else []
            for option in ("epochs", "batch", "seed", "threads", "device"):
                if getattr(arguments, option) is not None:
                    again += [f"--{option}", getattr(arguments, option)]
            say(f"Stopped; whole epochs done and kept: {result.epochs_done}. Go on with:", error=True)
            say(f"{again[0]} {shlex.join([*map(str, again[1:]), '--resume'])}", error=True)
        else:
            say("Stopped before the first epoch was over; nothing was kept.", error=True)
        return 1
    say(f"best {result.best_accuracy:.4f} (N {result.n}) in epoch {result.best_epoch}: {result.checkpoint}")
    return 0


def _repeated(option: str, values: Sequence[Path]) -> list[str]:
    return [word for value in values for word in (option, str(value))]


def _crops(arguments: argparse.Namespace) -> int:
    import numpy as np

    from train.cards.card import as_json, write_whole
    from train.data.labels_csv import read_labels
    from train.data.readers import iterate_zip
    from train.measure.crop_margins import measure_crops

    rows = read_labels(arguments.labels, arguments.usage)
    rows = rows[:: max(1, len(rows) // arguments.faces)][: arguments.faces]
    faces = np.stack([image for _, image in iterate_zip(arguments.images, rows)])
    content = as_json(measure_crops(faces))
    write_whole({arguments.out: content})
    say_lines(content.decode().rstrip("\n"))
    return 0


def _detected(arguments: argparse.Namespace) -> int:
    from realtime_fer.core.cards.model_spec import read_model_spec
    from realtime_fer.vision.registry import make_detector
    from train.data import open_dataset
    from train.measure.detected_crops import detection_loss
    from train.measure.open_predictor import open_predictor

    predictor = open_predictor(arguments.weights, arguments.threads)
    spec = read_model_spec(arguments.weights.with_suffix(".json"))
    faces = open_dataset(arguments.data, arguments.usage)
    report = {}
    for name in ("haar", "mediapipe"):
        detector = make_detector(name)
        try:
            report[name] = detection_loss(predictor, spec, faces, detector)
        finally:
            detector.close()
    if arguments.json:
        say_json(report)
        return 0
    for name, figures in report.items():
        say(f"{name}: found {figures['n']} of {figures['of']}")
        if figures["n"]:
            own, live = figures["own_crops"], figures["detected_crops"]
            say(f"  own crops       accuracy {own['accuracy']:.2%}, macro F1 {own['macro_f1']:.3f}")
            say(f"  detected crops  accuracy {live['accuracy']:.2%}, macro F1 {live['macro_f1']:.3f}")
            say(f"  loss from detection {figures['loss_points']:.2f} points")
    return 0


def _curve(arguments: argparse.Namespace) -> int:
    need("matplotlib")
    from train.measure.plots import draw_curve

    out = arguments.out or arguments.run / "curve.png"
    draw_curve(arguments.run, out)
    say(out)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = Parser(prog="python -m train", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, act: Act, summary: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=summary, description=summary)
        added.set_defaults(act=act)
        return added

    fit = command("fit", _fit, "train a network by a recipe")
    what = fit.add_mutually_exclusive_group(required=True)
    what.add_argument("--recipe", type=Path, help="a TOML file, such as train/recipes/fer-s.toml")
    what.add_argument("--model", help="a shipped network, trained by its own recipe")
    fit.add_argument(
        "--data",
        type=Path,
        action="append",
        required=True,
        help="FER2013's folder or Kaggle's CSV; repeatable",
    )
    fit.add_argument("--run", type=Path, help="folder for checkpoints and log (default runs/RECIPE)")
    fit.add_argument("--epochs", type=count, help="instead of the recipe's")
    fit.add_argument("--batch", type=count, help="instead of the recipe's")
    fit.add_argument("--seed", type=int, help="instead of the recipe's")
    fit.add_argument(
        "--teacher",
        type=Path,
        action="append",
        default=[],
        metavar="best.pt",
        help="a trained network to distil from; repeatable: the mean of their opinions is followed",
    )
    fit.add_argument(
        "--soft-targets", type=Path, metavar="FOLDER", help="what 'soft-targets' made, instead of teachers"
    )
    fit.add_argument(
        "--start-from", type=Path, metavar="best.pt", help="go on from a trained network's weights, by another recipe"
    )
    fit.add_argument("--threads", type=count, help="CPU threads")
    fit.add_argument("--device", help="such as cpu or cuda (default: a GPU where there is one)")
    fit.add_argument("--resume", action="store_true", help="go on from the run's last whole epoch")

    dataset_commands.add_parsers(commands)
    distilling_commands.add_parsers(command)
    measuring_commands.add_parsers(command)
    exporting_commands.add_parser(command)
    live_commands.add_parsers(command)

    crops = command("crops", _crops, "measure how detectors' boxes lie in the training faces")
    crops.add_argument("--images", type=Path, required=True, help="a zip of training faces")
    crops.add_argument("--labels", type=Path, required=True, help="their labels.csv")
    crops.add_argument("--usage", default="Training")
    crops.add_argument("--faces", type=count, default=1000, help="how many faces to look at (default 1000)")
    crops.add_argument("--out", type=Path, default=CROPS_FILE, help="JSON to write")

    detected = command("detected", _detected, "measure what finding the face costs in accuracy")
    detected.add_argument("--weights", type=Path, required=True, help="a .tflite with its card beside it")
    detected.add_argument("--data", type=Path, required=True, help="a data set, such as facial_expressions' folder")
    detected.add_argument("--usage", default="validation")
    detected.add_argument("--threads", type=count, default=2, help="CPU threads (default 2)")
    detected.add_argument("--json", action="store_true", help="print one JSON object")

    curve = command("curve", _curve, "draw a run's learning curve")
    curve.add_argument("run", type=Path, help="a folder that 'fit' wrote")
    curve.add_argument("--out", type=Path, help="PNG to write (default RUN/curve.png)")
    return parser


def main(words: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(words)
    try:
        return int(arguments.act(arguments))
    except RealtimeFerError as error:
        say(error.sentence(), error=True)
        return 2
    except BrokenPipeError:
        # Whoever read the output, such as head, has enough; Python must not complain while it flushes at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        say("Stopped.", error=True)
        return 1


if __name__ == "__main__":
    if sys.argv[1:2] in (["fit"], ["soft-targets"]):
        begin_again_with_tunables()
    # LiteRT and the converter write their progress to stderr, where sentences for people stand.
    escape_unencodable()
    quiet_native_output()
    sys.exit(main())
