"""Judges a network of unknown origin, and finds the entries that its card lacks: for ``models --check``."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from realtime_fer.core.cards.model_input import InputSpec
from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.vision.classifiers.behaviour import better_input, variation
from realtime_fer.vision.classifiers.examining import Examined
from realtime_fer.vision.classifiers.outputs import activated, activation_of
from realtime_fer.vision.classifiers.suggestions import input_entry, input_for_range, span_of

Float32 = npt.NDArray[np.float32]

#: Below this largest difference between the probabilities of two pictures, all answers count as the same.
_SAME = 0.001


@dataclass(frozen=True)
class Finding:
    """A sentence about the network. ``wrong``: it should not run like this; ``lines``: the card entries that fix it."""

    sentence: str
    wrong: bool = False
    lines: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """All findings, and how the network seems to be meant; ``output`` is -1 where it is unusable."""

    findings: tuple[Finding, ...]
    input: InputSpec
    output: int = -1
    activation: str = "softmax"

    @property
    def lines(self) -> dict[str, Any]:
        """The card entries that need to change."""
        return {key: value for finding in self.findings for key, value in finding.lines.items()}

    @property
    def wrong(self) -> bool:
        return any(finding.wrong for finding in self.findings)


def judge(seen: Examined, spec: ModelSpec | None) -> Verdict:
    """Judges a network by its behaviour. ``spec``: its card; None for no card."""
    unusable = _unusable(seen)
    if unusable:
        return Verdict((Finding(unusable, wrong=True),), InputSpec())
    own = InputSpec(*seen.inputs[0].shape[1:])
    findings: list[Finding] = []
    given = own
    if spec is not None and replace(spec.input, scale=1.0, mean=0.0, std=1.0) == own:
        given = spec.input
    elif spec is not None:
        shown = "x".join(str(length) for length in seen.inputs[0].shape[1:])
        findings.append(Finding(f"It takes pictures of {shown}, and its card says another size.", True))
    output = _output(seen, spec)
    if output < 0:
        return Verdict((*findings, Finding(_no_output(seen, spec), wrong=True)), given)
    rows = {kind: answers[output] for kind, answers in zip(seen.kinds, seen.answers, strict=True)}
    meant, finding = _judge_input(seen, rows, given)
    if finding is not None:
        findings.append(finding)
    elif findings:
        findings[0] = replace(findings[0], lines={"input": input_entry(meant)})
    # An input that only the card describes is the first of the kinds.
    answers = rows.get(meant, rows[seen.kinds[0]])
    activation, told = _judge_output(answers, spec)
    findings += told
    values = activated(answers, activation)
    if np.isfinite(answers).all() and variation(values, widest=True) < _SAME:
        findings.append(Finding("It gives the same answer for every picture, even for two different faces.", True))
    if not seen.any_batch:
        count = seen.inputs[0].shape[0]
        how = "face by face" if count == 1 else f"{count} faces at once, some of them twice where there are fewer"
        findings.append(Finding(f"It takes {count} at once and no other number; it is run {how}."))
    return Verdict(tuple(findings), meant, output, activation)


def _unusable(seen: Examined) -> str:
    if len(seen.inputs) != 1:
        return f"It has {len(seen.inputs)} inputs, and a face is one."
    shape = seen.inputs[0].shape
    if len(shape) == 4 and shape[1] in (1, 3) and shape[3] not in (1, 3):
        return f"It takes {list(shape)}, its channels first; export it with the channels last."
    if len(shape) != 4 or shape[3] not in (1, 3) or not all(8 <= side <= 1024 for side in shape[1:3]):
        return (
            f"It takes {list(shape)}, and a face is [faces, height, width, channels] with sides of 8 to 1024 pixels "
            "and 1 or 3 channels."
        )
    return f"It does not run: {seen.fault}." if seen.fault else ""


def _output(seen: Examined, spec: ModelSpec | None) -> int:
    counts = [values.shape[1] if values.ndim == 2 and len(values) else 0 for values in seen.answers[0]]
    if spec is not None:
        fits = spec.output < len(counts) and counts[spec.output] == len(spec.class_names)
        return spec.output if fits else -1
    return next((at for at, count in enumerate(counts) if 2 <= count <= 8), -1)


def _no_output(seen: Examined, spec: ModelSpec | None) -> str:
    shapes = ", ".join(str(list(output.shape)) for output in seen.outputs)
    if spec is None:
        return f"It gives {shapes}, and one value for each of 2 to 8 expressions is needed."
    return (
        f"It gives {shapes}, and its card names {len(spec.class_names)} expressions in 'class_names' and the output "
        f"{spec.output}."
    )


def _judge_input(seen: Examined, rows: dict[InputSpec, Float32], given: InputSpec) -> tuple[InputSpec, Finding | None]:
    """Returns the input that seems to be meant, and a finding where the card says otherwise."""
    tensor = seen.inputs[0]
    low, high = seen.held or (tensor.low, tensor.high)
    meant = input_for_range(given, low, high)
    if meant is None:
        return _judge_behaviour(rows, given)
    least, most = span_of(given)
    step = tensor.step or (high - low) / 255
    if min(most, high) - max(least, low) > max(0.5 * (most - least), 8 * step):
        return given, None
    return meant, Finding(
        f"Its input holds {low:.3g} to {high:.3g}, and pixels come in as {least:.3g} to {most:.3g}.",
        True,
        {"input": input_entry(meant)},
    )


def _judge_behaviour(rows: dict[InputSpec, Float32], given: InputSpec) -> tuple[InputSpec, Finding | None]:
    """Judges the input by the network's answers, since a float tensor does not tell its range."""
    meant = better_input(rows.__getitem__, given)
    if meant is None:
        return given, None
    (least, most), (low, high) = span_of(given), span_of(meant)
    sentence = (
        f"On values of {least:.3g} to {most:.3g} it says nearly the same of every picture, and on {low:.3g} to "
        f"{high:.3g} it does not: it seems to be trained on those."
        if meant.plain
        else f"On values of {least:.3g} to {most:.3g} it is sure of everything, of noise too, and on {low:.3g} to "
        f"{high:.3g} it is not: it seems to be trained on those."
    )
    return meant, Finding(sentence, True, {"input": input_entry(meant)})


def _judge_output(answers: Float32, spec: ModelSpec | None) -> tuple[str, list[Finding]]:
    """Returns what the values seem to be, and findings where the card says otherwise."""
    said = spec.activation if spec is not None else "softmax"
    if not np.isfinite(answers).all():
        return said, [Finding("It gives values that are not finite numbers for some pictures.", wrong=True)]
    found = activation_of(answers)
    low, high = float(answers.min()), float(answers.max())
    least, most = (f"{total:.3g}" for total in (answers.sum(1).min(), answers.sum(1).max()))
    sums = least if least == most else f"{least} to {most}"
    line = {"activation": found}
    if found == said or not found or (said == "sigmoid" and found == "softmax"):
        if found == "sigmoid":
            return said, [Finding("Its values are sigmoids, each of its own class; they are divided by their sum.")]
        return said, []
    if found == "logits":
        return found, [Finding(f"It gives values of {low:.3g} to {high:.3g}: they seem to be logits.", True, line)]
    if found == "sigmoid":
        return found, [
            Finding(
                f"It gives values of 0 to 1 whose sum for a picture is {sums}: they seem to be sigmoids.",
                True,
                line,
            )
        ]
    return found, [Finding("Its values are probabilities already: they are 0 to 1 and their sum is 1.", True, line)]
