"""Networks that each left out one fold of the people, and answer for those alone.

Together they measure a recipe on all press photographs: nobody is judged by a network that has learned from the same
person (cross-validation, Stone 1974).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.enums import Sensitivity
from realtime_fer.core.errors import ModelError
from realtime_fer.core.protocols import ExpressionClassifier
from train.data.splits import fold_of
from train.live.pictures import LabelledPicture
from train.live.press import predict_pictures
from train.recipe import parse_fold


def folds_left_out(specs: Sequence[ModelSpec]) -> list[int]:
    """The fold, from 0, that each network has not learned from, as its card's recipe says.

    Raises:
        ModelError: a network left out none, they are of different classes, or not each of the folds is there once.
    """
    left_out, of = [], set()
    for spec in specs:
        try:
            fold, folds = parse_fold(str(spec.card.get("recipe", {}).get("left_out_fold", "")))
        except ValueError:
            raise ModelError(
                f"{spec.path.name}: its card names no fold of the people that it has not learned from; train it with "
                "--leave-out-fold."
            ) from None
        left_out.append(fold)
        of.add(folds)
    if len(of) != 1 or sorted(left_out) != list(range(of.pop())):
        told = ", ".join(str(spec.card["recipe"]["left_out_fold"]) for spec in specs)
        raise ModelError(f"Each fold needs one network that left it out; these left out {told}.")
    if len({spec.class_names for spec in specs}) > 1:
        raise ModelError("These networks have different classes, so they cannot be measured as one.")
    return left_out


def predict_out_of_fold(
    classifiers: Sequence[ExpressionClassifier],
    pictures: Sequence[LabelledPicture],
    sensitivities: Sequence[Sensitivity],
) -> list[npt.NDArray[np.float32]]:
    """For each sensitivity, (n, C) probabilities for the whole pictures, each by the network that has not learned from
    its person, with that network's own prior removed.

    Raises:
        ModelError: as of ``folds_left_out``.
    """
    left_out = folds_left_out([classifier.spec for classifier in classifiers])
    fold = [fold_of(picture.person, len(classifiers)) for picture in pictures]
    shape = (len(pictures), len(classifiers[0].spec.class_names))
    said = [np.zeros(shape, np.float32) for _ in sensitivities]
    for classifier, own in zip(classifiers, left_out, strict=True):
        rows = [row for row, of_person in enumerate(fold) if of_person == own]
        if not rows:
            continue
        answers = predict_pictures(classifier, [pictures[row] for row in rows])
        prior = classifier.spec.prior
        for probabilities, sensitivity in zip(said, sensitivities, strict=True):
            probabilities[rows] = answers if prior is None else prior.adjusted(answers, sensitivity)
    return said
