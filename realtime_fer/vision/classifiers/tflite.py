"""A TFLite network on LiteRT as a classifier."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.cards.card_file import check_command
from realtime_fer.core.cards.model_input import InputSpec
from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.errors import ModelError
from realtime_fer.core.settings import Settings
from realtime_fer.core.text.translation import Wording
from realtime_fer.vision.classifiers.behaviour import better_input
from realtime_fer.vision.classifiers.interpreter import BATCH_SIZES, interpreter_of, prepare
from realtime_fer.vision.classifiers.outputs import made_up_faces, to_probabilities
from realtime_fer.vision.classifiers.probe import probe
from realtime_fer.vision.classifiers.sample_pictures import pictures
from realtime_fer.vision.classifiers.suggestions import input_for_range, input_line, span_of
from realtime_fer.vision.classifiers.values import Details, as_trained, from_tensor, range_of, step_of, to_tensor
from realtime_fer.vision.registry import shipped_hashes

Float32 = npt.NDArray[np.float32]


#: Follows the root offset in a TFLite flatbuffer.
_IDENTIFIER = b"TFL3"


#: A quantised input that holds no more than this share of the values was made for others: it would clip most faces to
#: its least and its greatest value.
_LEAST_HELD = 0.5

#: Nor does an input fit that has fewer steps than these between black and white.
_FEWEST_STEPS = 8

#: The most timed runs, and the seconds after which no further one starts.
_TIMED_RUNS = 5
_TIMED_S = 0.02


class TfliteClassifier:
    """Runs one model on all faces of a frame.

    >>> spec = ModelRegistry().spec("fer-xs")
    >>> classifier = TfliteClassifier(spec)
    >>> faces = detector.detect(image_bgr)
    >>> probabilities = classifier.predict(crop_faces(image_bgr, faces, spec.crop_for(detector.family), spec.input))
    >>> spec.class_names[probabilities[0].argmax()]
    'happy'
    >>> classifier.close()

    Each batch size has an interpreter of its own over the same file content. The constructor plans and runs each once,
    so that the first live frame is as fast as any. It may run in another thread than ``predict``, but not at the same
    time: an interpreter belongs to one thread at a time.

    Args:
        clock: seconds, for timing one face.

    Attributes:
        ms_a_face: milliseconds for one face alone on this machine with these threads: the quickest of a few runs in the
            constructor, since the slower ones waited for something else as well.
        warning: a sentence where a network that was not shipped seems to get other values than in training; else ''.

    Raises:
        ModelError: the file is damaged, differs from its card's hash, its shapes are not the card's, or it gives no
            probabilities for a few made-up faces.
    """

    def __init__(
        self,
        spec: ModelSpec,
        threads: int = Settings.threads,
        batch_sizes: tuple[int, ...] = BATCH_SIZES,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._spec, self._clock = spec, clock
        content = spec.verify_file()
        if content[4:8] != _IDENTIFIER:
            raise ModelError("The model file {name} is not a TFLite network.", name=spec.path.name)
        shipped = spec.sha256 in shipped_hashes()
        if not shipped:
            # Another process runs it first.
            probe(spec, content)
        self._runners = _runners(spec, content, batch_sizes, threads)
        self.predict(made_up_faces(spec.input))
        self.ms_a_face = self._runners[-1].ms_a_face(clock)
        self.warning = "" if shipped else self._warning()

    @property
    def spec(self) -> ModelSpec:
        return self._spec

    def predict(self, inputs: Float32) -> Float32:
        """(n, H, W, C) values 0 to 255 -> (n, classes) probabilities; (0, classes) for no faces.

        Raises:
            ModelError: the network does not give probabilities for these faces.
        """
        wanted = self._spec.input
        expected = (wanted.height, wanted.width, wanted.channels)
        if inputs.shape[1:] != expected:
            raise ValueError(f"inputs must be (n, {', '.join(map(str, expected))}), got {inputs.shape}")
        return to_probabilities(self._spec, self._values(inputs, wanted))

    def _values(self, inputs: Float32, kind: InputSpec) -> Float32:
        """The network's own outputs with ``kind`` in place of the card's input."""
        for runner in self._runners:
            if runner.size == len(inputs):
                return runner.run(inputs, kind)
        outputs = np.empty((len(inputs), len(self._spec.class_names)), np.float32)
        start = 0
        for runner in self._runners:
            while len(inputs) - start >= runner.size:
                outputs[start : start + runner.size] = runner.run(inputs[start : start + runner.size], kind)
                start += runner.size
        if rest := len(inputs) - start:
            # A network of a fixed batch size gets some faces more than once.
            runner = self._runners[-1]
            outputs[start:] = runner.run(np.resize(inputs[start:], (runner.size, *inputs.shape[1:])), kind)[:rest]
        return outputs

    def _warning(self) -> str:
        wanted = self._spec.input
        if self._runners[-1].bounded:
            # ``check_range`` has compared its range with the card.
            return ""
        shown = pictures(wanted)
        meant = better_input(lambda kind: self._values(shown, kind), wanted)
        if meant is None:
            return ""
        low, high = span_of(meant)
        return Wording(
            "Model",
            "The model {model_id} seems to have been trained on pixels of {low:.3g} to {high:.3g}. If so, add {line} "
            "to its card; for details, run: {command}",
            model_id=self._spec.model_id,
            low=low,
            high=high,
            line=input_line(meant),
            command=check_command(self._spec.path),
        )

    def time_face(self) -> float:
        """Milliseconds that one face takes now: a timed run, after one that warms up.

        Called from the thread that calls ``predict``; 0.0 once it is closed.
        """
        if not self._runners:
            return 0.0
        return self._runners[-1].time_once(self._clock)

    def close(self) -> None:
        self._runners.clear()


def _runners(spec: ModelSpec, content: bytes, batch_sizes: tuple[int, ...], threads: int) -> list[_Runner]:
    """One for each batch size, the largest first; a network of a fixed batch size has one of that size."""
    try:
        return [_Runner(spec, content, size, threads) for size in sorted(batch_sizes, reverse=True)]
    except ModelError:
        return [_Runner(spec, content, None, threads)]


class _Runner:
    """One interpreter, planned for one batch size; None is the file's own."""

    def __init__(self, spec: ModelSpec, content: bytes, size: int | None, threads: int) -> None:
        try:
            self._interpreter = interpreter_of(content, threads)
            self._input, self._output = _ends(spec, self._interpreter)
            self._wanted = spec.input
            self._shape = prepare(self._interpreter, size)
            self.size = self._shape[0]
            self.run(np.zeros(self._shape, np.float32))
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
        if shape != (self.size, len(spec.class_names)):
            raise ModelError(
                "The model {model_id} gives {shape} values a face, but its card names {count} classes.",
                model_id=spec.model_id,
                shape=shape[-1] if len(shape) else 1,
                count=len(spec.class_names),
            )

    @property
    def bounded(self) -> bool:
        """Whether the input is quantised."""
        return step_of(self._input) > 0

    def run(self, inputs: Float32, kind: InputSpec | None = None) -> Float32:
        """The network's outputs for a whole batch; ``kind`` in place of the card's input."""
        self._interpreter.set_tensor(
            self._input["index"], to_tensor(as_trained(inputs, kind or self._wanted), self._input)
        )
        self._interpreter.invoke()
        return from_tensor(self._interpreter.get_tensor(self._output["index"]), self._output)

    def ms_a_face(self, clock: Callable[[], float]) -> float:
        """Milliseconds a face in the quickest of a few runs."""
        inputs = np.full(self._shape, 127, np.float32)
        times: list[float] = []
        begun = clock()
        while len(times) < _TIMED_RUNS and (not times or clock() - begun < _TIMED_S):
            before = clock()
            self.run(inputs)
            times.append(clock() - before)
        return min(times) * 1000 / self.size

    def time_once(self, clock: Callable[[], float]) -> float:
        """Milliseconds a face in one run, after a run to warm up."""
        inputs = np.full(tuple(self._input["shape"]), 127, np.float32)
        self.run(inputs)
        before = clock()
        self.run(inputs)
        return (clock() - before) * 1000 / self.size


def _ends(spec: ModelSpec, interpreter: Any) -> tuple[Details, Details]:
    """The input and the card's output, as LiteRT describes them. Raises ModelError: they contradict the card."""
    inputs = interpreter.get_input_details()
    if len(inputs) != 1:
        raise ModelError(
            "The model {model_id} has {count} inputs, and a face is one.", model_id=spec.model_id, count=len(inputs)
        )
    outputs = interpreter.get_output_details()
    if spec.output >= len(outputs):
        raise ModelError(
            "The model {model_id} has {count} outputs, but its card names number {number}.",
            model_id=spec.model_id,
            count=len(outputs),
            number=spec.output + 1,
        )
    found = tuple(int(length) for length in inputs[0]["shape"])[1:]
    wanted = (spec.input.height, spec.input.width, spec.input.channels)
    if found != wanted:
        raise ModelError(
            "The model {model_id} takes pictures of shape {found}, but its card says {wanted}.",
            model_id=spec.model_id,
            found=found,
            wanted=wanted,
        )
    check_range(spec, inputs[0])
    return inputs[0], outputs[spec.output]


def check_range(spec: ModelSpec, details: Details) -> None:
    """Raises ModelError: a quantised input cannot hold the values that the card turns pixels into."""
    low, high = range_of(details)
    least, most = span_of(spec.input)
    held = min(most, high) - max(least, low)
    fits = held > _LEAST_HELD * (most - least) and held >= _FEWEST_STEPS * step_of(details)
    meant = None if fits else input_for_range(spec.input, low, high)
    if meant is None:
        return
    raise ModelError(
        "The model {model_id} takes values of {low:.3g} to {high:.3g}, and this program gives it {least:.3g} to "
        "{most:.3g}.",
        "Add {line} to its card; for details, run: {command}",
        model_id=spec.model_id,
        low=low,
        high=high,
        least=least,
        most=most,
        line=input_line(meant),
        command=check_command(spec.path),
    )


def _first_line(error: BaseException) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200]
