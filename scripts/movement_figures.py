"""Measures the movements on facial_expressions: what they are compared with, and how well they tell expressions.

    python scripts/movement_figures.py FACIAL_EXPRESSIONS_FOLDER --split Training --constants
    python scripts/movement_figures.py FACIAL_EXPRESSIONS_FOLDER

    python scripts/movement_figures.py --cost

The first line prints the constants of ``vision/landmarks/movements.py``, of at most 600 faces of each class; the second
one the table of ``docs/landmarks.md``, of the validation part; the third how long pose and movements take.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import numpy as np

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))

from realtime_fer.core.face_features.movements import MOVEMENT_KEYS  # noqa: E402
from realtime_fer.core.faces import Faces  # noqa: E402
from realtime_fer.core.text.printable import say  # noqa: E402
from realtime_fer.vision.expressions.face_movements import FaceMovements  # noqa: E402
from realtime_fer.vision.landmarks.head_pose import TEMPLATE, places_of  # noqa: E402
from realtime_fer.vision.landmarks.movements import MEAN_REST, measures_of, movements_of  # noqa: E402
from scripts.face_template import points_of  # noqa: E402
from train.data import create_dataset  # noqa: E402

#: The expressions that a movement should tell from all others, by what people do (FACS manual, table of emotions).
PAIRS = (
    ("smile", "happy"),
    ("mouth_open", "surprise"),
    ("eyes_wide", "surprise"),
    ("inner_brows_up", "surprise"),
    ("outer_brows_up", "surprise"),
    ("brows_lowered", "angry"),
    ("lips_pressed", "angry"),
    ("mouth_corners_down", "sad"),
    ("nose_wrinkled", "disgust"),
    ("brows_lowered", "disgust"),
)

MOST_OF_A_CLASS = 600


def area_under_curve(shown: np.ndarray, others: np.ndarray) -> float:
    """The chance that a value of (n,) exceeds one of (m,); a tie counts half."""
    ordered = np.sort(others)
    below, up_to = np.searchsorted(ordered, shown, "left"), np.searchsorted(ordered, shown, "right")
    return float((below + up_to).mean() / 2 / len(others))


def constants(measures: np.ndarray, is_neutral: np.ndarray) -> None:
    rest = np.median(measures[is_neutral], axis=0)
    reach = np.percentile(measures, 97.5, axis=0) - rest
    for name, values in (("MEAN_REST", rest), ("RANGES", reach)):
        say(f"{name}: Float32 = np.array([{', '.join(f'{value:.3f}' for value in values)}], np.float32)")


def table(measures: np.ndarray, expressions: np.ndarray) -> None:
    values = movements_of(measures, np.broadcast_to(MEAN_REST, measures.shape))
    say("| Movement | tells | N | from all others | from neutral |")
    say("|---|---|---|---|---|")
    for movement, expression in PAIRS:
        of = values[:, MOVEMENT_KEYS.index(movement)]
        shown, neutral = expressions == expression, expressions == "neutral"
        if shown.sum() < 5:
            say(f"| {movement} | {expression} | {shown.sum()} | – | – |")
            continue
        areas = [area_under_curve(of[shown], of[others]) for others in (~shown, neutral)]
        say(f"| {movement} | {expression} | {shown.sum()} | {areas[0]:.2f} | {areas[1]:.2f} |")


def cost(frames: int = 3000) -> None:
    """Of frames that all differ, with neutral faces: what follows them includes learning how they look at rest."""
    with np.load(TEMPLATE) as content:
        face = content["points"].astype(np.float32) * 60
    for n in (1, 4):
        boxes, identities = np.tile(np.array([0, 0, 99, 99], np.float32), (n, 1)), np.arange(1, n + 1)
        faces = Faces(boxes, np.ones(n, np.float32), landmarks=np.stack([face] * n), tracker_id=identities)
        faces = faces.with_probabilities(np.ones((n, 1), np.float32)).with_label(np.zeros(n, np.int64))
        movements, spent = FaceMovements(), []
        for frame in range(frames):
            shaken = faces.with_landmarks(faces.landmarks + np.float32(0.01 * np.sin(frame)))
            start = time.perf_counter()
            movements.learn(movements.read(shaken, frame / 30), ("neutral",), None, frame / 30)
            spent.append(1000 * (time.perf_counter() - start))
        say(
            f"{n} faces: {np.median(spent) / n:.3f} ms a face, median of {frames} frames; mean {np.mean(spent) / n:.3f}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, nargs="?")
    parser.add_argument("--cost", action="store_true")
    parser.add_argument("--split", choices=("Training", "Validation"), default="Validation")
    parser.add_argument("--constants", action="store_true")
    parser.add_argument("--points", type=Path, help="keeps the points in this .npz file, or takes them from it")
    arguments = parser.parse_args()
    if arguments.cost:
        cost()
        return 0
    if arguments.data is None:
        parser.error("which folder has the faces?")
    faces = create_dataset(arguments.data, arguments.split)
    if arguments.points is not None and arguments.points.exists():
        with np.load(arguments.points) as content:
            points, rows = content["points"], content["rows"]
    else:
        chosen = np.arange(len(faces))
        if arguments.split == "Training":
            mixed = np.random.default_rng(3)
            of_each = [mixed.permutation(np.flatnonzero(faces.labels == at)) for at in range(len(faces.class_names))]
            chosen = np.sort(np.concatenate([rows[:MOST_OF_A_CLASS] for rows in of_each]))
        points, kept = points_of(faces.images[chosen])
        rows = chosen[kept]
        if arguments.points is not None:
            np.savez_compressed(arguments.points, points=points, rows=rows)
    expressions = np.array(faces.class_names)[faces.labels[rows]]
    measures = measures_of(places_of(points).own)
    say(f"{arguments.split}: {len(rows)} faces, {(expressions == 'neutral').sum()} neutral")
    if arguments.constants:
        constants(measures, expressions == "neutral")
    else:
        table(measures, expressions)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
