"""``realtime-fer models``: lists the models with their measured accuracy and speed."""

from __future__ import annotations

from dataclasses import asdict
from statistics import median
from typing import Any

from realtime_fer.core.cards.model_figures import balanced_accuracy
from realtime_fer.core.cards.model_order import RECOMMENDED, grouped
from realtime_fer.core.cards.model_spec import ModelSpec, one_line
from realtime_fer.core.errors import ModelError
from realtime_fer.core.text.numbers import milliseconds
from realtime_fer.core.text.printable import say, say_json

#: Runs whose median is reported.
_TIMED_RUNS = 15


def list_models(*, as_json: bool, measure: bool = True) -> int:
    """Lists every usable card by group, as the window does, and names those that are not usable.

    Args:
        measure: time each network on this computer.

    Returns:
        Exit code 0.
    """
    from realtime_fer.vision.registry import ModelRegistry

    registry = ModelRegistry()
    groups = grouped(registry.specs())
    all_specs = [spec for _, specs in groups for spec in specs]
    measured = {spec.model_id: _measured(spec) if measure else (None, "") for spec in all_specs}
    if as_json:
        described = [
            _described(spec, group.title, *measured[spec.model_id]) for group, specs in groups for spec in specs
        ]
        say_json({"models": described, "refused": registry.refused})
        return 0
    for group, specs in groups:
        if group.title:
            say("")
            say(f"{group.title}:")
        for spec in specs:
            _say_model(spec, *measured[spec.model_id])
    for sentence in registry.refused:
        say(f"Left out: {sentence}")
    if not groups:
        say(f"There is no model in {registry.folder}.")
    return 0


def _say_model(spec: ModelSpec, speed: float | str | None, warning: str) -> None:
    recommended = " (recommended)" if spec.model_id == RECOMMENDED else ""
    say(f"{one_line(spec.model_id)}: {one_line(spec.name)}{recommended}")
    balanced = balanced_accuracy(spec)
    for sentence in balanced.sentences if balanced is not None else ():
        say(f"    {sentence}")
    if isinstance(speed, float):
        say(f"    {milliseconds(speed)} per face on this computer with one thread")
    elif speed is not None:
        say(f"    does not run: {speed}")
    if warning:
        say(f"    {warning}")
    for line in spec.summary().splitlines():
        say(f"    {line}")


def _measured(spec: ModelSpec) -> tuple[float | str, str]:
    """Milliseconds per face with one thread, or why it does not run; and what its card seems to lack, or ''."""
    from realtime_fer.vision.classifiers.tflite import TfliteClassifier

    try:
        classifier = TfliteClassifier(spec, threads=1, batch_sizes=(1,))
    except ModelError as error:
        return error.sentence(), ""
    try:
        return median(classifier.time_face() for _ in range(_TIMED_RUNS)), classifier.warning
    finally:
        classifier.close()


def _described(spec: ModelSpec, group: str, speed: float | str | None, warning: str) -> dict[str, Any]:
    balanced = balanced_accuracy(spec)
    return {
        "id": spec.model_id,
        "name": spec.name,
        "group": group,
        "recommended": spec.model_id == RECOMMENDED,
        "balanced_accuracy": round(balanced.share, 4) if balanced is not None else None,
        "balanced_accuracy_on": balanced.faces if balanced is not None else None,
        "file": str(spec.path),
        "bytes": spec.path.stat().st_size if spec.path.is_file() else None,
        "class_names": list(spec.class_names),
        "input": asdict(spec.input),
        "data": spec.dataset,
        "licence": spec.licence,
        "metrics": {split: dict(figures) for split, figures in spec.metrics.items()},
        "ms_a_face": round(speed, 4) if isinstance(speed, float) else None,
        "fault": speed if isinstance(speed, str) else None,
        "doubt": warning or None,
    }
