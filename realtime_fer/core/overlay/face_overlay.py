"""What a drawing shows of each face, as plain values: from a live result, or from the rows of a recording."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from realtime_fer.core.expressions import EXPRESSION_KEYS, expression_named, is_expression
from realtime_fer.core.face_features.gaze import GAZE_NOT_ASKED
from realtime_fer.core.frame import FrameResult

Rgb = tuple[int, int, int]

#: Each expression's probability in the order of ``EXPRESSION_KEYS``; None where the model lacks it.
Values = tuple[float | None, ...]

#: The colour of a face whose expression is uncertain or that no model has read.
UNDECIDED_RGB: Rgb = (236, 238, 242)


@dataclass(frozen=True)
class ComparedLabel:
    """What the comparison model calls a face; ``probability`` does not count while ``expression`` is 'uncertain'."""

    model_id: str
    expression: str
    probability: float = 0.0


@dataclass(frozen=True)
class FaceOverlay:
    """One face as a drawing shows it.

    >>> FaceOverlay((200, 150, 320, 270), 1, "happy", probability=0.87, values=(0.1, 0.87, *[0.0] * 6))

    Attributes:
        box: left, top, right, bottom in pixels of the frame; may leave it.
        identity: the number on the label; -1 for none.
        expression: key of the expression, 'uncertain', or '' where no model has read the face.
        doubt: key in ``core.doubts`` of why it is uncertain.
        probability: of ``expression``, smoothed, 0 to 1.
        values: all smoothed probabilities; () without a model.
        comparison: what a second model says.
        corrected: the person's resting face is taken into account.
        person_colour: position in ``core.people.PERSON_COLOURS_RGB``.
        name: stands on the label in place of the number.
        hidden: nothing is drawn for this face, but nothing is drawn over it either.
        points: float32 (468, 3), as ``Faces.landmarks``, NaN where not known; None where no face has any.
        pose: float32 (3,), as ``Faces.pose``.
        movements: float32 (13,), as ``Faces.movements``; None where no face has any.
        gaze: as of ``Faces.gaze``.
        own: names of the person's own expressions with their values, None where they are not known; () without any.
    """

    box: tuple[float, float, float, float]
    identity: int = -1
    expression: str = ""
    doubt: str = ""
    probability: float = 0.0
    values: Values = ()
    comparison: ComparedLabel | None = None
    corrected: bool = False
    person_colour: int = 0
    name: str = ""
    hidden: bool = False
    points: npt.NDArray[np.float32] | None = field(default=None, compare=False, repr=False)
    pose: npt.NDArray[np.float32] | None = field(default=None, compare=False)
    movements: npt.NDArray[np.float32] | None = field(default=None, compare=False)
    gaze: int = GAZE_NOT_ASKED
    own: tuple[tuple[str, float | None], ...] = ()


def face_overlays(
    result: FrameResult,
    name_of: Callable[[int], str] | None = None,
    is_hidden: Callable[[int], bool] | None = None,
) -> tuple[FaceOverlay, ...]:
    """A result's faces, in its order, with what a person said about them: names, who is one person, who is hidden.

    Args:
        name_of, is_hidden: of identities; None takes the result's own people.
    """
    name_of, is_hidden = name_of or result.people.name_of, is_hidden or result.people.is_hidden
    result = result.by_person()
    faces = result.faces
    with_model = bool(faces.smoothed.shape[1])
    values = in_display_order(faces.smoothed, result.class_names) if with_model else [()] * len(faces)
    followed = bool(faces.landmarks.shape[1])
    overlays = []
    for face, (box, identity) in enumerate(zip(faces.xyxy.tolist(), faces.tracker_id.tolist(), strict=True)):
        expression, compared = result.expression_of(face), result.compared_expression_of(face)
        comparison = None
        if result.comparison is not None and compared:
            second = float(result.comparison.smoothed[face, result.comparison.column_of(face)])
            comparison = ComparedLabel(result.comparison.model_id, compared, second)
        overlays.append(
            FaceOverlay(
                tuple(box),
                identity,
                expression,
                result.doubt_of(face),
                float(faces.smoothed[face, result.column_of(face)]) if with_model else 0.0,
                values[face],
                comparison,
                bool(faces.corrected[face]),
                int(faces.person_colour[face]),
                name_of(identity) if identity >= 0 else "",
                identity >= 0 and is_hidden(identity),
                faces.landmarks[face] if followed else None,
                faces.pose[face] if followed else None,
                faces.movements[face] if followed else None,
                int(faces.gaze[face]),
                _own(result, face),
            )
        )
    return tuple(overlays)


def _own(result: FrameResult, face: int) -> tuple[tuple[str, float | None], ...]:
    if result.own is None:
        return ()
    values = [value if np.isfinite(value) else None for value in result.own.values[face].tolist()]
    return tuple(zip(result.own.names, values, strict=True))


def in_display_order(smoothed: npt.NDArray[np.float32], class_names: tuple[str, ...]) -> list[Values]:
    """(n, C) in the model's order -> a row for each face in the order of ``EXPRESSION_KEYS``, None where absent."""
    columns = [class_names.index(key) if key in class_names else None for key in EXPRESSION_KEYS]
    clean = np.where(np.isfinite(smoothed), smoothed, 0.0).clip(0.0, 1.0).tolist()
    return [tuple(None if column is None else row[column] for column in columns) for row in clean]


def colour_of(expression: str) -> Rgb:
    """The colour of an expression's key; a near-white for 'uncertain' and ''."""
    return expression_named(expression).colour_rgb if is_expression(expression) else UNDECIDED_RGB


def boxes_of(faces: tuple[FaceOverlay, ...]) -> npt.NDArray[np.float32]:
    """float32 (n, 4)."""
    return np.array([face.box for face in faces], np.float32).reshape(-1, 4)
