"""The commands ``crops`` and ``detected``: how live faces are cut, and what finding them costs."""

from __future__ import annotations

import argparse
from pathlib import Path

from realtime_fer.core.enums import DetectorName
from realtime_fer.core.text.printable import say, say_json, say_lines
from train.commands.command_line import CROPS_FILE, AddCommand, count


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
    from train.data import create_dataset
    from train.measure.detected_crops import detection_loss
    from train.measure.predictor_factory import create_predictor

    predictor = create_predictor(arguments.weights, arguments.threads)
    spec = read_model_spec(arguments.weights.with_suffix(".json"))
    faces = create_dataset(arguments.data, arguments.usage)
    report = {}
    for name in (DetectorName.HAAR, DetectorName.MEDIAPIPE):
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


def add_parsers(command: AddCommand) -> None:
    """Adds ``crops`` and ``detected``."""
    crops = command("crops", _crops, "measure how training faces lie relative to detectors' boxes")
    crops.add_argument("--images", type=Path, required=True, help="a zip of training faces")
    crops.add_argument("--labels", type=Path, required=True, help="their labels.csv")
    crops.add_argument("--usage", default="Training")
    crops.add_argument("--faces", type=count, default=1000, help="how many faces to measure (default 1000)")
    crops.add_argument("--out", type=Path, default=CROPS_FILE, help="JSON to write")

    detected = command("detected", _detected, "measure the accuracy lost by detecting the face")
    detected.add_argument("--weights", type=Path, required=True, help="a .tflite with its card beside it")
    detected.add_argument("--data", type=Path, required=True, help="a data set, such as facial_expressions' folder")
    detected.add_argument("--usage", default="validation")
    detected.add_argument("--threads", type=count, default=2, help="CPU threads (default 2)")
    detected.add_argument("--json", action="store_true", help="print one JSON object")
