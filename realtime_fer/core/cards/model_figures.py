"""The figure that models are compared by: balanced accuracy on the same faces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.enums import Sensitivity
from realtime_fer.core.text.translation import Wording

#: Every shipped model was measured on this split.
COMPARED_SPLIT = "PublicTest by FER+ majority"


@dataclass(frozen=True)
class BalancedAccuracy:
    """The mean recall over the expressions that a model knows: each counts alike, however rare it is.

    Attributes:
        share: 0 to 1.
        split: the card's key of the faces it was measured on.
        faces: the split's title and number of faces, in the person's language.
        classes: how many recalls it is the mean of.
        accuracy: share of the same faces that are named right; None where the card does not give it.
        without_contempt: the mean of the other recalls, for comparison with models that do not know contempt; None
            for those.
    """

    share: float
    split: str
    faces: str
    classes: int
    accuracy: float | None = None
    without_contempt: float | None = None

    @property
    def compared(self) -> bool:
        """Whether it was measured on the split that the shipped models are compared on."""
        return self.split == COMPARED_SPLIT

    @property
    def sentences(self) -> list[Wording]:
        told = [
            Wording(
                "Model",
                "{share:.1%} balanced accuracy, the mean of {count} recalls, on {faces}",
                share=self.share,
                count=self.classes,
                faces=self.faces,
            )
        ]
        if self.without_contempt is not None:
            told.append(Wording("Model", "{share:.1%} balanced accuracy without contempt", share=self.without_contempt))
        return told


def balanced_accuracy(spec: ModelSpec) -> BalancedAccuracy | None:
    """Of the split that all shipped models were measured on, else of the card's first; None where the card has none.

    It describes what a person sees: at the standard sensitivity, where the card has figures for it.
    """
    splits = [split for split in (COMPARED_SPLIT, *spec.metrics) if split in spec.metrics]
    for split in splits:
        figures = {**spec.metrics[split], **_with_prior(spec, split)}
        recalls = {key: recall for key, recall in (figures.get("recall") or {}).items() if recall is not None}
        share = figures.get("balanced_accuracy")
        if share is None:
            share = _mean(recalls)
        if share is None:
            continue
        rest = {key: recall for key, recall in recalls.items() if key != "contempt"}
        accuracy = figures.get("accuracy")
        return BalancedAccuracy(
            float(share),
            split,
            spec.faces_of(split),
            len(recalls) or len(spec.class_names),
            None if accuracy is None else float(accuracy),
            _mean(rest) if len(rest) < len(recalls) else None,
        )
    return None


def _with_prior(spec: ModelSpec, split: str) -> Mapping[str, Any]:
    """The split's figures at the standard sensitivity, where they were measured on the same faces."""
    standard = spec.prior.adjustments[Sensitivity.STANDARD] if spec.prior is not None else None
    if standard is None or spec.prior is None or spec.prior.fitted_on != spec.split_title(split):
        return {}
    return {key: value for key, value in standard.figures.items() if key != "n"}


def _mean(recalls: Mapping[str, float]) -> float | None:
    return sum(recalls.values()) / len(recalls) if recalls else None
