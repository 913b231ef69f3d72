"""The order in which models are offered: in groups, by use."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.text.translation import Wording

#: Marked in the list, and chosen at the first start.
RECOMMENDED = "fer-s"


@dataclass(frozen=True)
class ModelGroup:
    """Models that are offered together.

    Attributes:
        title: stands above the group; '' for none.
        model_ids: in the order in which they are offered.
    """

    title: str
    model_ids: tuple[str, ...] = ()


SHIPPED_GROUPS = (
    ModelGroup("", ("fer-s", "fer-l", "fer-xs")),
    ModelGroup(
        Wording("Models", "The same by FER2013’s own labels, without contempt: to compare with published figures"),
        ("fer-s-7", "fer-l-7", "fer-xs-7"),
    ),
    ModelGroup(Wording("Models", "Earlier networks"), ("alexnet", "cnn3", "icml2013", "shallow", "deep")),
)

#: Models that did not come with the program.
OWN = ModelGroup(Wording("Models", "Your own"))


def grouped(specs: Sequence[ModelSpec]) -> list[tuple[ModelGroup, list[ModelSpec]]]:
    """All models by group, without empty groups; a person's own models keep the order given."""
    known = {spec.model_id: spec for spec in specs}
    groups = [(group, [known[key] for key in group.model_ids if key in known]) for group in SHIPPED_GROUPS]
    shipped = {key for group in SHIPPED_GROUPS for key in group.model_ids}
    groups.append((OWN, [spec for spec in specs if spec.model_id not in shipped]))
    return [(group, members) for group, members in groups if members]


def in_order(specs: Sequence[ModelSpec]) -> list[ModelSpec]:
    return [spec for _, members in grouped(specs) for spec in members]
