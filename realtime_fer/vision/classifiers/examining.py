"""Finds out which values a network expects and what it answers to a few images, in a separate process (``probe``).

The images are variants of the program's own portrait, and some without a face. A file does not say which values its
network was trained on, but on others a network gives everything the same answer, or is certain of everything.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.cards.card_file import one_line
from realtime_fer.core.cards.model_input import InputSpec
from realtime_fer.vision.classifiers.interpreter import interpreter_of, prepare
from realtime_fer.vision.classifiers.probe import input_from, run_in_child
from realtime_fer.vision.classifiers.sample_pictures import pictures
from realtime_fer.vision.classifiers.suggestions import usual_inputs
from realtime_fer.vision.classifiers.values import as_trained, from_tensor, range_of, step_of, to_tensor

Float32 = npt.NDArray[np.float32]

#: The most outputs, and values of one output, that are examined.
_MOST_OUTPUTS, _MOST_VALUES = 16, 100


@dataclass(frozen=True)
class Tensor:
    """An input or output. ``low``, ``high``: its range; ``step``: between two values, 0 where it is not quantised."""

    name: str
    shape: tuple[int, ...]
    kind: str
    low: float
    high: float
    step: float


@dataclass(frozen=True)
class Examined:
    """What was found out about a network.

    Attributes:
        fault: why it does not run, or "".
        held: the range to which the network's first operator quantises a float input; None where it does not.
        any_batch: whether it takes any batch size.
        kinds: inputs that may be meant; the card's first, where there is one.
        answers: for each kind the values of each output, (images, values); an output of another shape is empty.
    """

    inputs: tuple[Tensor, ...]
    outputs: tuple[Tensor, ...]
    fault: str = ""
    held: tuple[float, float] | None = None
    any_batch: bool = False
    kinds: tuple[InputSpec, ...] = ()
    answers: tuple[tuple[Float32, ...], ...] = ()


def examine(name: str, content: bytes, wanted: InputSpec | None) -> Examined:
    """Examines the network ``content`` of the file ``name`` in a process of its own; ``wanted`` is its card's input.

    Raises:
        ModelError: LiteRT cannot load it, or the process did not survive it.
    """
    told = json.loads(run_in_child(name, content, json.dumps(wanted and asdict(wanted)), "examine"))
    return Examined(
        inputs=tuple(_tensor_from(entry) for entry in told["inputs"]),
        outputs=tuple(_tensor_from(entry) for entry in told["outputs"]),
        fault=one_line(told["fault"], 200),
        held=tuple(told["held"]) if told["held"] else None,
        any_batch=bool(told["any_batch"]),
        kinds=tuple(input_from(entry) for entry in told["kinds"]),
        answers=tuple(tuple(np.array(values, np.float32) for values in answer) for answer in told["answers"]),
    )


def _tensor_from(entry: dict[str, Any]) -> Tensor:
    return Tensor(**{**entry, "name": one_line(entry["name"]), "shape": tuple(entry["shape"])})


def examined_here(content: bytes, wanted: InputSpec | None) -> dict[str, Any]:
    """In the child: ``Examined`` as JSON. Raises whatever LiteRT does where it cannot load the network."""
    interpreter = interpreter_of(content)
    inputs, outputs = interpreter.get_input_details(), interpreter.get_output_details()
    told: dict[str, Any] = {
        "inputs": [asdict(_tensor(entry)) for entry in inputs[:_MOST_OUTPUTS]],
        "outputs": [asdict(_tensor(entry)) for entry in outputs[:_MOST_OUTPUTS]],
        "fault": "",
        "held": None,
        "any_batch": False,
        "kinds": [],
        "answers": [],
    }
    shape = [int(length) for length in inputs[0]["shape"]]
    if len(inputs) != 1 or len(shape) != 4 or shape[3] not in (1, 3) or not all(8 <= at <= 1024 for at in shape[1:3]):
        return told
    own = InputSpec(*shape[1:])
    kinds = usual_inputs(own)
    if wanted is not None and (wanted.height, wanted.width, wanted.channels) == tuple(shape[1:]):
        kinds = [wanted, *(kind for kind in kinds if kind != wanted)]
    try:
        told["answers"] = [_answers(interpreter, kind) for kind in kinds]
    except Exception as error:  # LiteRT raises whatever its C++ side threw.
        told["fault"] = (str(error).strip().splitlines() or [type(error).__name__])[0]
        return told
    told["kinds"] = [asdict(kind) for kind in kinds]
    told["any_batch"] = _takes(content, 2, len(outputs))
    told["held"] = _held(interpreter)
    return told


def _tensor(details: dict[str, Any]) -> Tensor:
    kind, shape = np.dtype(details["dtype"]).name, tuple(int(length) for length in details["shape"])
    try:
        low, high, step = *range_of(details), step_of(details)
    except ValueError:  # neither floats nor whole numbers
        low, high, step = 0.0, 0.0, 0.0
    return Tensor(str(details["name"])[:200], shape, kind, low, high, step)


def _answers(interpreter: Any, kind: InputSpec) -> list[list[list[float]]]:
    shape = prepare(interpreter, None)
    entry = interpreter.get_input_details()[0]
    faces = to_tensor(as_trained(pictures(kind), kind), entry)
    rows: list[list[list[float]]] = [[] for _ in interpreter.get_output_details()[:_MOST_OUTPUTS]]
    for start in range(0, len(faces), shape[0]):
        some = faces[start : start + shape[0]]
        interpreter.set_tensor(entry["index"], np.resize(some, shape))
        interpreter.invoke()
        for output, collected in zip(interpreter.get_output_details(), rows, strict=False):
            values = from_tensor(interpreter.get_tensor(output["index"]), output)
            if values.ndim == 2 and values.shape[0] == shape[0] and values.shape[1] <= _MOST_VALUES:
                collected += values[: len(some)].tolist()
    return rows


def _takes(content: bytes, size: int, outputs: int) -> bool:
    """Whether the network runs at this batch size and answers for each face."""
    try:
        interpreter = interpreter_of(content)
        shape = prepare(interpreter, size)
        entry = interpreter.get_input_details()[0]
        interpreter.set_tensor(entry["index"], to_tensor(np.zeros(shape, np.float32), entry))
        interpreter.invoke()
        found = [interpreter.get_tensor(output["index"]) for output in interpreter.get_output_details()]
    except Exception:
        return False
    return all(values.ndim and len(values) == size for values in found)


def _held(interpreter: Any) -> tuple[float, float] | None:
    """The tensor that the network's first operator makes of a float input, where it quantises it."""
    # LiteRT names the operators for debugging only, and may cease to.
    with suppress(Exception):
        first = interpreter._get_ops_details()[0]
        if first["op_name"] == "QUANTIZE":
            target = {entry["index"]: entry for entry in interpreter.get_tensor_details()}[int(first["outputs"][0])]
            return range_of(target)
    return None
