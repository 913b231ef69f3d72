"""Finds what the demo's drawn expressions need to be read by the shipped networks, and writes it down.

    python scripts/demo_expressions.py search disgust --draws 1500   searches on from what is written down
    python scripts/demo_expressions.py score                          what each network makes of each expression
    python scripts/demo_expressions.py show faces.png                 all of them in one picture, to look at

The search is a separable CMA-ES (Ros and Hansen, "A simple modification in CMA-ES achieving linear time and space
complexity", 2008) with a fixed seed. It wants every network to give the expression's probability in every view, large
and small, tilted and mirrored, in the crops of both detectors, and the face to stay near its start in ``demo_ranges``.
Look at the picture afterwards: a face that only a network can read is no use.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from demo_ranges import RANGES
from demo_units import Face

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))

from realtime_fer.core.faces import Faces  # noqa: E402
from realtime_fer.sources.demo import face as demo_face  # noqa: E402
from realtime_fer.vision.classifiers.tflite import TfliteClassifier  # noqa: E402
from realtime_fer.vision.preprocessing import crop_faces  # noqa: E402
from realtime_fer.vision.registry import ModelRegistry, make_detector  # noqa: E402

ASSETS = CHECKOUT / "realtime_fer" / "assets"
PLAN = ASSETS / "demo_expressions.json"

#: Side of the card, mirrored, degrees: as the show has them.
VIEWS = ((660, False, 4.0), (660, True, -5.0), (330, False, -3.0), (330, True, 5.0), (200, False, 0.0))

DETECTORS = ("mediapipe", "haar")

#: A probability above is as good as another.
ENOUGH = 0.96

#: Draws of one generation, and how many of them are kept.
DRAWS, KEPT = 10, 5


class Studio:
    """Draws an expression by its strengths and asks the networks."""

    def __init__(self, models: list[str]) -> None:
        self.face = Face(json.loads(PLAN.read_text(encoding="utf-8")))
        portrait = cv2.imread(str(ASSETS / "astronaut.jpg"))
        assert portrait is not None
        self._artist = demo_face.FaceArtist(portrait, demo_face.plan_from(self.face.entries))
        scale = demo_face.SCALE
        self._portrait = cv2.resize(portrait, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
        registry = ModelRegistry()
        self.networks = [TfliteClassifier(registry.spec(model), threads=1) for model in models]
        self._detectors = [make_detector(name) for name in DETECTORS]

    def draw(self, strengths: dict[str, float]) -> np.ndarray:
        pose = self.face.pose(strengths)
        return self._artist.draw(demo_face.Pose(np.array(pose["points"]), np.array(pose["marks"]), pose["smooth"]))

    def views(self, strengths: dict[str, float]) -> Iterator[np.ndarray]:
        left, top, right, bottom = (edge * demo_face.SCALE for edge in demo_face.PLACE)
        whole = self._portrait.copy()
        whole[top:bottom, left:right] = self.draw(strengths)
        for side, mirrored, degrees in VIEWS:
            scale = side / 228 / demo_face.SCALE
            cos, sin = (f(math.radians(degrees)) * scale for f in (math.cos, math.sin))
            flip = -1.0 if mirrored else 1.0
            linear = np.array([[cos * flip, -sin], [sin * flip, cos]])
            size = round(side * 0.92)
            matrix = np.column_stack([linear, (size * 0.5, size * 0.475) - linear @ (456.0, 236.0)])
            source = whole
            if scale <= 0.5:
                source, matrix[:, :2] = cv2.pyrDown(whole), matrix[:, :2] * 2
            yield cv2.warpAffine(source, matrix, (size, size), borderMode=cv2.BORDER_REFLECT_101)

    def found(self, strengths: dict[str, float]) -> list[Faces | None]:
        """The surest face of each view, first by one detector, then by the other."""
        found: list[Faces | None] = []
        for detector in self._detectors:
            for view in self.views(strengths):
                faces = detector.detect(view)
                found.append(faces.select(np.array([int(faces.confidence.argmax())])) if len(faces) else None)
        return found

    def probabilities(self, strengths: dict[str, float], found: list[Faces | None]) -> list[np.ndarray]:
        """Of each network (views in which a face was found, classes)."""
        views = list(self.views(strengths)) * len(DETECTORS)
        families = [detector.family for detector in self._detectors for _ in VIEWS]
        answers = []
        for network in self.networks:
            spec = network.spec
            crops = [
                crop_faces(view, faces, spec.crop_for(family), spec.input)[0]
                for view, faces, family in zip(views, found, families, strict=True)
                if faces is not None
            ]
            answers.append(network.predict(np.stack(crops)))
        return answers

    def of(self, expression: str, strengths: dict[str, float], found: list[Faces | None]) -> np.ndarray:
        """The expression's probability, (networks, views)."""
        answers = self.probabilities(strengths, found)
        return np.stack(
            [
                answer[:, network.spec.class_names.index(expression)]
                for network, answer in zip(self.networks, answers, strict=True)
            ]
        )


def search(studio: Studio, expression: str, draws: int, step: float, nearness: float) -> dict[str, float]:
    """The best strengths of this many draws, starting from those in the file."""
    ranges = RANGES[expression]
    names = list(ranges)
    home, low, high = (np.array([ranges[name][part] for name in names]) for part in range(3))
    written = studio.face.entries["expressions"].get(expression, {}).get("units", {})
    begin = np.clip([written.get(name, ranges[name][0]) for name in names], low, high)

    def strengths(place: np.ndarray) -> dict[str, float]:
        return dict(zip(names, (low + place * (high - low)).round(3).tolist(), strict=True))

    found = studio.found(strengths((begin - low) / (high - low)))

    def loss(place: np.ndarray) -> float:
        probabilities = studio.of(expression, strengths(place), found)
        losses = -np.log(np.clip(probabilities, 1e-6, ENOUGH))
        away = (low + place * (high - low) - home) / ((high - low) / 2)
        return float(losses.mean() + 0.4 * losses.max() + nearness * (away**2).mean())

    def look_again(place: np.ndarray) -> None:
        # An open mouth moves the detectors' boxes.
        found[:] = studio.found(strengths(place))
        print(f"{expression}: {studio.of(expression, strengths(place), found).round(2).min(axis=1)}", flush=True)

    return strengths(_descend(loss, (begin - low) / (high - low), draws, step, look_again))


def _descend(
    loss: Callable[[np.ndarray], float],
    start: np.ndarray,
    draws: int,
    step: float,
    look_again: Callable[[np.ndarray], None],
) -> np.ndarray:
    """Separable CMA-ES in the unit cube, in the paper's symbols."""
    n, rng = len(start), np.random.default_rng(5)
    weights = np.log(KEPT + 0.5) - np.log(np.arange(1, KEPT + 1))
    weights /= weights.sum()
    mu = 1 / (weights**2).sum()
    c_s, c_c = (mu + 2) / (n + mu + 3), 4 / (n + 4)
    c_1 = 2 / ((n + 1.3) ** 2 + mu) * (n + 2) / 3
    c_m = min(1 - c_1, 2 * (mu - 2 + 1 / mu) / ((n + 2) ** 2 + mu) * (n + 2) / 3)
    usual = math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n))
    mean, spread, path_s, path_c = start.copy(), np.ones(n), np.zeros(n), np.zeros(n)
    best, least = start.copy(), loss(start)
    for generation in range(draws // DRAWS):
        places = np.clip(mean + step * rng.standard_normal((DRAWS, n)) * np.sqrt(spread), 0, 1)
        losses = [loss(place) for place in places]
        if min(losses) < least:
            best, least = places[int(np.argmin(losses))].copy(), min(losses)
        ways = (places[np.argsort(losses)[:KEPT]] - mean) / step
        way = weights @ ways
        mean = mean + step * way
        path_s = (1 - c_s) * path_s + math.sqrt(c_s * (2 - c_s) * mu) * way / np.sqrt(spread)
        path_c = (1 - c_c) * path_c + math.sqrt(c_c * (2 - c_c) * mu) * way
        spread = np.clip((1 - c_1 - c_m) * spread + c_1 * path_c**2 + c_m * (weights @ ways**2), 0.05, 10)
        step = min(0.35, step * math.exp(c_s / (1 + c_s) * (float(np.linalg.norm(path_s)) / usual - 1)))
        if generation % 10 == 9:
            look_again(best)
            least = loss(best)
    return best


def write(entries: dict[str, Any]) -> None:
    PLAN.write_text(json.dumps(entries, separators=(",", ":")) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", default="fer-s,fer-xs,fer-l")
    parts = parser.add_subparsers(dest="part", required=True)
    searching = parts.add_parser("search")
    searching.add_argument("expressions", nargs="+", choices=list(RANGES))
    searching.add_argument("--draws", type=int, default=1000)
    searching.add_argument("--step", type=float, default=0.15, help="of the ranges, at first")
    searching.add_argument("--nearness", type=float, default=0.15, help="how much it costs to leave the start")
    parts.add_parser("score")
    parts.add_parser("show").add_argument("picture")
    parsed = parser.parse_args()
    studio = Studio(parsed.models.split(","))
    expressions = studio.face.entries["expressions"]
    if parsed.part == "search":
        for expression in parsed.expressions:
            found = search(studio, expression, parsed.draws, parsed.step, parsed.nearness)
            expressions[expression] = studio.face.pose(found)
            write(studio.face.entries)
    elif parsed.part == "score":
        for expression, entry in expressions.items():
            values = studio.of(expression, entry["units"], studio.found(entry["units"]))
            for network, row in zip(studio.networks, values, strict=True):
                name = network.spec.model_id
                print(f"{expression:9} {name:7} mean {row.mean():.2f} least {row.min():.2f} of {len(row)}")
    else:
        faces = [studio.draw(entry["units"]) for entry in expressions.values()]
        faces += [np.zeros_like(faces[0])] * (-len(faces) % 3)
        cv2.imwrite(parsed.picture, np.vstack([np.hstack(faces[row : row + 3]) for row in range(0, len(faces), 3)]))


if __name__ == "__main__":
    main()
