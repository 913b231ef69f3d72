"""The commands ``fit``, which trains a network by a recipe, and ``curve``, which draws how it went."""

from __future__ import annotations

import argparse
import importlib.util
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from realtime_fer.core.text.printable import say
from train.cards.card_data import data_set_name
from train.commands.command_line import TRAIN_FOLDER, AddCommand, UsageError, count, need

if TYPE_CHECKING:
    from torch import nn

RECIPES_FOLDER = TRAIN_FOLDER / "recipes"


def _fit(arguments: argparse.Namespace) -> int:
    need("torch")
    import torch

    from train.data.training_faces import training_faces, validation_faces, validation_name
    from train.fit.fit import fit
    from train.fit.soft_targets import load_soft_targets
    from train.fit.teachers import load_teacher
    from train.recipe import read_recipe

    if arguments.teacher and arguments.soft_targets:
        raise UsageError("Give --teacher or --soft-targets, not both.")
    path = _recipe_path(arguments)
    recipe = read_recipe(
        path,
        epochs=arguments.epochs,
        batch=arguments.batch,
        seed=arguments.seed,
        left_out_fold=arguments.leave_out_fold,
    )
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    run = arguments.run or Path("runs") / path.stem
    training, sources = training_faces(arguments.data, recipe)
    validation = validation_faces(arguments.data, recipe)
    say(f"{len(training)} training faces, {len(validation)} validation faces; run folder {run}")
    teachers = [load_teacher(path, training.class_names) for path in arguments.teacher]
    soft_targets = load_soft_targets(arguments.soft_targets, training) if arguments.soft_targets else None
    start = None
    if arguments.start_from:
        start, further_sources = _network_to_start_from(arguments.start_from, recipe.model, training.class_names)
        # The card also names the data that the starting weights were learned from.
        named = {data_set_name(str(source["name"])) for source in sources}
        sources += [source for source in further_sources if data_set_name(str(source["name"])) not in named]
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
    if result.interrupted and not result.epochs_done:
        say("Stopped before the first epoch was over; nothing was kept.", error=True)
        return 1
    if result.interrupted:
        say(f"Stopped; whole epochs done and kept: {result.epochs_done}. Resume with:", error=True)
        say(_resume_command(arguments, path, run), error=True)
        return 1
    say(f"best {result.best_accuracy:.4f} (N {result.n}) in epoch {result.best_epoch}: {result.checkpoint}")
    return 0


def _recipe_path(arguments: argparse.Namespace) -> Path:
    if arguments.recipe:
        path: Path = arguments.recipe
        return path
    recipes = {path.stem: path for path in sorted(RECIPES_FOLDER.rglob("*.toml"))}
    if arguments.model not in recipes:
        known = ", ".join(recipes)
        raise UsageError(f"No network is called '{arguments.model}'; there are recipes of {known}.")
    return recipes[arguments.model]


def _network_to_start_from(
    path: Path, model: str, class_names: tuple[str, ...]
) -> tuple[nn.Module, list[dict[str, Any]]]:
    """A checkpoint's network, and the data sets that it learned from."""
    from train.fit.checkpoint import load_checkpoint

    checkpoint = load_checkpoint(path)
    if checkpoint.recipe["model"] != model or checkpoint.class_names != class_names:
        raise UsageError(f"{path} is of another network or of other classes.")
    return checkpoint.network, [dict(source) for source in checkpoint.sets()]


def _resume_command(arguments: argparse.Namespace, recipe: Path, run: Path) -> str:
    words: list[object] = ["--recipe", recipe, *_repeated("--data", arguments.data), "--run", run]
    words += _repeated("--teacher", arguments.teacher)
    for option in ("soft-targets", "start-from", "epochs", "batch", "seed", "leave-out-fold", "threads", "device"):
        value = getattr(arguments, option.replace("-", "_"))
        if value is not None:
            words += [f"--{option}", value]
    return f"python -m train fit {shlex.join([*map(str, words), '--resume'])}"


def _repeated(option: str, values: Sequence[Path]) -> list[object]:
    return [word for value in values for word in (option, value)]


def _curve(arguments: argparse.Namespace) -> int:
    need("matplotlib")
    from train.measure.plots import draw_curve

    out = arguments.out or arguments.run / "curve.png"
    draw_curve(arguments.run, out)
    say(out)
    return 0


def add_parsers(command: AddCommand) -> None:
    """Adds ``fit`` and ``curve``."""
    fit = command("fit", _fit, "train a network by a recipe")
    what = fit.add_mutually_exclusive_group(required=True)
    what.add_argument("--recipe", type=Path, help="a TOML file, such as train/recipes/plain-s.toml")
    what.add_argument("--model", help="a network with a recipe in train/recipes/")
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
        help="a trained network, or an exported one's card (.json), to distil from; repeatable: their mean is followed",
    )
    fit.add_argument(
        "--soft-targets", type=Path, metavar="FOLDER", help="folder written by 'soft-targets', instead of teachers"
    )
    fit.add_argument("--start-from", type=Path, metavar="best.pt", help="start from a trained network's weights")
    fit.add_argument(
        "--leave-out-fold",
        metavar="K/N",
        help="do not learn from the people of facial_expressions in fold K of N, to measure on them with 'press'",
    )
    fit.add_argument("--threads", type=count, help="CPU threads")
    fit.add_argument("--device", help="such as cpu or cuda (default: a GPU where there is one)")
    fit.add_argument("--resume", action="store_true", help="go on after the run's last whole epoch")

    curve = command("curve", _curve, "draw a run's learning curve")
    curve.add_argument("run", type=Path, help="a run's folder, written by 'fit'")
    curve.add_argument("--out", type=Path, help="PNG to write (default RUN/curve.png)")
