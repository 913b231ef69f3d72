"""One frame as OSC messages: under this program's own addresses, or as other programs expect them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from realtime_fer.core.enums import OscScheme
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.face_features.own_values import OWN_PREFIX
from realtime_fer.streams.slots import Slots

#: An address and its values.
Message = tuple[str, tuple[int | float | str | bool, ...]]

_LONGEST_NAME = 32

#: Blend shapes of VRM 0, which VMC's receivers know by these names, in this case (protocol.vmc.info).
_VMC_NAMES = {"neutral": "Neutral", "happy": "Joy", "angry": "Angry", "sad": "Sorrow", "surprise": "Surprised"}


class OscMessages:
    """Makes the messages of one stream of frames. Called from one thread alone.

    A value that is not known (null) is left out.
    """

    def __init__(self, scheme: OscScheme) -> None:
        self._slots = Slots()
        self._before: set[int] = set()
        self._taught: dict[str, None] = {}
        self._make: Callable[[Mapping[str, Any], Mapping[int, Mapping[str, Any]]], list[Message]] = {
            OscScheme.FER: self._own,
            OscScheme.VMC: _vmc,
            OscScheme.VRCHAT: self._vrchat,
            OscScheme.FACEOSC: _faceosc,
        }[scheme]

    def of(self, values: Mapping[str, Any]) -> list[Message]:
        """The messages of a frame's object; the most important first."""
        return self._make(values, self._slots.of(values))

    def _own(self, values: Mapping[str, Any], faces: Mapping[int, Mapping[str, Any]]) -> list[Message]:
        made: list[Message] = [
            ("/fer/frame", (values["frame"], values["timestamp"])),
            ("/fer/faces", (len(values["faces"]),)),
        ]
        if values["marker"]:
            made.append(("/fer/marker", (values["marker"],)))
        there = set(faces) | self._slots.elsewhere(values["source_index"])
        made += [(f"/fer/{slot}/present", (0,)) for slot in sorted(self._before - there)]
        self._before = there
        width, height = values["width"], values["height"]
        for slot, face in faces.items():
            begin = f"/fer/{slot}"
            made += [(f"{begin}/present", (1,)), (f"{begin}/id", (face["face_id"],))]
            made += [(f"{begin}/name", (face["name"][:_LONGEST_NAME],)), (f"{begin}/expression", (face["expression"],))]
            box = face["x"], face["y"], face["w"], face["h"]
            if None not in box:
                made.append((f"{begin}/box", (box[0] / width, box[1] / height, box[2] / width, box[3] / height)))
            made += [(f"{begin}/{key}", (value,)) for key, value in face["smoothed"].items() if value is not None]
            made += [(f"{begin}/{OWN_PREFIX}{slug}", (value,)) for slug, value in _own_of(face).items()]
        return made

    def _vrchat(self, values: Mapping[str, Any], faces: Mapping[int, Mapping[str, Any]]) -> list[Message]:
        """VRChat keeps the last value of a parameter, so each one that was ever sent goes back to 0."""
        face = _first(faces)
        known, own = _known(face), _own_of(face)
        self._taught |= dict.fromkeys(own)
        named = "" if face is None else face["expression"]
        number = EXPRESSION_KEYS.index(named) + 1 if named in EXPRESSION_KEYS else 0
        begin = "/avatar/parameters/FER"
        made: list[Message] = [(f"{begin}Present", (face is not None,)), (f"{begin}Expression", (number,))]
        made += [(f"{begin}{key.title()}", (float(known.get(key, 0.0)),)) for key in EXPRESSION_KEYS]
        return made + [(f"{begin}Own_{slug}", (float(own.get(slug, 0.0)),)) for slug in self._taught]


def _first(faces: Mapping[int, Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The face in the lowest slot: these schemes know one face."""
    return next(iter(faces.values()), None)


def _known(face: Mapping[str, Any] | None) -> dict[str, float]:
    smoothed = {} if face is None else face["smoothed"]
    return {key: value for key, value in smoothed.items() if value is not None}


def _own_of(face: Mapping[str, Any] | None) -> dict[str, float]:
    """Of the expressions that the person taught, by slug."""
    own = {} if face is None else face.get("own", {})
    return {slug: value for slug, value in own.items() if value is not None}


def _vmc(values: Mapping[str, Any], faces: Mapping[int, Mapping[str, Any]]) -> list[Message]:
    known = _known(_first(faces))
    made: list[Message] = [
        ("/VMC/Ext/Blend/Val", (name, float(known.get(key, 0.0)))) for key, name in _VMC_NAMES.items()
    ]
    return [*made, ("/VMC/Ext/Blend/Apply", ())]


def _faceosc(values: Mapping[str, Any], faces: Mapping[int, Mapping[str, Any]]) -> list[Message]:
    face = _first(faces)
    if face is None:
        return [("/found", (0,))]
    made: list[Message] = [("/found", (1,))]
    box = face["x"], face["y"], face["w"], face["h"]
    if None not in box:
        made.append(("/pose/position", (box[0] + box[2] / 2, box[1] + box[3] / 2)))
    turned = [face.get(name) for name in ("pitch", "yaw", "roll")]
    if all(isinstance(angle, (int, float)) for angle in turned):
        made.append(("/pose/orientation", tuple(math.radians(float(angle or 0.0)) for angle in turned)))
    return made
