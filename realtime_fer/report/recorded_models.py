"""Which models a recording was made with. An id is not enough: a model can be exported again under the same id."""

from __future__ import annotations

from dataclasses import dataclass

from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.report.session import Session, entries

#: A page shows no more.
MOST_MODELS = 8


@dataclass(frozen=True)
class RecordedModel:
    """A model as the recording describes it.

    Attributes:
        sha256: of its network; '' where it is not recorded.
        class_names: expression keys in the order of its outputs; () where they are not recorded.
    """

    model_id: str
    sha256: str = ""
    class_names: tuple[str, ...] = ()

    def is_that_of(self, spec: ModelSpec) -> bool | None:
        """Whether ``spec`` is of the same network and classes; None where that cannot be told."""
        if not self.sha256:
            return None
        return self.sha256 == spec.sha256 and self.class_names == spec.class_names


def recorded_models(session: Session) -> list[RecordedModel]:
    """In the order of first use: the facts' models, then comparison models, then those that only the CSV names."""
    told = [
        RecordedModel(use["id"], _hash(use.get("sha256")), _classes(use.get("class_names")))
        for group in ("models", "compared_models")
        for use in entries(session.facts.get(group))
        if isinstance(use.get("id"), str) and use["id"]
    ]
    ids = {model.model_id for model in told}
    untold = [RecordedModel(model_id) for model_id in session.table.models if model_id not in ids]
    return list(dict.fromkeys([*told, *untold]))[:MOST_MODELS]


def _hash(value: object) -> str:
    return value.lower() if isinstance(value, str) else ""


def _classes(value: object) -> tuple[str, ...]:
    listed = value if isinstance(value, list) else []
    return tuple(key for key in listed if isinstance(key, str) and key in EXPRESSION_KEYS)
