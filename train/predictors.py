"""A trained network as a function of faces, without PyTorch."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from realtime_fer.core.cards.model_input import InputSpec
from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.cards.prior import Prior
from realtime_fer.core.enums import Sensitivity
from realtime_fer.core.errors import ModelError
from realtime_fer.vision.classifiers.outputs import activated
from realtime_fer.vision.classifiers.values import as_trained, from_tensor, to_tensor

Float32 = npt.NDArray[np.float32]


class Predictor(Protocol):
    """A network that predicts expressions.

    Attributes:
        class_names: expression keys, in the order of the columns that ``predict`` gives.
    """

    class_names: tuple[str, ...]
    input: InputSpec

    def predict(self, inputs: Float32) -> Float32:
        """(n, H, W, C) values 0 to 255 -> (n, classes) probabilities, float32."""


class TflitePredictor:
    """A LiteRT network.

    Args:
        content: the file's bytes.
        class_names: in the order of the output's columns.
        threads: of LiteRT.
        batch: largest batch.
        output: index of the file's output.
        activation: kind of the output's values, one of ``core.cards.model_spec.ACTIVATIONS``.

    Raises:
        ModelError: not a network that maps float32 or int8 faces of ``input_spec`` to the classes.
    """

    def __init__(
        self,
        content: bytes,
        class_names: tuple[str, ...],
        input_spec: InputSpec,
        threads: int = 2,
        batch: int = 16,
        output: int = 0,
        activation: str = "softmax",
    ) -> None:
        from ai_edge_litert.interpreter import Interpreter

        self.class_names = class_names
        self.input = input_spec
        self._batch = batch
        self._output = (output, activation)
        try:
            self._interpreter: Any = Interpreter(model_content=content, num_threads=threads)
            self._interpreter.allocate_tensors()
            self._in = self._interpreter.get_input_details()[0]
            shape_out = tuple(self._interpreter.get_output_details()[output]["shape"])
        except (RuntimeError, ValueError, IndexError) as error:
            raise ModelError(f"The network is not a usable TFLite file: {error}.") from error
        expected = (input_spec.height, input_spec.width, input_spec.channels)
        shape_in = tuple(self._in["shape"])
        if shape_in[1:] != expected or shape_out[1:] != (len(class_names),):
            raise ModelError(
                f"The network maps {shape_in[1:]} to {shape_out[1:]}, its card says {expected} to {len(class_names)}."
            )
        self._prepared = int(shape_in[0])
        #: The only batch size that the file accepts, or 0.
        self._fixed = 0
        try:
            self._prepare(batch)
        except (RuntimeError, ValueError):
            self._fixed = self._batch = int(shape_in[0])
            self._prepare(self._fixed)

    @classmethod
    def of_card(cls, spec: ModelSpec, threads: int = 2, batch: int = 16) -> TflitePredictor:
        """The network that a card describes.

        Raises:
            ModelError: the file is missing, damaged or not the one that the card describes.
        """
        return cls(spec.verify_file(), spec.class_names, spec.input, threads, batch, spec.output, spec.activation)

    def predict(self, inputs: Float32) -> Float32:
        if not len(inputs):
            return np.zeros((0, len(self.class_names)), np.float32)
        return self.predict_outputs(inputs, [self._output])[0]

    def predict_outputs(self, inputs: Float32, outputs: Sequence[tuple[int, str]]) -> list[Float32]:
        """Probabilities (n, values) of several of the file's outputs, from one pass over one face or more.

        Args:
            inputs: as for ``predict``.
            outputs: number and activation of each.
        """
        batches = [
            self._predict_batch(inputs[start : start + self._batch], outputs)
            for start in range(0, len(inputs), self._batch)
        ]
        return [np.concatenate(parts) for parts in zip(*batches, strict=True)]

    def _predict_batch(self, inputs: Float32, outputs: Sequence[tuple[int, str]]) -> list[Float32]:
        count = len(inputs)
        if self._fixed:
            inputs = np.resize(inputs, (self._fixed, *inputs.shape[1:]))
        self._prepare(len(inputs))
        self._interpreter.set_tensor(self._in["index"], to_tensor(as_trained(inputs, self.input), self._in))
        self._interpreter.invoke()
        details = self._interpreter.get_output_details()
        return [activated(self._values(details[number])[:count], activation) for number, activation in outputs]

    def _values(self, detail: dict[str, Any]) -> Float32:
        return from_tensor(self._interpreter.get_tensor(detail["index"]), detail)

    def _prepare(self, faces: int) -> None:
        if faces != self._prepared:
            self._prepared = faces
            self._interpreter.resize_tensor_input(self._in["index"], (faces, *self._in["shape"][1:]))
            self._interpreter.allocate_tensors()


class AdjustedPredictor:
    """A network as the program shows it at a sensitivity, with a share of its prior taken back."""

    def __init__(self, network: Predictor, prior: Prior, sensitivity: Sensitivity) -> None:
        self.class_names, self.input = network.class_names, network.input
        self._network, self._prior, self._sensitivity = network, prior, sensitivity

    def predict(self, inputs: Float32) -> Float32:
        return self._prior.adjusted(self._network.predict(inputs), self._sensitivity)


def milliseconds_a_face(predictor: Predictor, repeats: int = 200) -> float:
    """Median time of a single face, after one to warm up. A random face takes as long as any other."""
    shape = (1, predictor.input.height, predictor.input.width, predictor.input.channels)
    face = np.random.default_rng(0).uniform(0, 255, shape).astype(np.float32)
    predictor.predict(face)
    seconds = []
    for _ in range(repeats):
        started = time.perf_counter()
        predictor.predict(face)
        seconds.append(time.perf_counter() - started)
    return float(np.median(seconds) * 1000)
