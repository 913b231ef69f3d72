"""``python -m train``: fit, evaluate and export networks, measure crops, draw a run's curve.

Exit codes: 0 done; 1 ended early, what there is was kept; 2 bad input, one sentence on stderr.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import shlex
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from realtime_fer.core.errors import RealtimeFerError

TRAIN_FOLDER = Path(__file__).resolve().parent
GOLDEN_FOLDER = TRAIN_FOLDER.parent / "tests" / "train" / "golden"
CROPS_FILE = TRAIN_FOLDER / "recipes" / "fer2013-crops.json"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message}.\n")


class MissingPackageError(RealtimeFerError):
    """A package that only training needs is not installed."""


def _need(*packages: str) -> None:
    pip_names = {
        "torch": "torch==2.13.0",
        "litert_torch": "litert-torch==0.10.0",
        "ai_edge_quantizer": "ai-edge-quantizer==0.10.0",
        "matplotlib": "matplotlib",
    }
    missing = [pip_names[package] for package in packages if importlib.util.find_spec(package) is None]
    if missing:
        names = " ".join(missing)
        raise MissingPackageError(
            f"This needs {names}.",
            f"Install it with 'pip install {names}', or all of training's with 'pip install realtime-fer[train]'.",
        )


def _fit(arguments: argparse.Namespace) -> int:
    _need("torch")
    import torch

    from train.datasets.readers import open_dataset
    from train.fit import fit
    from train.recipe import read_recipe

    recipe = read_recipe(arguments.recipe, epochs=arguments.epochs, batch=arguments.batch, seed=arguments.seed)
    if arguments.threads:
        torch.set_num_threads(arguments.threads)
    run = arguments.run or Path("runs") / arguments.recipe.stem
    training = open_dataset(arguments.data, "Training")
    validation = open_dataset(arguments.data, "PublicTest")
    print(f"{len(training)} faces to learn from, {len(validation)} to choose the best epoch on; run folder {run}")
    result = fit(training, validation, recipe, run, resume=arguments.resume, device_name=arguments.device)
    if result.interrupted:
        if result.epochs_done:
            again = ["python -m train fit", "--recipe", arguments.recipe, "--data", arguments.data, "--run", run]
            for option in ("epochs", "batch", "seed", "threads", "device"):
                if getattr(arguments, option) is not None:
                    again += [f"--{option}", getattr(arguments, option)]
            print(f"Stopped; whole epochs done and kept: {result.epochs_done}. Go on with:", file=sys.stderr)
            print(again[0], shlex.join([*map(str, again[1:]), "--resume"]), file=sys.stderr)
        else:
            print("Stopped before the first epoch was over; nothing was kept.", file=sys.stderr)
        return 1
    print(f"best {result.best_accuracy:.4f} (N {result.n}) in epoch {result.best_epoch}: {result.checkpoint}")
    return 0


def _evaluate(arguments: argparse.Namespace) -> int:
    if arguments.weights.suffix == ".pt":
        _need("torch")
    from train.evaluate import as_table, evaluate
    from train.predictors import open_predictor

    predictor = open_predictor(arguments.weights, arguments.threads)
    figures = evaluate(predictor, arguments.images, arguments.labels, arguments.usage, arguments.labels_as)
    print(json.dumps(figures, allow_nan=False) if arguments.json else as_table(figures))
    return 0


def _export(arguments: argparse.Namespace) -> int:
    _need("torch", "litert_torch", "ai_edge_quantizer")
    import torch

    from train.checkpoint import load_checkpoint
    from train.convert import PRECISIONS
    from train.export import Exporter, export

    torch.set_num_threads(arguments.threads)
    if arguments.compare:
        exporter = Exporter(load_checkpoint(arguments.checkpoint), arguments.data)
        for precision in PRECISIONS:
            print(exporter.make(precision).row(), flush=True)
        return 0
    golden = arguments.golden or (GOLDEN_FOLDER if GOLDEN_FOLDER.parent.is_dir() else None)
    made, card = export(
        arguments.checkpoint,
        arguments.data,
        arguments.out,
        arguments.crops,
        golden,
        arguments.id,
        arguments.name or arguments.id.upper().replace("-", " "),
        arguments.precision,
    )
    print(made.row())
    print(f"written: {arguments.out / card['file']} and its card")
    return 0


def _crops(arguments: argparse.Namespace) -> int:
    import numpy as np

    from train.card import as_json, write_whole
    from train.crop_margins import measure_crops
    from train.datasets.labels_csv import read_labels
    from train.datasets.readers import iterate_zip

    rows = read_labels(arguments.labels, arguments.usage)
    rows = rows[:: max(1, len(rows) // arguments.faces)][: arguments.faces]
    faces = np.stack([image for _, image in iterate_zip(arguments.images, rows)])
    content = as_json(measure_crops(faces, arguments.blazeface))
    write_whole({arguments.out: content})
    print(content.decode(), end="")
    return 0


def _curve(arguments: argparse.Namespace) -> int:
    _need("matplotlib")
    from train.plots import draw_curve

    out = arguments.out or arguments.run / "curve.png"
    draw_curve(arguments.run, out)
    print(out)
    return 0


def _count(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is no whole number of 1 or more")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m train", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, act: Callable[[argparse.Namespace], int], summary: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=summary, description=summary)
        added.set_defaults(act=act)
        return added

    fit = command("fit", _fit, "train a network by a recipe")
    fit.add_argument("--recipe", type=Path, required=True, help="a TOML file, such as train/recipes/fer-s.toml")
    fit.add_argument("--data", type=Path, required=True, help="FER2013's folder, or Kaggle's CSV")
    fit.add_argument("--run", type=Path, help="folder for checkpoints and log (default runs/RECIPE)")
    fit.add_argument("--epochs", type=_count, help="instead of the recipe's")
    fit.add_argument("--batch", type=_count, help="instead of the recipe's")
    fit.add_argument("--seed", type=int, help="instead of the recipe's")
    fit.add_argument("--threads", type=_count, help="CPU threads")
    fit.add_argument("--device", help="such as cpu or cuda (default: a GPU where there is one)")
    fit.add_argument("--resume", action="store_true", help="go on from the run's last whole epoch")

    evaluate = command("evaluate", _evaluate, "measure a network on labelled faces")
    evaluate.add_argument("--weights", type=Path, required=True, help="a .tflite with its card beside it, or best.pt")
    evaluate.add_argument("--images", type=Path, required=True, help="a zip of cropped faces")
    evaluate.add_argument("--labels", type=Path, required=True, help="CSV: image, usage (or split), emotion")
    evaluate.add_argument("--usage", required=True, help="which rows, such as PublicTest")
    evaluate.add_argument("--labels-as", choices=("emotion", "ferplus"), default="emotion")
    evaluate.add_argument("--threads", type=_count, default=2, help="CPU threads (default 2)")
    evaluate.add_argument("--json", action="store_true", help="print one JSON object")

    export = command("export", _export, "convert a trained network and write its card")
    export.add_argument("--checkpoint", type=Path, required=True, help="a run's best.pt")
    export.add_argument("--data", type=Path, required=True, help="FER2013's folder with zips and labels.csv")
    export.add_argument("--out", type=Path, default=Path("weights"), help="folder (default weights)")
    export.add_argument("--id", default="fer-s", help="name of the files (default fer-s)")
    export.add_argument("--name", help="name to show (default: from the id)")
    export.add_argument("--precision", choices=("float32", "float16", "dynamic", "int8"), default="float32")
    export.add_argument("--crops", type=Path, default=CROPS_FILE, help="what 'crops' wrote")
    export.add_argument("--golden", type=Path, help="folder for the golden faces (default: the tests' own, if there)")
    export.add_argument("--threads", type=_count, default=2, help="CPU threads (default 2)")
    export.add_argument("--compare", action="store_true", help="write nothing; measure every precision")

    crops = command("crops", _crops, "measure how detectors' boxes lie in the training faces")
    crops.add_argument("--images", type=Path, required=True, help="a zip of training faces")
    crops.add_argument("--labels", type=Path, required=True, help="their labels.csv")
    crops.add_argument("--usage", default="Training")
    crops.add_argument("--blazeface", type=Path, action="append", default=[], help="a BlazeFace .tflite; repeatable")
    crops.add_argument("--faces", type=_count, default=1000, help="how many faces to look at (default 1000)")
    crops.add_argument("--out", type=Path, default=CROPS_FILE, help="JSON to write")

    curve = command("curve", _curve, "draw a run's learning curve")
    curve.add_argument("run", type=Path, help="a folder that 'fit' wrote")
    curve.add_argument("--out", type=Path, help="PNG to write (default RUN/curve.png)")
    return parser


def main(words: Sequence[str] | None = None) -> int:
    arguments = _parser().parse_args(words)
    try:
        return int(arguments.act(arguments))
    except RealtimeFerError as error:
        print(error.sentence(), file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
