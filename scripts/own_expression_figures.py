"""Measures how own expressions are learned: on the demo's portrait, drawn with expressions and mixtures of them.

    python scripts/own_expression_figures.py FACES.npz
    python scripts/own_expression_figures.py --cost

The first line draws five seconds of each of 15 expressions and twice the neutral face, at 12 frames a second, tilted,
narrowed, moved and noisy, with a mouth that opens as in speech, and keeps what the pipeline measures of them in
FACES.npz, where that file is not there yet. Then, 20 times, three of the 15 are taught and the other twelve are not.
The second prints what a face costs.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import cv2
import numpy as np

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(CHECKOUT))

from realtime_fer.assembly import build_classifier  # noqa: E402
from realtime_fer.core.frame import Frame  # noqa: E402
from realtime_fer.core.own_expressions.features import features_of  # noqa: E402
from realtime_fer.core.own_expressions.learning import SEEN, blocks_of, kept_beside, learned  # noqa: E402
from realtime_fer.core.text.printable import say  # noqa: E402
from realtime_fer.sources.demo.face import PLACE, SCALE, FaceArtist, Pose, read_plan  # noqa: E402
from realtime_fer.sources.demo.source import _load_portrait, _paint_background  # noqa: E402
from realtime_fer.vision.pipeline import ExpressionPipeline  # noqa: E402
from realtime_fer.vision.registry import make_detector  # noqa: E402

SECONDS, FPS = 5.3, 12

#: At the beginning a face is still found and its identity confirmed.
FIRST_S = 0.3

#: What is taught at a time, and how often other ones are chosen.
TAUGHT, DRAWS = 3, 20

#: Pixels of the portrait: brows are above it, mouth and cheeks below; and its middle.
BROWS_ABOVE, MIDDLE_X = 112.0, 228.0

Taught = tuple[list[np.ndarray], list[np.ndarray]]


def expressions() -> Mapping[str, Pose]:
    """The plan's own, and mixtures that no network has a name for."""
    plan = read_plan()
    poses = plan.poses
    neutral = poses["neutral"]
    above = plan.rest[:, 1] < BROWS_ABOVE
    marks_above = np.array([np.mean([line[:, 1].mean() for line in mark.lines]) for mark in plan.marks]) < BROWS_ABOVE

    def mixed(upper: str, lower: str, of_upper: float = 1.0, of_lower: float = 1.0) -> Pose:
        one, other = neutral.towards(poses[upper], of_upper), neutral.towards(poses[lower], of_lower)
        points = np.where(above[:, None], one.points, other.points)
        return Pose(points, np.where(marks_above, one.marks, other.marks), (one.smooth + other.smooth) / 2)

    def one_side(pose: Pose, left: bool) -> Pose:
        here = (plan.rest[:, 0] < np.median(plan.rest[:, 0])) == left
        points = np.where(here[:, None], pose.points, neutral.points)
        return Pose(points, neutral.marks + (pose.marks - neutral.marks) * 0.5, pose.smooth / 2)

    return {
        **poses,
        "brows up": mixed("surprise", "neutral"),
        "frown": mixed("angry", "neutral"),
        "sad mouth": mixed("neutral", "sad"),
        "slight smile": mixed("neutral", "happy", 1.0, 0.4),
        "jaw drop": mixed("neutral", "surprise"),
        "skeptical": mixed("surprise", "disgust", 0.7, 0.7),
        "worried": mixed("fear", "sad", 1.0, 0.6),
        "one brow": one_side(mixed("surprise", "neutral"), True),
        "smirk": one_side(mixed("neutral", "happy", 1.0, 0.8), False),
    }


def measure(path: Path) -> None:
    """Draws everything and keeps what the pipeline measures of each frame."""
    random = np.random.default_rng(1)
    plan, portrait, wall = read_plan(), _load_portrait(), _paint_background(640, 480)
    artist, poses = FaceArtist(portrait, plan), expressions()
    large = cv2.resize(portrait, None, fx=SCALE, fy=SCALE, interpolation=cv2.INTER_CUBIC)
    left, top, right, bottom = (edge * SCALE for edge in PLACE)
    neutral, jaw = poses["neutral"], poses["jaw drop"]
    pipeline = ExpressionPipeline(make_detector("mediapipe"), build_classifier("fer-s", 1))
    rows: list[tuple[object, ...]] = []
    index = 0
    for name in ["neutral", *poses]:
        phase = random.uniform(0, 6.28, 6)
        for at in range(int(SECONDS * FPS)):
            s = at / FPS
            pose = neutral.towards(poses[name], 0.88 + 0.12 * np.sin(1.3 * s + phase[0]))
            talks = max(0, np.sin(2 * np.pi * 3.3 * s + phase[1])) * max(0, np.sin(0.9 * s + phase[2])) * 0.22
            pose = Pose(pose.points + (jaw.points - neutral.points) * talks, pose.marks, pose.smooth)
            large[top:bottom, left:right] = artist.draw(pose)
            image = placed(large, wall, s, float(phase[3]))
            image = np.clip(image.astype(np.float32) + random.normal(0, 3, image.shape), 0, 255).astype(np.uint8)
            faces = pipeline.process(Frame(image, index, index / FPS)).faces
            index += 1
            if len(faces) and s >= FIRST_S:
                rows.append((name, s, faces.measures[0], faces.movements[0], faces.probabilities[0]))
    pipeline.close()
    names, times, measures, movements, probabilities = zip(*rows, strict=True)
    np.savez(path, name=names, sec=times, meas=measures, mov=movements, prob=probabilities)


def placed(portrait: np.ndarray, wall: np.ndarray, s: float, phase: float) -> np.ndarray:
    """The portrait on a wall of 640x480: it sways, comes nearer, and is narrowed as by a turn of the head."""
    angle = np.radians(8 * np.sin(0.8 * s + 2 * phase))
    scale = 1.1 * (1 + 0.06 * np.sin(0.9 * s + phase)) / SCALE
    narrow = 1 - 0.10 * (0.5 + 0.5 * np.sin(0.7 * s + 3 * phase))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]) @ np.diag([narrow, 1.0]) * scale
    middle = np.array([MIDDLE_X, 118.0]) * SCALE
    at = np.array([320 + 25 * np.sin(phase + 0.6 * s), 230 + 15 * np.cos(phase + 0.7 * s)])
    matrix = np.column_stack([turn, at - turn @ middle])
    return cv2.warpAffine(portrait, matrix, (640, 480), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101)


def by_discriminants(taught: Taught, others: np.ndarray) -> tuple[float, float, float]:
    """Of left-out frames: neutral ones and own ones that are found; of expressions never taught, those called own."""
    classifier, left_out = learned(*taught)
    return left_out.found[0], left_out.found[1:].mean(), (classifier.values(others).max(axis=1) >= SEEN).mean()


def by_regression(taught: Taught, others: np.ndarray) -> tuple[float, float, float]:
    """The same by multinomial logistic regression, l2 = 0.01, on features of unit variance."""
    classes, times = taught
    right: list[list[bool]] = [[] for _ in classes]
    for turn in range(int(SECONDS) + 1):
        left = [blocks_of(of) == turn for of in times]
        kept = [kept_beside(of, out) for of, out in zip(times, left, strict=True)]
        if all(keep.any() for keep in kept):
            shares = regression([samples[keep] for samples, keep in zip(classes, kept, strict=True)])
            for row, (samples, out) in enumerate(zip(classes, left, strict=True)):
                right[row] += (shares(samples[out]).argmax(axis=1) == row).tolist()
    found = [float(np.mean(of)) for of in right]
    called = (regression(classes)(others)[:, 1:].max(axis=1) >= SEEN).mean()
    return found[0], float(np.mean(found[1:])), float(called)


def regression(classes: list[np.ndarray], l2: float = 0.01, steps: int = 300) -> Callable[[np.ndarray], np.ndarray]:
    """By accelerated gradients (Nesterov)."""
    samples = np.concatenate(classes)
    mean, deviation = samples.mean(axis=0), samples.std(axis=0) + 0.15
    inputs = np.column_stack([(samples - mean) / deviation, np.ones(len(samples))])
    count = [len(of) for of in classes]
    wanted = np.repeat(np.eye(len(classes)), count, axis=0)
    weight = np.repeat([1 / (len(classes) * n) for n in count], count)[:, None]
    step = 1 / (0.25 * np.linalg.norm(inputs * np.sqrt(weight), 2) ** 2 + l2)
    old = ahead = np.zeros((inputs.shape[1], len(classes)))
    for turn in range(steps):
        new = ahead - step * (inputs.T @ (weight * (_shares(inputs @ ahead) - wanted)) + l2 * ahead)
        ahead, old = new + turn / (turn + 3) * (new - old), new
    return lambda more: _shares(np.column_stack([(more - mean) / deviation, np.ones(len(more))]) @ old)


def _shares(scores: np.ndarray) -> np.ndarray:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def figures(path: Path) -> None:
    with np.load(path) as content:
        name, times, measures = content["name"], content["sec"], content["meas"].astype(np.float32)
        movements, probabilities = content["mov"][:, :11].astype(np.float32), content["prob"].astype(np.float32)
    known = np.isfinite(measures).all(axis=1)
    both = features_of(measures, probabilities)
    columns = measures.shape[1]
    ways = {
        "distances": both[:, :columns],
        "movements": movements,
        "network": both[:, columns:],
        "distances and network": both,
    }
    random = np.random.default_rng(0)
    choices = sorted(set(name.tolist()) - {"neutral"})
    draws = [["neutral", *random.choice(choices, TAUGHT, replace=False)] for _ in range(DRAWS)]
    say(f"{known.sum()} of {len(known)} frames have points; {DRAWS} draws of {TAUGHT} of {len(choices)}.")
    say("| Learned from | by | neutral found | own found | never taught, called own |")
    say("|---|---|---|---|---|")
    for title, features in ways.items():
        for how, judge in (("discriminants", by_discriminants), ("logistic regression", by_regression)):
            told = []
            for own in draws:
                masks = [known & (name == one) for one in own]
                others = features[known & ~np.isin(name, own)]
                told.append(judge(([features[mask] for mask in masks], [times[mask] for mask in masks]), others))
            say(f"| {title} | {how} | " + " | ".join(f"{value:.1%}" for value in np.mean(told, axis=0)) + " |")


def cost(frames: int = 5000) -> None:
    from realtime_fer.core.faces import Faces
    from realtime_fer.core.own_expressions.model import learn
    from realtime_fer.core.own_expressions.taught import Network, OwnExpressions, Samples
    from realtime_fer.vision.expressions.own_expressions import OwnExpressionsReader

    random = np.random.default_rng(0)
    names = ("neutral", "happy", "sad", "surprise", "fear", "disgust", "angry", "contempt")

    def samples() -> Samples:
        shares = random.dirichlet(np.ones(8), 80).astype(np.float32)
        mean = random.normal(0, 0.2, 18)
        return Samples(
            np.arange(80) / 16,
            (mean + random.normal(0, 0.02, (80, 18))).astype(np.float32),
            shares,
            Network("a", names),
        )

    own = OwnExpressions().with_neutral(samples())
    for number in range(8):
        own = own.with_taught(f"Mine {number}", samples())
    began = time.perf_counter()
    model = learn(own)
    say(f"learning eight: {(time.perf_counter() - began) * 1000:.0f} ms")
    for count in (1, 4):
        reader = OwnExpressionsReader()
        reader.adopt(model)
        faces = Faces(np.zeros((count, 4), np.float32), np.ones(count, np.float32))
        faces = faces.with_tracker_id(np.arange(1, count + 1))
        faces = faces.with_probabilities(random.dirichlet(np.ones(8), count).astype(np.float32))
        taken = []
        for index in range(frames):
            measures = random.normal(0, 0.2, (count, 18)).astype(np.float32)
            seen = faces.with_movements(faces.pose, faces.movements, measures)
            began = time.perf_counter()
            reader.read(seen, "a", index / 30, mirrored=False)
            taken.append(time.perf_counter() - began)
        ms = np.median(taken) * 1000 / count
        say(f"{count} faces, eight own expressions: {ms:.3f} ms a face (median of {frames})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("faces", nargs="?", type=Path)
    parser.add_argument("--cost", action="store_true")
    given = parser.parse_args()
    if given.cost:
        cost()
    elif given.faces is None:
        parser.error("FACES.npz or --cost")
    else:
        if not given.faces.exists():
            measure(given.faces)
        figures(given.faces)


if __name__ == "__main__":
    main()
