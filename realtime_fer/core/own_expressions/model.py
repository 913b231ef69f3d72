"""What was learned of a person's own expressions, and how faces are judged by it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from realtime_fer.core.errors import OwnExpressionsError
from realtime_fer.core.face_features.movements import mirrored_measures
from realtime_fer.core.own_expressions.features import features_of
from realtime_fer.core.own_expressions.learning import LearnedClasses, LeftOut, learned
from realtime_fer.core.own_expressions.taught import Network, OwnExpressions, read_own_expressions

Float32 = npt.NDArray[np.float32]

#: Two classes that are told apart less often than that are the same to the program. 0.5 is chance.
LEAST_APART = 0.8

#: Classes whose means are nearer to each other, in standard deviations of the faces in one class, are the same too: a
#: head held otherwise makes two takes of one face differ by 1.7, and the faintest of 15 drawn expressions differs from
#: the neutral face by 3.6 (``scripts/own_expression_figures.py``).
LEAST_DISTANCE = 2.6

#: The share of its left-out frames in which an own expression must be found.
LEAST_FOUND = 0.6


@dataclass(frozen=True, eq=False)
class OwnModel:
    """Judges faces by own expressions. Never changed: a new one takes its place as a whole.

    Attributes:
        names, slugs: of the own expressions.
        sha256: of the file they are kept in.
        by_points: from the points alone.
        by_both: from points and network; None where the samples are of different networks or of none.
        network: that ``by_both`` needs.
        left_out: what left-out blocks of time say of ``by_both``, or else of ``by_points``.
    """

    names: tuple[str, ...]
    slugs: tuple[str, ...]
    sha256: str
    by_points: LearnedClasses
    by_both: LearnedClasses | None
    network: Network
    left_out: LeftOut

    def values(
        self, measures: Float32, probabilities: Float32, model_sha256: str, *, mirrored: bool = False
    ) -> Float32:
        """float32 (n, k), 0 to 1: how much each face looks like each own expression; NaN where it is not known.

        Args:
            measures, probabilities: as of ``Faces``.
            model_sha256: of the network that the probabilities are from.
            mirrored: the faces were seen in a mirror.
        """
        found = np.full((len(measures), len(self.names)), np.nan, np.float32)
        known = np.isfinite(measures).all(axis=1)
        if not known.any():
            return found
        measures = measures[known]
        if mirrored:
            measures = mirrored_measures(measures)
        both = self.by_both
        if both is not None and model_sha256 == self.network.sha256:
            found[known] = both.values(features_of(measures, probabilities[known]))
        else:
            found[known] = self.by_points.values(features_of(measures, None))
        return found


def learn(taught: OwnExpressions) -> OwnModel | None:
    """What can be learned of these samples; None where there is no neutral face or no own expression."""
    if taught.neutral is None or not taught.expressions:
        return None
    samples = [taught.neutral, *(of for _, of in taught.expressions)]
    times = [of.times_s for of in samples]
    by_points, left_out = learned([features_of(of.measures, None) for of in samples], times)
    by_both, network = None, taught.neutral.network
    if network.class_names and all(of.network == network for of in samples):
        by_both, left_out = learned([features_of(of.measures, of.probabilities) for of in samples], times)
    return OwnModel(taught.names, taught.slugs, taught.sha256, by_points, by_both, network, left_out)


def learn_file(path: Path) -> OwnModel:
    """What can be learned of the samples in a file.

    Raises:
        OwnExpressionsError: it is missing, is no such file, or holds no own expression.
    """
    model = learn(read_own_expressions(path))
    if model is None:
        raise OwnExpressionsError("No expression is taught in '{path}': teach one in the window first.", path=path)
    return model


def refuse_indistinct(model: OwnModel, name: str) -> None:
    """Refuses an expression that was just taught where it is not told from the neutral face or from another one.

    Raises:
        OwnExpressionsError: says from which.
    """
    at = model.names.index(name) + 1
    apart = model.left_out.apart[at].copy()
    means = (model.by_both or model.by_points).means
    apart[np.linalg.norm(means - means[at], axis=1) < LEAST_DISTANCE] = 0.0
    apart[at] = 1.0
    nearest = int(apart.argmin())
    if apart[nearest] < LEAST_APART:
        if nearest == 0:
            raise OwnExpressionsError(
                "'{name}' cannot be told apart from your neutral face: show it more strongly, or take the neutral face "
                "again.",
                name=name,
            )
        raise OwnExpressionsError(
            "'{name}' cannot be told apart from '{other}': show it more differently, or delete '{other}'.",
            name=name,
            other=model.names[nearest - 1],
        )
    if model.left_out.found[at] < LEAST_FOUND:
        raise OwnExpressionsError(
            "'{name}' was found in only {share:.0%} of the frames that were left out of learning: hold it more "
            "steadily.",
            name=name,
            share=float(model.left_out.found[at]),
        )
