"""A TFLite network on LiteRT. The only importer of LiteRT in the program."""

from __future__ import annotations

import math
import time
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter

from realtime_fer.core.errors import ModelError
from realtime_fer.core.model_spec import InputSpec, ModelSpec
from realtime_fer.vision.classifiers.outputs import check_probabilities, made_up_faces
from realtime_fer.vision.classifiers.probe import probe
from realtime_fer.vision.registry import shipped_hashes

Float32 = npt.NDArray[np.float32]

#: Batch sizes an interpreter is prepared for; more faces go in chunks. Re-planning a graph in mid-stream for
#: another size would cost up to 12 ms.
BATCH_SIZES = (8, 4, 2, 1)

#: Of a TFLite flatbuffer, after the offset of its root.
_IDENTIFIER = b"TFL3"

#: An input that can hold no more than this was made for other values than 0 to 255: pictures would come in as white.
_LEAST_HIGHEST = 128

#: How often one face is timed at most, and when no further time is begun.
_TIMED_RUNS = 5
_TIMED_S = 0.02


class TfliteClassifier:
    """Runs one model on all faces of a frame.

    Each batch size has an interpreter of its own over the same file content, planned and run once in the
    constructor, so that the first live frame is as fast as any. The constructor may run in another thread than
    ``predict``, but nothing else may run at the same time: an interpreter belongs to one thread at a time.

    Args:
        clock: seconds, for timing one face.

    Attributes:
        ms_a_face: milliseconds that one face alone takes on this machine with these threads: the quickest of a
            few runs in the constructor, since the others waited for something else as well.

    Raises:
        ModelError: the file is damaged, differs from its card's hash, its shapes are not the card's, or it gives no
            probabilities for a few made-up faces.
    """

    def __init__(
        self,
        spec: ModelSpec,
        threads: int = 2,
        batch_sizes: tuple[int, ...] = BATCH_SIZES,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._spec = spec
        content = spec.verify_file()
        if content[4:8] != _IDENTIFIER:
            raise ModelError("The model file {name} is not a TFLite network.", name=spec.path.name)
        if spec.sha256 not in shipped_hashes():
            # Another process is the first to run it.
            probe(spec, content)
        self._runners = [_Runner(spec, content, size, threads) for size in sorted(batch_sizes, reverse=True)]
        self.predict(made_up_faces(spec.input))
        self.ms_a_face = self._runners[-1].ms_a_face(clock)

    @property
    def spec(self) -> ModelSpec:
        return self._spec

    def predict(self, inputs: Float32) -> Float32:
        """(n, H, W, C) values 0 to 255 -> (n, classes) probabilities; (0, classes) for no faces.

        Raises:
            ModelError: the network gives something else than probabilities for these faces.
        """
        wanted = self._spec.input
        expected = (wanted.height, wanted.width, wanted.channels)
        if inputs.shape[1:] != expected:
            raise ValueError(f"inputs must be (n, {', '.join(map(str, expected))}), got {inputs.shape}")
        outputs = np.empty((len(inputs), len(self._spec.class_names)), np.float32)
        start = 0
        for runner in self._runners:
            while len(inputs) - start >= runner.size:
                outputs[start : start + runner.size] = runner.run(inputs[start : start + runner.size])
                start += runner.size
        check_probabilities(self._spec, outputs)
        return outputs

    def close(self) -> None:
        self._runners.clear()


def run_once(content: bytes, size: int, wanted: InputSpec) -> Interpreter:
    """Plans the network ``content`` for so many faces and runs it on made-up ones. Raises whatever LiteRT does.

    One that takes another height, width or channels is only loaded: it is refused by a sentence of its own.
    """
    shape = (size, wanted.height, wanted.width, wanted.channels)
    interpreter = Interpreter(model_content=content, num_threads=1)
    entry = interpreter.get_input_details()[0]
    if tuple(entry["shape"][1:]) != shape[1:]:
        return interpreter
    interpreter.resize_tensor_input(entry["index"], shape, strict=False)
    interpreter.allocate_tensors()
    faces = _quantised(made_up_faces(wanted), entry)
    for start in range(0, len(faces), size):
        # Of a batch larger than the faces are, each comes more than once.
        interpreter.set_tensor(entry["index"], np.resize(faces[start : start + size], shape))
        interpreter.invoke()
    for output in interpreter.get_output_details():
        interpreter.get_tensor(output["index"])
    return interpreter


class _Runner:
    """One interpreter, planned for one batch size."""

    def __init__(self, spec: ModelSpec, content: bytes, size: int, threads: int) -> None:
        self.size = size
        wanted = (size, spec.input.height, spec.input.width, spec.input.channels)
        try:
            self._interpreter = Interpreter(model_content=content, num_threads=threads)
            inputs = self._interpreter.get_input_details()
            if len(inputs) != 1:
                raise ModelError(
                    "The model {model_id} has {count} inputs, and a face is one.",
                    model_id=spec.model_id,
                    count=len(inputs),
                )
            self._input = inputs[0]
            outputs = self._interpreter.get_output_details()
            if spec.output >= len(outputs):
                raise ModelError(
                    "The model {model_id} has {count} outputs, but its card names number {number}.",
                    model_id=spec.model_id,
                    count=len(outputs),
                    number=spec.output + 1,
                )
            self._output = outputs[spec.output]
            found = tuple(int(length) for length in self._input["shape"])
            if found[1:] != wanted[1:]:
                raise ModelError(
                    "The model {model_id} takes pictures of shape {found}, but its card says {wanted}.",
                    model_id=spec.model_id,
                    found=found[1:],
                    wanted=wanted[1:],
                )
            low, high = _range_of(self._input)
            if high < _LEAST_HIGHEST:
                raise ModelError(
                    "The model {model_id} takes values of {low:.3g} to {high:.3g}, and this program gives it 0 to 255.",
                    model_id=spec.model_id,
                    low=low,
                    high=high,
                )
            if found != wanted:
                self._interpreter.resize_tensor_input(self._input["index"], wanted, strict=False)
            self._interpreter.allocate_tensors()
            self.run(np.zeros(wanted, np.float32))
        except ModelError:
            raise
        except Exception as error:  # LiteRT raises whatever its C++ side threw, as ValueError or RuntimeError.
            raise ModelError(
                "The model file {name} is not a network that LiteRT can run.",
                "({reason})",
                name=spec.path.name,
                reason=_first_line(error),
            ) from error
        shape = self._interpreter.get_tensor(self._output["index"]).shape
        if shape != (size, len(spec.class_names)):
            raise ModelError(
                "The model {model_id} gives {shape} values a face, but its card names {count} classes.",
                model_id=spec.model_id,
                shape=shape[-1] if len(shape) else 1,
                count=len(spec.class_names),
            )

    def run(self, inputs: Float32) -> Float32:
        self._interpreter.set_tensor(self._input["index"], _quantised(inputs, self._input))
        self._interpreter.invoke()
        return _dequantised(self._interpreter.get_tensor(self._output["index"]), self._output)

    def ms_a_face(self, clock: Callable[[], float]) -> float:
        """The quickest of a few runs, in milliseconds a face of the batch."""
        inputs = np.full(tuple(self._input["shape"]), 127, np.float32)
        times: list[float] = []
        begun = clock()
        while len(times) < _TIMED_RUNS and (not times or clock() - begun < _TIMED_S):
            before = clock()
            self.run(inputs)
            times.append(clock() - before)
        return min(times) * 1000 / self.size


def _quantised(values: Float32, details: dict) -> np.ndarray:  # type: ignore[type-arg]
    if details["dtype"] == np.float32:
        return values
    scale, zero = details["quantization"]
    limits = np.iinfo(details["dtype"])
    return np.clip(np.rint(values / scale) + zero, limits.min, limits.max).astype(details["dtype"])


def _range_of(details: dict) -> tuple[float, float]:  # type: ignore[type-arg]
    """The least and the largest value that an input can hold; of another it would hold one of these."""
    if details["dtype"] == np.float32:
        return -math.inf, math.inf
    scale, zero = details["quantization"]
    limits = np.iinfo(details["dtype"])
    return (limits.min - zero) * scale, (limits.max - zero) * scale


def _dequantised(values: np.ndarray, details: dict) -> Float32:  # type: ignore[type-arg]
    if np.issubdtype(details["dtype"], np.floating):
        return values.astype(np.float32, copy=False)
    scale, zero = details["quantization"]
    return ((values.astype(np.float32) - zero) * scale).astype(np.float32)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
