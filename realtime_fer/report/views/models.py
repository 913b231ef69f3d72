"""The models of a recording, each with its card where that is about the recorded network."""

from __future__ import annotations

from dataclasses import dataclass

from realtime_fer.core.cards.card_sections import card_sections
from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.cards.sections import CardSection
from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.report.recorded_models import RecordedModel
from realtime_fer.report.words import bounded

#: What a reader of a report needs first, in this order; the rest of the card is folded.
_FIRST = ("expressions", "accuracy", "recall", "limits", "intended_use", "excluded_use", "data")


@dataclass(frozen=True)
class ModelView:
    """One model that a recording was made with.

    Attributes:
        name: as its card says; its id where no card is shown.
        why_no_card: 'unknown', or 'another' where the card that is here is of another network; '' where it is shown.
        is_doubtful: whether the card is of the recorded network cannot be told.
        expressions: those that a model without a card tells apart; '' where that is not recorded.
        sections: of the card, to be shown at once; ``folded`` are all others.
    """

    model_id: str
    name: str
    why_no_card: str
    is_doubtful: bool = False
    sha256: str = ""
    expressions: tuple[str, ...] = ()
    sections: tuple[CardSection, ...] = ()
    folded: tuple[CardSection, ...] = ()


def model_view(model: RecordedModel, spec: ModelSpec | None) -> ModelView:
    """What is shown of ``model``.

    Args:
        spec: of the card with that id on this computer, if there is one.
    """
    model_id = bounded(model.model_id)
    is_the_same = None if spec is None else model.is_that_of(spec)
    if spec is None or is_the_same is False:
        return ModelView(
            model_id,
            name=model_id,
            why_no_card="unknown" if spec is None else "another",
            sha256=bounded(model.sha256, 64),
            expressions=tuple(each.title for each in EXPRESSIONS if each.key in model.class_names),
        )
    sections = card_sections(spec)
    by_kind: dict[str, CardSection] = {}
    for section in sections:
        by_kind.setdefault(section.kind, section)
    first = tuple(by_kind[kind] for kind in _FIRST if kind in by_kind)
    folded = tuple(section for section in sections if not any(section is shown for shown in first))
    return ModelView(model_id, bounded(spec.name), "", is_the_same is None, sections=first, folded=folded)
