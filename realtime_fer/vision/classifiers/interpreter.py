"""Loads a network into LiteRT's interpreter, plans it for a batch size, and runs it once."""

from __future__ import annotations

import numpy as np
from ai_edge_litert.interpreter import Interpreter

from realtime_fer.core.cards.model_input import InputSpec
from realtime_fer.vision.classifiers.outputs import made_up_faces
from realtime_fer.vision.classifiers.values import as_trained, to_tensor

#: Batch sizes that interpreters are prepared for; more faces go in chunks. Planning a graph for another size while
#: frames arrive would cost up to 12 ms.
BATCH_SIZES = (8, 4, 2, 1)

#: The largest batch size accepted of a network with a fixed one.
_MOST_AT_ONCE = 64


def interpreter_of(content: bytes, threads: int = 1) -> Interpreter:
    """The network, loaded but not planned. Raises whatever LiteRT does."""
    return Interpreter(model_content=content, num_threads=threads)


def run_once(content: bytes, size: int | None, wanted: InputSpec) -> Interpreter:
    """Plans the network ``content`` for a batch size and runs it on made-up faces. Raises whatever LiteRT does.

    None is the batch size in the file. A network that takes another height, width or channels is only loaded: it is
    refused in other words.
    """
    interpreter = interpreter_of(content)
    entry = interpreter.get_input_details()[0]
    own = tuple(int(length) for length in entry["shape"])
    if own[1:] != (wanted.height, wanted.width, wanted.channels):
        return interpreter
    shape = prepare(interpreter, size)
    faces = to_tensor(as_trained(made_up_faces(wanted), wanted), entry)
    for start in range(0, len(faces), shape[0]):
        # Where the batch is larger, faces repeat.
        interpreter.set_tensor(entry["index"], np.resize(faces[start : start + shape[0]], shape))
        interpreter.invoke()
    for output in interpreter.get_output_details():
        interpreter.get_tensor(output["index"])
    return interpreter


def run_all(content: bytes, wanted: InputSpec) -> None:
    """``run_once`` for each batch size, all of them in memory at once as in use, or for the file's own alone.

    Raises whatever LiteRT does.
    """
    try:
        planned = [run_once(content, size, wanted) for size in BATCH_SIZES]
        planned.clear()
    except Exception:
        run_once(content, None, wanted)


def prepare(interpreter: Interpreter, size: int | None) -> tuple[int, ...]:
    """Allocates the tensors for ``size`` faces, None for the file's own number; returns the input's shape."""
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
