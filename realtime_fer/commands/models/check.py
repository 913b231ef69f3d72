"""``models --check FILE``: whether a network of other people can be used, what its card lacks, a card to start from.

The network is looked at in a process of its own (``vision.classifiers.probe``) before this one runs it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from realtime_fer.commands.models.findings import Finding, Verdict, judge
from realtime_fer.core.cards.card_file import one_line, printable_path, read_bounded
from realtime_fer.core.cards.model_input import InputSpec
from realtime_fer.core.cards.model_spec import MAX_MODEL_BYTES, SCHEMA, ModelSpec, read_model_spec, spec_from
from realtime_fer.core.errors import ModelError
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.request import MODEL_SUFFIXES
from realtime_fer.core.text.numbers import milliseconds
from realtime_fer.core.text.printable import say, say_json
from realtime_fer.vision.classifiers.examining import Examined, Tensor, examine
from realtime_fer.vision.classifiers.suggestions import input_entry, span_of

FINE, NOT_FINE = 0, 1

#: The usual order of 7 and of 8 classes: FER2013's and FER+'s.
_USUAL_CLASSES = {
    7: ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"],
    8: ["neutral", "happy", "surprise", "sad", "angry", "disgust", "fear", "contempt"],
}

#: Fits the crops of FER2013.
_USUAL_CROP: dict[str, Any] = {
    "mediapipe": {"scale": 1.12, "shift_x": 0.0, "shift_y": -0.05, "min_tilt_degrees": 10.0},
    "haar": {"scale": 1.0},
}


@dataclass(frozen=True)
class _Checked:
    """A network and its card, checked.

    Attributes:
        spec: the card; None where it is missing or unusable.
        seen: None where LiteRT cannot load the network.
        fault: why the pair would not load, or "".
        ms_a_face: milliseconds per face, where it loads.
        mended: the network loads with the entries that the card lacks.
    """

    network: Path
    card: Path
    content: bytes
    spec: ModelSpec | None
    seen: Examined | None
    verdict: Verdict
    fault: str
    ms_a_face: float = 0.0
    mended: bool = False

    @property
    def fine(self) -> bool:
        return not self.fault and not self.verdict.wrong

    @property
    def first_card(self) -> dict[str, Any] | None:
        """A card to start from, where the network is usable and has no usable card."""
        if self.spec is not None or self.seen is None or self.verdict.output < 0:
            return None
        return starting_card(self.network, self.content, self.seen, self.verdict)


def check_model(path: Path, *, as_json: bool) -> int:
    """Checks a network and its card, and prints the findings.

    Args:
        path: of either of them.

    Returns:
        Exit code 0 where the pair loads and nothing is wrong, else 1.

    Raises:
        ModelError: ``path`` is neither a network nor a card, or the network cannot be read.
    """
    checked = _checked(path)
    if as_json:
        say_json(_described(checked))
    else:
        _say(checked)
    return FINE if checked.fine else NOT_FINE


def _checked(path: Path) -> _Checked:
    if path.suffix.lower() not in MODEL_SUFFIXES:
        raise ModelError(
            "'{path}' is neither a network (.tflite) nor a card (.json); name one of the two.",
            path=printable_path(path),
        )
    card = path.with_suffix(".json")
    spec, fault, findings = None, "", []
    if card.exists():
        try:
            spec = read_model_spec(card)
        except ModelError as error:
            fault = error.sentence()
    else:
        fault = "It has no card."
    network = path if path.suffix.lower() == ".tflite" else spec.path if spec else path.with_suffix(".tflite")
    content = read_bounded(network, MAX_MODEL_BYTES)
    if spec is not None and spec.path.name != network.name:
        shown = one_line(spec.path.name)
        findings.append(Finding(f"Its card is that of another file, {shown}.", True, {"file": network.name}))
    sha256 = hashlib.sha256(content).hexdigest()
    if spec is not None and spec.sha256 != sha256:
        findings.append(
            Finding("Its card was written for another file: the SHA-256 differs.", True, {"sha256": sha256})
        )
    if content[4:8] != b"TFL3":
        not_one = Finding("It is not a TFLite network.", wrong=True)
        verdict = Verdict((*findings, not_one), InputSpec())
        return _Checked(network, card, content, spec, None, verdict, fault or not_one.sentence)
    try:
        seen = examine(network.name, content, spec.input if spec else None)
    except ModelError as error:
        verdict = Verdict((*findings, Finding(error.sentence(), wrong=True)), InputSpec())
        return _Checked(network, card, content, spec, None, verdict, fault or error.sentence())
    judged = judge(seen, spec)
    verdict = Verdict((*findings, *judged.findings), judged.input, judged.output, judged.activation)
    ms_a_face = 0.0
    if spec is not None and not findings:
        fault, ms_a_face = _loaded(spec)
    elif spec is not None:
        fault = findings[0].sentence
    checked = _Checked(network, card, content, spec, seen, verdict, fault, ms_a_face)
    wanted: Mapping[str, Any] | None = checked.first_card
    if spec is not None and verdict.lines:
        wanted = {**spec.card, **verdict.lines}
    if wanted is None:
        return checked
    mended, _ = _loaded(spec_from(wanted, network.with_suffix(".json")))
    return _Checked(network, card, content, spec, seen, verdict, fault, ms_a_face, not mended)


def _loaded(spec: ModelSpec) -> tuple[str, float]:
    """Returns why it does not load, or '', and the milliseconds per face."""
    from realtime_fer.vision.classifiers.tflite import TfliteClassifier

    try:
        classifier = TfliteClassifier(spec, threads=1)
    except ModelError as error:
        return str(error), 0.0
    classifier.close()
    return "", classifier.ms_a_face


def starting_card(network: Path, content: bytes, seen: Examined, verdict: Verdict) -> dict[str, Any]:
    """Builds a valid card from what the check found; the order of the classes is a guess."""
    count = seen.answers[0][verdict.output].shape[1]
    name = network.name if network.name.isprintable() else "mine.tflite"
    card: dict[str, Any] = {
        "schema": SCHEMA,
        "id": Path(name).stem.strip()[:100] or "mine",
        "name": Path(name).stem.strip()[:300] or "mine",
        "file": name,
        "sha256": hashlib.sha256(content).hexdigest(),
        "input": input_entry(verdict.input),
        "class_names": _USUAL_CLASSES.get(count, list(EXPRESSION_KEYS[:count])),
        "crop": _USUAL_CROP,
    }
    if verdict.output:
        card["output"] = verdict.output
    if verdict.activation != "softmax":
        card["activation"] = verdict.activation
    return card


def _described(checked: _Checked) -> dict[str, Any]:
    seen, card = checked.seen, checked.first_card
    return {
        "file": str(checked.network),
        "card_file": str(checked.card) if checked.card.exists() else None,
        "inputs": [_tensor(entry) for entry in seen.inputs] if seen else [],
        "outputs": [_tensor(entry) for entry in seen.outputs] if seen else [],
        "findings": [asdict(finding) for finding in checked.verdict.findings],
        "loads": not checked.fault,
        "fault": checked.fault or None,
        "fine": checked.fine,
        "ms_a_face": round(checked.ms_a_face, 4) or None,
        "loads_with_the_lines": checked.mended if checked.verdict.lines or card else None,
        "card": card,
    }


def _tensor(entry: Tensor) -> dict[str, Any]:
    described: dict[str, Any] = {"name": entry.name, "shape": list(entry.shape), "dtype": entry.kind}
    return {**described, "low": entry.low, "high": entry.high, "step": entry.step} if entry.step else described


def _say(checked: _Checked) -> None:
    say(f"{printable_path(checked.network)}: {len(checked.content):,} bytes")
    if checked.spec is not None:
        say(f"Card: {printable_path(checked.card)}, '{one_line(checked.spec.model_id)}'")
    elif checked.card.exists():
        say(f"Card: {printable_path(checked.card)} cannot be used")
    else:
        say("Card: none")
    for word, tensors in (("Input", checked.seen.inputs), ("Output", checked.seen.outputs)) if checked.seen else ():
        for number, entry in enumerate(tensors):
            say(f"{word} {number}: {_in_words(entry)}")
    if checked.verdict.output >= 0:
        low, high = span_of(checked.spec.input if checked.spec else InputSpec())
        say(f"Pixels of 0 to 255 come in as {low:.3g} to {high:.3g}{'' if checked.spec else ', without a card'}.")
    if checked.verdict.findings:
        say("Noticed:")
    for finding in checked.verdict.findings:
        say(f"  - {finding.sentence}")
        if checked.spec is not None:
            for key, value in finding.lines.items():
                say(f"    Add to the card: {json.dumps(key)}: {json.dumps(value)}")
    if checked.fault:
        say(f"It would not load: {checked.fault}")
    else:
        say(f"It loads: {milliseconds(checked.ms_a_face)} per face on this computer with one thread.")
    card = checked.first_card
    if card is None:
        if checked.verdict.lines and checked.mended and not checked.fault:
            say("It loads without these entries too, but then its answers cannot be trusted.")
        elif checked.verdict.lines:
            say(f"With these entries in the card it {'would' if checked.mended else 'would not'} load.")
        elif checked.fine:
            say("No problem was found.")
        return
    if checked.mended:
        say(f"Save the card below as {printable_path(checked.card)}, and it will load.")
    else:
        say(f"Even with the card below, saved as {printable_path(checked.card)}, it would not load.")
    say("The order of 'class_names' is a guess: change it to the order used in training.")
    for line in json.dumps(card, indent=2).splitlines():
        say(line)


def _in_words(entry: Tensor) -> str:
    held = f", of {entry.low:.3g} to {entry.high:.3g} in steps of {entry.step:.3g}" if entry.step else ""
    return f"'{entry.name}', {list(entry.shape)}, {entry.kind}{held}"
