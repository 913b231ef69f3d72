"""The command ``export``, which converts a trained network into what is shipped."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from realtime_fer.core.text.printable import say
from train.cards.card import RANGE_SHARE
from train.commands.command_line import CROPS_FILE, HEAD_HELP, TRAIN_FOLDER, AddCommand, UsageError, count, need, share

GOLDEN_FOLDER = TRAIN_FOLDER.parent / "tests" / "train" / "golden"


def _export(arguments: argparse.Namespace) -> int:
    need("torch", "litert_torch", "ai_edge_quantizer")
    import torch

    from train.export.candidates import HeadExporter
    from train.export.convert import PRECISIONS
    from train.export.ensemble import load_ensemble
    from train.export.export import export

    torch.set_num_threads(arguments.threads)
    targets = _targets(arguments)
    if arguments.compare:
        if len(targets) > 1:
            raise UsageError("--compare takes one head.")
        checkpoint = load_ensemble([arguments.checkpoint, *arguments.beside], arguments.head)
        exporter = HeadExporter(checkpoint, arguments.data, range_share=arguments.range_share)
        for precision in PRECISIONS:
            say(exporter.make(precision).row(), flush=True)
        return 0
    golden = arguments.golden or (GOLDEN_FOLDER if GOLDEN_FOLDER.parent.is_dir() else None)
    done = export(
        arguments.checkpoint,
        arguments.data,
        arguments.out,
        arguments.crops,
        golden,
        targets,
        arguments.precision,
        arguments.force,
        arguments.mirror,
        arguments.beside,
        arguments.range_share,
    )
    for made, card in done:
        say(f"{card['id']}: {made.row()}")
    say(f"written: {arguments.out / done[0][1]['file']} and {'its card' if len(done) == 1 else 'its two cards'}")
    return 0


def _targets(arguments: argparse.Namespace) -> list[Any]:
    from train.export.export import Target

    if (arguments.head == "both") != bool(arguments.labels_id):
        raise UsageError("--head both needs --labels-id for the labels' card; --id then names the votes' card.")
    if arguments.head != "both":
        return [Target(arguments.head, arguments.id or "", arguments.name or "")]
    if not arguments.id or arguments.id == arguments.labels_id:
        raise UsageError(
            "--head both needs two different names: --id for the votes' card, --labels-id for the labels' card."
        )
    return [Target("votes", arguments.id, arguments.name or ""), Target("labels", arguments.labels_id)]


def add_parsers(command: AddCommand) -> None:
    """Adds ``export``."""
    export = command("export", _export, "convert a trained network and write its card")
    export.add_argument("--checkpoint", type=Path, required=True, help="a run's best.pt")
    export.add_argument(
        "--data", type=Path, required=True, help="the data set that it learned from, whose validation split measures it"
    )
    export.add_argument("--out", type=Path, default=Path("weights"), help="folder (default weights)")
    export.add_argument("--id", help="name of the files (default: the network's)")
    export.add_argument("--name", help="name to show (default: the one known for the id, or made from it)")
    export.add_argument("--precision", choices=("float32", "float16", "dynamic", "dynamic4", "int8"), default="float32")
    export.add_argument(
        "--head",
        choices=("labels", "votes", "both"),
        default="labels",
        help=f"{HEAD_HELP}; or both, as one file with two cards",
    )
    export.add_argument(
        "--range-share",
        type=share,
        default=RANGE_SHARE,
        help=f"int8: share of faces whose activations the ranges hold (default {RANGE_SHARE})",
    )
    export.add_argument(
        "--beside",
        type=Path,
        action="append",
        default=[],
        metavar="best.pt",
        help="a further network of the same classes: the file gives the mean of all; repeatable",
    )
    export.add_argument("--mirror", action="store_true", help="average each face and its mirror image: twice the time")
    export.add_argument("--labels-id", help="name of the labels' card, with --head both")
    export.add_argument("--crops", type=Path, default=CROPS_FILE, help="JSON written by 'crops'")
    export.add_argument(
        "--golden", type=Path, help="folder for the golden faces (default: the tests' own, if it exists)"
    )
    export.add_argument("--force", action="store_true", help="replace a network of other classes in --out")
    export.add_argument("--threads", type=count, default=2, help="CPU threads (default 2)")
    export.add_argument("--compare", action="store_true", help="write nothing; measure every precision")
