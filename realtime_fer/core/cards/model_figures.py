"""The one figure that models are compared by: balanced accuracy on the same faces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.enums import Sensitivity
from realtime_fer.core.text.translation import Wording

#: The split that every shipped card has.
COMPARED_SPLIT = "PublicTest by FER+ majority"


@dataclass(frozen=True)
class BalancedAccuracy:
    """The mean of the recalls of the expressions that a model knows: each counts the same, however rare it is.

    Attributes:
        share: 0 to 1.
        split: the card's name of what it was measured on.
        faces: the same with the data set's name and the number of faces, for people.
        classes: the recalls that it is the mean of.
        accuracy: share of the same faces that are called right; None where the card does not say it.
        without_contempt: the mean without that one, to be compared with models that do not know it; None for those.
    """

    share: float
    split: str
    faces: str
    classes: int
    accuracy: float | None = None
    without_contempt: float | None = None

    @property
    def compared(self) -> bool:
        """Measured on the split that the shipped models are compared on."""
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
    """On the split that all shipped models were measured on, else on the card's first; None where the card has none.

    It is what a person sees: with as much of the model's prior taken back as is standard, where the card says so.
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
    """The split's figures at the standard sensitivity, where they were measured on these very faces."""
    standard = spec.prior.adjustments[Sensitivity.STANDARD] if spec.prior is not None else None
    if standard is None or spec.prior is None or spec.prior.fitted_on != spec.split_title(split):
        return {}
    return {key: value for key, value in standard.figures.items() if key != "n"}


def _mean(recalls: Mapping[str, float]) -> float | None:
    return sum(recalls.values()) / len(recalls) if recalls else None
