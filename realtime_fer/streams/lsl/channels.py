"""What a face's LSL stream holds: its channels with names and units, and the values of a frame for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.face_features.landmarks import POSE_KEYS
from realtime_fer.core.face_features.movements import BLINKS, MOVEMENT_COLUMNS
from realtime_fer.core.face_features.own_values import OWN_PREFIX
from realtime_fer.core.face_features.pleasantness import PLEASANTNESS, STRENGTH

_NAN = float("nan")


@dataclass(frozen=True)
class Channel:
    """``kind`` is the channel's type in the description."""

    label: str
    unit: str
    kind: str


#: The same for each stream and model, since a stream's channels never change; NaN where a value is not known. Own
#: expressions come after them.
CHANNELS = (
    *(Channel(key, "probability", "Expression") for key in EXPRESSION_KEYS),
    Channel("expression", "number", "Expression"),
    Channel(PLEASANTNESS, "normalized", "Expression"),
    Channel(STRENGTH, "normalized", "Expression"),
    *(Channel(key, "degrees", "Orientation") for key in POSE_KEYS),
    *(Channel(key, "count" if key == BLINKS else "normalized", "Movement") for key in MOVEMENT_COLUMNS),
    *(Channel(key, "pixels", "Position") for key in ("x", "y", "w", "h")),
    Channel("confidence", "probability", "Face"),
    Channel("face_id", "number", "Face"),
)


def channels_with(own: Sequence[str]) -> tuple[Channel, ...]:
    """``CHANNELS``, and one for each own expression, by their slugs."""
    return (*CHANNELS, *(Channel(OWN_PREFIX + slug, "normalized", "Expression") for slug in own))


def face_values(face: Mapping[str, Any], own: Sequence[str] = ()) -> tuple[float, ...]:
    """The values of a face of a frame's object, in the order of ``channels_with(own)``.

    ``expression`` is 1 for the first of ``EXPRESSION_KEYS``, 2 for the next; 0 where none is named.
    """
    named = face["expression"]
    number = EXPRESSION_KEYS.index(named) + 1 if named in EXPRESSION_KEYS else 0
    known = {**face["movements"], **face["smoothed"], "expression": number}
    taught = face.get("own", {})
    values = (
        *(known.get(one.label, face.get(one.label)) for one in CHANNELS),
        *(taught.get(slug) for slug in own),
    )
    return tuple(_NAN if value is None else float(value) for value in values)


def absent_values(own: Sequence[str] = ()) -> tuple[float, ...]:
    """Of a face that is not there."""
    return (_NAN,) * (len(CHANNELS) + len(own))
