"""Measures own expressions on people who were photographed often: taught from some pictures, tried on others.

    python scripts/own_expression_photos.py FACIAL_EXPRESSIONS_FOLDER FACES.npz

Takes everybody of whom facial_expressions has ten photographs with a smile and ten without an expression, at most 40
of each, and keeps what the pipeline measures of them in FACES.npz, where that file is not there yet. Then, 20 times,
half of a person's photographs are taught as their neutral face and as an own expression, and the other half are tried;
and those of all other people, who were not taught. Photographs are of many days, lights and cameras, and not five
seconds of one sitting.
"""

from __future__ import annotations

import argparse
import csv
import sys
import zipfile
from collections import defaultdict
from pathlib import Path

import cv2
import numpy as np

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))

from realtime_fer.assembly import build_classifier  # noqa: E402
from realtime_fer.core.face_features.movements import MEASURE_KEYS  # noqa: E402
from realtime_fer.core.frame import Frame  # noqa: E402
from realtime_fer.core.own_expressions.features import features_of  # noqa: E402
from realtime_fer.core.own_expressions.learning import SEEN, LearnedClasses, learned  # noqa: E402
from realtime_fer.core.text.printable import say  # noqa: E402
from realtime_fer.vision.pipeline import ExpressionPipeline  # noqa: E402
from realtime_fer.vision.registry import make_detector  # noqa: E402
from scripts.gaze_figures import in_border  # noqa: E402

NEUTRAL, SHOWN = "neutral", "happiness"

#: Photographs of each kind: a person needs so many, and of nobody more are taken.
LEAST, MOST = 10, 40

DRAWS = 20


def photographs(folder: Path) -> dict[tuple[str, str], dict[str, list[str]]]:
    """By person and archive, the names of the pictures of each expression."""
    found: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    with (folder / "labels.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            person, _, number = row["image"].removesuffix(".jpg").rpartition("_")
            if person and number.isdigit() and len(number) == 4:
                found[person, row["split"]][row["emotion"]].append(row["image"])
    return {who: of for who, of in found.items() if min(len(of[NEUTRAL]), len(of[SHOWN])) >= LEAST}


def measure(folder: Path, path: Path) -> None:
    pipeline = ExpressionPipeline(make_detector("mediapipe"), build_classifier("fer-s", 1))
    rows = []
    for (person, split), of in sorted(photographs(folder).items()):
        with zipfile.ZipFile(folder / f"{split}.zip") as archive:
            for expression in (NEUTRAL, SHOWN):
                for name in of[expression][:MOST]:
                    image = cv2.imdecode(np.frombuffer(archive.read(name), np.uint8), cv2.IMREAD_COLOR)
                    faces = pipeline.process(Frame(in_border(image), len(rows), float(len(rows)), name=name)).faces
                    known = len(faces) == 1
                    measures = faces.measures[0] if known else np.full(len(MEASURE_KEYS), np.nan)
                    probabilities = faces.probabilities[0] if known else np.zeros(8)
                    rows.append((person, split, expression == SHOWN, measures, probabilities))
    pipeline.close()
    person, split, shown, measures, probabilities = zip(*rows, strict=True)
    np.savez(path, person=person, split=split, shown=shown, meas=measures, prob=probabilities)


def called(classifier: LearnedClasses, features: np.ndarray) -> np.ndarray:
    """bool (n,): whether each is called by the own expression."""
    return np.asarray(classifier.values(features)[:, 0] >= SEEN)


def figures(path: Path) -> None:
    with np.load(path) as content:
        person, split, shown = content["person"], content["split"], content["shown"]
        measures, probabilities = content["meas"].astype(np.float32), content["prob"].astype(np.float32)
    known = np.isfinite(measures).all(axis=1)
    say(f"{len(np.unique(person))} people, {known.sum()} of {len(known)} photographs have points.")
    say("| Learned from | people | photographs | left out while learning | held out: smile found | neutral kept | both "
        "| worst person | other people |")  # fmt: skip
    say("|---|---|---|---|---|---|---|---|---|")
    everybody, unseen = np.ones(len(person), bool), split == "validation"
    for title, features, who in (
        ("distances", features_of(np.nan_to_num(measures), None), everybody),
        ("distances and network", features_of(np.nan_to_num(measures), probabilities), unseen),
    ):
        random = np.random.default_rng(0)
        told = []
        people = np.unique(person[known & who])
        for one in people:
            mine = known & (person == one)
            of = [np.flatnonzero(mine & (shown == is_shown)) for is_shown in (False, True)]
            others = [known & who & (person != one) & (shown == is_shown) for is_shown in (False, True)]
            draws = []
            for _ in range(DRAWS):
                mixed = [random.permutation(rows) for rows in of]
                taught = [features[rows[: len(rows) // 2]] for rows in mixed]
                # A second each, so that each is left out by itself.
                classifier, left_out = learned(taught, [np.arange(len(rows), dtype=np.float64) for rows in taught])
                tried = [called(classifier, features[rows[len(rows) // 2 :]]) for rows in mixed]
                strange = [called(classifier, features[rows]) for rows in others]
                draws.append(
                    (
                        left_out.accuracy,
                        tried[1].mean(),
                        1 - tried[0].mean(),
                        (tried[1].mean() + 1 - tried[0].mean()) / 2,
                        (strange[1].mean() + 1 - strange[0].mean()) / 2,
                    )
                )
            told.append(np.mean(draws, axis=0))
        mean, worst = np.mean(told, axis=0), min(of_one[3] for of_one in told)
        n = int((known & who).sum())
        say(f"| {title} | {len(people)} | {n} | " + " | ".join(f"{value:.1%}" for value in mean[:4])
            + f" | {worst:.1%} | {mean[4]:.1%} |")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("faces", type=Path)
    given = parser.parse_args()
    if not given.faces.exists():
        measure(given.data, given.faces)
    figures(given.faces)


if __name__ == "__main__":
    main()
