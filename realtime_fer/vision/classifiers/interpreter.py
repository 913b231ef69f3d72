"""LiteRT's interpreter: a network loaded, planned for a number of faces, and run once."""

from __future__ import annotations

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from realtime_fer.core.cards.model_spec import InputSpec
from realtime_fer.vision.classifiers.outputs import made_up_faces
from realtime_fer.vision.classifiers.values import as_trained, to_tensor

#: Batch sizes an interpreter is prepared for; more faces go in chunks. Re-planning a graph in mid-stream for
#: another size would cost up to 12 ms.
BATCH_SIZES = (8, 4, 2, 1)

#: Faces that a network may take at once where it takes no other number.
_MOST_AT_ONCE = 64


def interpreter_of(content: bytes, threads: int = 1) -> Interpreter:
    """The network, loaded and not planned. Raises whatever LiteRT does."""
    return Interpreter(model_content=content, num_threads=threads)


def run_once(content: bytes, size: int | None, wanted: InputSpec) -> Interpreter:
    """Plans the network ``content`` for so many faces and runs it on made-up ones. Raises whatever LiteRT does.

    None is the number of faces that the file names. A network that takes another height, width or channels is only
    loaded: it is refused by a sentence of its own.
    """
    interpreter = interpreter_of(content)
    entry = interpreter.get_input_details()[0]
    own = tuple(int(length) for length in entry["shape"])
    if own[1:] != (wanted.height, wanted.width, wanted.channels):
        return interpreter
    shape = prepare(interpreter, size)
    faces = to_tensor(as_trained(made_up_faces(wanted), wanted), entry)
    for start in range(0, len(faces), shape[0]):
        # Of a batch larger than the faces are, each comes more than once.
        interpreter.set_tensor(entry["index"], np.resize(faces[start : start + shape[0]], shape))
        interpreter.invoke()
    for output in interpreter.get_output_details():
        interpreter.get_tensor(output["index"])
    return interpreter


def run_all(content: bytes, wanted: InputSpec) -> None:
    """``run_once`` for each batch size, all at once in memory as the window has them, or for the file's own alone.

    Raises whatever LiteRT does.
    """
    try:
        planned = [run_once(content, size, wanted) for size in BATCH_SIZES]
        planned.clear()
    except Exception:
        run_once(content, None, wanted)


def prepare(interpreter: Interpreter, size: int | None) -> tuple[int, ...]:
    """Allocates the tensors for ``size`` faces, or as many as the file names; returns the input's shape."""
    entry = interpreter.get_input_details()[0]
    shape = tuple(int(length) for length in entry["shape"])
    if size is None:
        if not 1 <= shape[0] <= _MOST_AT_ONCE:
            raise ValueError(f"it takes {shape[0]} faces at once")
    elif shape[0] != size:
        shape = (size, *shape[1:])
        interpreter.resize_tensor_input(entry["index"], shape, strict=False)
    interpreter.allocate_tensors()
    return shape
