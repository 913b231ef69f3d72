"""The figure that models are compared by: balanced accuracy on the same faces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from realtime_fer.core.cards.model_spec import AT_STANDARD, ModelSpec
from realtime_fer.core.enums import Sensitivity
from realtime_fer.core.expressions import EXPRESSION_KEYS, expression_named, is_expression
from realtime_fer.core.text.translation import Wording

#: Every shipped model was measured on this split.
COMPARED_SPLIT = "PublicTest by FER+ majority"

#: The expressions that count there. Contempt has 13 faces, too few for a recall.
COMPARED_EXPRESSIONS = tuple(key for key in EXPRESSION_KEYS if key != "contempt")

#: What figures at another sensitivity replace as a whole.
_TOGETHER = ("accuracy", "balanced_accuracy", "recall")


@dataclass(frozen=True)
class BalancedAccuracy:
    """The mean recall: each expression counts alike, however rare it is.

    Attributes:
        share: 0 to 1. Where models are compared, the mean over ``COMPARED_EXPRESSIONS``: an expression that a model
            lacks counts as never right, or a model of few expressions would look best. Elsewhere the mean over its own.
        compared: measured so, on the split that the shipped models are compared on.
        faces: the split's title and number of faces, in the person's language.
        n: how many faces.
        classes: how many recalls it is the mean of.
        accuracy: share of the same faces that are named right; None where the card does not give it.
        at_standard: measured at the standard sensitivity, with which the program starts; else as the model says it.
    """

    share: float
    compared: bool
    faces: str
    n: int
    classes: int
    accuracy: float | None = None
    at_standard: bool = False

    @property
    def sentences(self) -> list[Wording]:
        told = []
        if self.accuracy is not None:
            told.append(Wording("Model", "{share:.1%} accuracy on {faces}", share=self.accuracy, faces=self.faces))
        told.append(
            Wording(
                "Model",
                "{share:.1%} balanced accuracy, the mean of {count} recalls, on {faces}",
                share=self.share,
                count=self.classes,
                faces=self.faces,
            )
        )
        if self.at_standard:
            told.append(Wording("Model", "both at the standard sensitivity to subtle expressions"))
        return told


def balanced_accuracy(spec: ModelSpec) -> BalancedAccuracy | None:
    """Of the split that all shipped models were measured on, else of the card's first; None where the card has none.

    It describes what a person sees: at the standard sensitivity, where the card has figures for it.
    """
    splits = [split for split in (COMPARED_SPLIT, *spec.metrics) if split in spec.metrics]
    for split in splits:
        figures, standard = spec.metrics[split], _at_standard(spec, split)
        if standard:
            figures = {**{key: value for key, value in figures.items() if key not in _TOGETHER}, **standard}
        recalls = _recalls(figures)
        compared = split == COMPARED_SPLIT and bool(recalls)
        if compared:
            without_faces = set(spec.class_names) - set(recalls)
            counted = [recalls.get(key, 0.0) for key in COMPARED_EXPRESSIONS if key not in without_faces]
        else:
            counted = list(recalls.values())
        written = None if compared else figures.get("balanced_accuracy")
        if written is None and not counted:
            continue
        accuracy = figures.get("accuracy")
        return BalancedAccuracy(
            float(written) if written is not None else sum(counted) / len(counted),
            compared,
            spec.faces_of(split),
            int(spec.metrics[split].get("n") or 0),
            len(counted) or len(spec.class_names),
            None if accuracy is None else float(accuracy),
            bool(standard),
        )
    return None


def _recalls(figures: Mapping[str, Any]) -> dict[str, float]:
    """By expression, however the card writes its name; without those that are None."""
    written = figures.get("recall") or {}
    return {
        expression_named(key).key if is_expression(key) else key: recall
        for key, recall in written.items()
        if recall is not None
    }


def _at_standard(spec: ModelSpec, split: str) -> Mapping[str, Any]:
    """The split's figures at the standard sensitivity, where the card has those that belong together."""
    standard = spec.prior.adjustments[Sensitivity.STANDARD] if spec.prior is not None else None
    if standard is None or spec.prior is None:
        return {}
    fitted_here = spec.prior.fitted_on == spec.split_title(split)
    figures = standard.figures if fitted_here else spec.metrics[split].get(AT_STANDARD) or {}
    is_whole = figures.get("accuracy") is not None and any(figures.get(key) is not None for key in _TOGETHER[1:])
    return {key: figures[key] for key in _TOGETHER if key in figures} if is_whole else {}
