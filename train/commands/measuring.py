"""The commands that measure and describe networks: ``evaluate``, ``card``, ``prior``, ``table``."""

from __future__ import annotations

import argparse
import json
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from realtime_fer.core.cards.model_figures import COMPARED_SPLIT
from realtime_fer.core.cards.model_spec import AT_STANDARD, ModelSpec, read_model_spec
from realtime_fer.core.cards.prior import prior_from
from realtime_fer.core.enums import Sensitivity
from realtime_fer.core.errors import ModelError
from realtime_fer.core.text.printable import one_of, say, say_json, say_lines
from train.commands.command_line import HEAD_HELP, TRAIN_FOLDER, AddCommand, UsageError, count, need

if TYPE_CHECKING:
    from train.predictors import Predictor

WEIGHTS_FOLDER = TRAIN_FOLDER.parent / "weights"


def _evaluate(arguments: argparse.Namespace) -> int:
    from train.measure.predictor_factory import create_predictor

    for weights in arguments.compare or [arguments.weights]:
        if weights.suffix == ".pt":
            need("torch")
    if arguments.compare:
        from train.measure.compare import as_text, compare

        if arguments.confusion:
            raise UsageError("--confusion takes one network; give it with --weights.")
        a, b = (create_predictor(weights, arguments.threads, head=arguments.head) for weights in arguments.compare)
        figures = compare(a, b, _source(arguments))
        text = as_text(figures, arguments.compare[0].name, arguments.compare[1].name)
    else:
        from train.measure.evaluate import as_table, evaluate

        _check_confusion(arguments.confusion)
        network = create_predictor(arguments.weights, arguments.threads, head=arguments.head)
        figures = evaluate(_at_sensitivity(network, arguments.weights, arguments.sensitivity), _source(arguments))
        text = as_table(figures)
        if arguments.confusion:
            _write_confusion(arguments.confusion, arguments.weights.name, figures)
    if arguments.json:
        say_json(figures, allow_nan=False)
    else:
        say_lines(text)
    return 0


def _at_sensitivity(network: Predictor, weights: Path, sensitivity: Sensitivity) -> Predictor:
    from train.predictors import AdjustedPredictor

    if sensitivity is Sensitivity.OFF:
        return network
    prior = read_model_spec(weights.with_suffix(".json")).prior if weights.suffix != ".pt" else None
    if prior is None:
        raise UsageError(f"{weights.name} has no card with a prior, so the only sensitivity is 'off'.")
    return AdjustedPredictor(network, prior, sensitivity)


def _check_confusion(out: Path | None) -> None:
    """Called before the measurement, which may take minutes."""
    if out is not None and out.suffix.lower() not in (".png", ".json"):
        raise UsageError(f"--confusion writes a .png or a .json, not '{out.name}'.")
    if out is not None and out.suffix.lower() == ".png":
        need("matplotlib")


def _write_confusion(out: Path, network: str, figures: dict[str, Any]) -> None:
    from train.cards.card import as_json, write_whole

    kept = ("n", "left_out", "usage", "labels_as", "accuracy")
    content = {"network": network, **{key: figures[key] for key in kept}, **figures["confusion"]}
    write_whole({out.with_suffix(".json"): as_json(content)})
    if out.suffix.lower() == ".png":
        from train.measure.evaluate import left_out_text
        from train.measure.plots import draw_confusion

        title = f"{network}, {figures['usage']} (labels {figures['labels_as']}), N {figures['n']}"
        draw_confusion(figures["confusion"], title + left_out_text(figures["left_out"]), out)


def _source(arguments: argparse.Namespace) -> Any:
    from train.measure.evaluate import FaceSource

    return FaceSource(
        arguments.usage,
        arguments.labels_as,
        arguments.images,
        arguments.labels,
        arguments.data,
        getattr(arguments, "without_duplicates_of", None),
    )


def _card(arguments: argparse.Namespace) -> int:
    from train.cards.card import as_json, split_key, updated, write_whole
    from train.cards.card_data import data_set_name
    from train.data.readers import SplitName
    from train.data.training_faces import named_split

    path = arguments.weights.with_suffix(".json")
    if arguments.weights.suffix not in (".tflite", ".json"):
        raise UsageError(f"Give a .tflite file or its card; '{arguments.weights.name}' is neither.")
    if bool(arguments.usage) != bool(arguments.data or arguments.images or arguments.labels):
        raise UsageError("To measure a split give --usage, and --data or else --images with --labels.")
    facts: dict[str, Any] = {}
    splits: dict[str, dict[str, Any]] = {}
    spec = read_model_spec(path)
    spec.verify_file()
    if arguments.checkpoint and (spec.card.get("beside") or spec.card.get("mirrored")):
        raise UsageError(f"{path.name} averages several networks or looks; only 'export' writes its card.")
    if arguments.checkpoint:
        need("torch")
        from train.fit.checkpoint import load_checkpoint
        from train.fit.network_facts import checkpoint_facts

        checkpoint = load_checkpoint(arguments.checkpoint, spec.card.get("head", "labels"))
        if checkpoint.class_names != spec.class_names:
            raise ModelError(f"{arguments.checkpoint}: has other classes than {path.name}: it is another network.")
        facts = checkpoint_facts(checkpoint)
    if arguments.usage:
        from train.measure.evaluate import as_table, evaluate
        from train.measure.predictor_factory import create_predictor

        source = _source(arguments)
        figures = evaluate(create_predictor(arguments.weights, arguments.threads), source)
        if arguments.data:
            measured_on = named_split(arguments.data, arguments.usage)
        else:
            # A zip and its CSV tell no more than the folder they lie in.
            measured_on = SplitName(data_set_name(arguments.labels.resolve().parent.name), arguments.usage)
        dataset = arguments.dataset or measured_on.data_set
        split = arguments.split_name or split_key(measured_on.split, arguments.labels_as)
        splits[split] = {**figures, "dataset": dataset, **source.files()}
        say_lines(as_table(figures))
    write_whole({path: as_json(updated(spec.card, facts, splits, arguments.name))})
    read_model_spec(path)
    say(f"written: {path}")
    return 0


def _prior(arguments: argparse.Namespace) -> int:
    from train.cards.card import as_json, split_key, write_whole
    from train.data.readers import LabelsAs
    from train.data.training_faces import named_split
    from train.measure.evaluate import FaceSource
    from train.measure.predictor_factory import create_predictor
    from train.measure.prior import ece_interval, fit_prior
    from train.predictors import AdjustedPredictor

    path = arguments.weights.with_suffix(".json")
    if arguments.weights.suffix not in (".tflite", ".json"):
        raise UsageError(f"Give a .tflite file or its card; '{arguments.weights.name}' is neither.")
    spec = read_model_spec(path)
    spec.verify_file()
    labels_as: LabelsAs = "ferplus" if spec.card.get("head") == "votes" or "contempt" in spec.class_names else "emotion"
    measured_on = named_split(arguments.data, "PublicTest")
    network = create_predictor(path, arguments.threads)
    faces = FaceSource(measured_on.split, labels_as, data=arguments.data).read(spec.class_names, spec.input)
    probabilities = network.predict(faces.inputs)
    fitted_on = f"{measured_on.data_set} {split_key(measured_on.split, labels_as)}"
    entry, found = fit_prior(probabilities, faces.labels, spec.class_names, fitted_on)
    for strength in found:
        say(strength.row())
    low, high = ece_interval(probabilities, faces.labels)
    say(f"{fitted_on}, N {len(faces.labels)}; as the network says it: ECE {low:.4f} to {high:.4f} (95 %)")
    say(f"standard: tau {entry['standard']['tau']}; higher: tau {entry['higher']['tau']}")
    card = {**spec.card, "prior": entry}
    if labels_as == "emotion" and COMPARED_SPLIT in spec.metrics:
        # Rounded, as the program will read it.
        written = prior_from(json.loads(as_json(entry)), spec.class_names)
        adjusted = AdjustedPredictor(network, written, Sensitivity.STANDARD)
        card["metrics"] = _with_majority_at_standard(arguments.data, spec, adjusted)
    write_whole({path: as_json(card)})
    read_model_spec(path)
    say(f"written: {path}")
    return 0


def _with_majority_at_standard(data: Path, spec: ModelSpec, adjusted: Predictor) -> dict[str, Any]:
    """The card's metrics, with those at the standard sensitivity on FER+'s majority, by which models are compared."""
    from train.data.labelled_faces import DatasetError
    from train.data.training_faces import named_split
    from train.measure.evaluate import FaceSource, evaluate

    # Those of another prior are not this one's.
    compared = {key: value for key, value in spec.metrics[COMPARED_SPLIT].items() if key != AT_STANDARD}
    with suppress(DatasetError):  # Not every data set has votes.
        figures = evaluate(adjusted, FaceSource(named_split(data, "PublicTest").split, "ferplus", data=data))
        kept = ("n", "accuracy", "balanced_accuracy", "ece", "recall")
        compared[AT_STANDARD] = {key: figures[key] for key in kept}
    return {**spec.metrics, COMPARED_SPLIT: compared}


def _table(arguments: argparse.Namespace) -> int:
    need("matplotlib")
    from train.measure.model_table import write_table

    for written in write_table(arguments.weights, arguments.runs, arguments.out):
        say(written)
    return 0


def add_parsers(command: AddCommand) -> None:
    """Adds ``evaluate``, ``card``, ``prior`` and ``table``."""
    evaluate = command("evaluate", _evaluate, "measure a network on labelled faces, or compare two")
    which = evaluate.add_mutually_exclusive_group(required=True)
    which.add_argument("--weights", type=Path, help="a .tflite with its card beside it, or best.pt")
    which.add_argument(
        "--compare",
        type=Path,
        nargs=2,
        metavar=("A", "B"),
        help="two networks, same faces: B's accuracy minus A's",
    )
    _add_source(evaluate, required=True)
    evaluate.add_argument(
        "--confusion", type=Path, metavar="OUT.png", help="draw the confusion matrix, and write OUT.json"
    )
    evaluate.add_argument("--head", choices=("labels", "votes"), default="labels", help=HEAD_HELP)
    evaluate.add_argument(
        "--sensitivity",
        **one_of(Sensitivity),
        default=Sensitivity.OFF,
        help="as the program shows it at this sensitivity, by the card's prior (default off: as the network says)",
    )
    evaluate.add_argument(
        "--without-duplicates-of",
        type=Path,
        metavar="DATA",
        help="leave out faces that are, pixel for pixel, among this data set's training faces",
    )
    evaluate.add_argument("--json", action="store_true", help="print one JSON object")

    card = command("card", _card, "rewrite a network's card, with the figures of one more split")
    card.add_argument("--weights", type=Path, required=True, help="a .tflite with its card beside it")
    card.add_argument("--checkpoint", type=Path, help="the run's best.pt, to take data, recipe and size from")
    card.add_argument("--name", help="name to show")
    _add_source(card, required=False)
    card.add_argument("--split-name", help="what the card calls the split (default: from --usage)")
    card.add_argument("--dataset", help="what the card calls the data set (default: its known name, or the folder's)")

    prior = command(
        "prior", _prior, "choose how much of a network's prior the program takes back, and write it into the card"
    )
    prior.add_argument("--weights", type=Path, required=True, help="a .tflite with its card beside it, or the card")
    prior.add_argument("--data", type=Path, required=True, help="FER2013, or another data set with a validation split")
    prior.add_argument("--threads", type=count, default=2, help="CPU threads (default 2)")

    table = command("table", _table, "write the page of all networks with its pictures")
    table.add_argument("--out", type=Path, default=Path("docs") / "models.md", help="page (default docs/models.md)")
    table.add_argument("--weights", type=Path, default=WEIGHTS_FOLDER, help="folder (default weights)")
    table.add_argument("--runs", type=Path, help="folder of runs, each named as its network, for the curves")


def _add_source(parser: argparse.ArgumentParser, required: bool) -> None:
    parser.add_argument("--images", type=Path, help="a zip of cropped faces")
    parser.add_argument("--labels", type=Path, help="its CSV: image, usage (or split), emotion")
    parser.add_argument("--data", type=Path, help="instead of both, a data set that 'datasets' lists")
    parser.add_argument("--usage", required=required, help="which rows, such as PublicTest")
    parser.add_argument("--labels-as", choices=("emotion", "ferplus"), default="emotion")
    parser.add_argument("--threads", type=count, default=2, help="CPU threads (default 2)")
