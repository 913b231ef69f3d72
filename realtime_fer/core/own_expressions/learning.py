"""Learns own expressions from samples: nearest class means with a pooled, shrunk covariance, and how typical a face is.

Linear discriminant analysis (Fisher, 1936; Hastie, Tibshirani, Friedman, "The Elements of Statistical Learning", 4.3)
with the covariance of all classes together, shrunk towards its diagonal, plus a floor: five seconds of one face in one
light tell little of how the same face looks tomorrow. The posterior alone would call every stranger's laugh one of the
expressions that were taught, so it is multiplied by how near the face is to what was taught at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Float32 = npt.NDArray[np.float32]
Float64 = npt.NDArray[np.float64]

#: How far the covariance is shrunk towards its diagonal.
SHRINKAGE = 0.3

#: Standard deviation that every feature has at least, in units of the features.
FLOOR = 0.15

#: Left out at a time, and left out of training beside it: neighbouring frames are nearly the same. Seconds.
BLOCK_S = 1.0
GUARD_S = 0.25

#: An own expression is as likely as not at this many times the distance within which most of its samples lie.
_REACH = 1.5
_SOFTNESS = 0.15
_MOST = 0.95

#: An expression is seen where its value reaches this.
SEEN = 0.5


@dataclass(frozen=True)
class LearnedClasses:
    """What was learned of k classes in d features; the first class is the neutral face.

    Attributes:
        whitened: float32 (d, d), with which a difference of two faces gets the length of their distance.
        means: float32 (k, d), of the classes, whitened.
        reach: distance from its mean within which most of a class's samples lie.
    """

    whitened: Float32
    means: Float32
    reach: float

    def values(self, features: Float32) -> Float32:
        """(n, d) -> (n, k - 1), 0 to 1: how much each face looks like each own expression. They need not sum to 1."""
        places = features @ self.whitened
        squared = np.square(places[:, None, :] - self.means).sum(axis=2)
        scores = -0.5 * (squared - squared.min(axis=1, keepdims=True))
        shares = np.exp(scores)
        shares /= shares.sum(axis=1, keepdims=True)
        far = np.sqrt(squared[:, 1:]) / self.reach
        typical = 1 / (1 + np.exp(np.minimum((far - _REACH) / _SOFTNESS, 50.0)))
        return np.asarray(shares[:, 1:] * typical, np.float32)

    def distances(self, features: Float32) -> Float32:
        """(n, d) -> (n, k): from each class's mean."""
        places = features @ self.whitened
        return np.asarray(np.sqrt(np.square(places[:, None, :] - self.means).sum(axis=2)))


def fitted(classes: Sequence[Float32], reach: float = 1.0) -> LearnedClasses:
    """The classes' means and the distance by which a face is judged.

    Args:
        classes: float32 (n, d) of each; the first is the neutral face.
        reach: as of :class:`LearnedClasses`; ``learned`` measures it on blocks that were left out.
    """
    means = np.stack([samples.mean(axis=0) for samples in classes]).astype(np.float64)
    # Each class counts alike, however many frames it has.
    covariance = np.mean([np.cov(samples.T.astype(np.float64), bias=True) for samples in classes], axis=0)
    spread = np.diag(np.diag(covariance))
    covariance = (1 - SHRINKAGE) * covariance + SHRINKAGE * spread + FLOOR**2 * np.eye(len(covariance))
    whitened = np.linalg.inv(np.linalg.cholesky(covariance)).T
    return LearnedClasses(whitened.astype(np.float32), (means @ whitened).astype(np.float32), reach)


@dataclass(frozen=True)
class LeftOut:
    """What comes of blocks of time that were left out of learning, each in turn.

    Attributes:
        found: (k,) share of the left-out frames of each class that are called by it: of an own expression where its
            value is the largest and reaches ``SEEN``, of the neutral face where no value reaches it.
        apart: (k, k) how well two classes are told apart, 0.5 is chance.
        frames: how many were left out and judged.
    """

    found: Float64
    apart: Float64
    frames: int

    @property
    def accuracy(self) -> float:
        """Mean of ``found``: each class counts alike."""
        return float(self.found.mean())


def blocks_of(times_s: Float64, block_s: float = BLOCK_S) -> npt.NDArray[np.int64]:
    """Which block of time each sample belongs to."""
    return np.floor((times_s - times_s.min()) / block_s + 1e-6).astype(np.int64)


def learned(classes: Sequence[Float32], times_s: Sequence[Float64]) -> tuple[LearnedClasses, LeftOut]:
    """Learns the classes, and says what comes of blocks of time that were left out.

    Args:
        classes: float32 (n, d) of each; the first is the neutral face.
        times_s: (n,) of each: when its samples were taken, seconds.
    """
    k = len(classes)
    blocks = [blocks_of(times) for times in times_s]
    rounds = []
    for turn in range(max(int(block.max()) + 1 for block in blocks)):
        left = [block == turn for block in blocks]
        kept = [kept_beside(times, out) for times, out in zip(times_s, left, strict=True)]
        if all(keep.any() for keep in kept):
            classifier = fitted([samples[keep] for samples, keep in zip(classes, kept, strict=True)])
            rounds.append((classifier, [samples[out] for samples, out in zip(classes, left, strict=True)]))
    distances = [np.concatenate([c.distances(out[row]) for c, out in rounds]) for row in range(k)]
    reach = max(float(np.quantile(distances[row][:, row], _MOST)) for row in range(k))
    found = np.zeros(k)
    for row in range(k):
        called = np.concatenate([_called(c, out[row], reach) for c, out in rounds])
        found[row] = np.mean(called == row)
    apart = np.full((k, k), 1.0)
    for one in range(k):
        for other in range(one):
            right = [
                np.mean(distances[row][:, row] < distances[row][:, against])
                for row, against in ((one, other), (other, one))
            ]
            apart[one, other] = apart[other, one] = np.mean(right)
    result = LeftOut(found, apart, sum(len(of) for of in distances))
    return fitted(classes, reach), result


def kept_beside(times_s: Float64, left: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """The samples that are at least ``GUARD_S`` from those that are left out."""
    if not left.any():
        return ~left
    return (times_s < times_s[left].min() - GUARD_S) | (times_s > times_s[left].max() + GUARD_S)


def _called(classifier: LearnedClasses, features: Float32, reach: float) -> npt.NDArray[np.int64]:
    values = LearnedClasses(classifier.whitened, classifier.means, reach).values(features)
    best = values.argmax(axis=1)
    return np.where(values[np.arange(len(values)), best] >= SEEN, best + 1, 0) if len(values) else best
