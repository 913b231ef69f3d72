"""The model's card in plain words: what it learned from, how often it is right, and what it must not be used for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.model_spec import ModelSpec
from realtime_fer.report.session import number
from realtime_fer.report.words import bullets, safe, swatch, table

_MOST_ITEMS = 12
_POSITION = {expression.key: at for at, expression in enumerate(EXPRESSIONS)}


def card_part(model_id: str, spec: ModelSpec | None) -> str:
    """A section of HTML.

    Args:
        spec: None where no card of that id is on this computer.
    """
    if spec is None:
        return (
            f"<h3>{safe(model_id)}</h3><p>The card of this model is not on this computer, so what it learned from and "
            "how often it is right cannot be told here.</p>"
        )
    parts = [f"<h3>{safe(spec.name)} <small>{safe(model_id)}</small></h3>"]
    names = ", ".join(entry.display_name for entry in EXPRESSIONS if entry.key in spec.class_names)
    learned = f" It learned from {safe(spec.dataset)}." if spec.dataset else ""
    parts.append(f"<p>It tells {len(spec.class_names)} expressions apart: {names}.{learned}</p>")
    right = [f"{accuracy:.1%} of {safe(faces)}" for accuracy, faces in spec.accuracies()]
    if right:
        parts.append("<p>Measured, it names as many of the faces in these sets as their labels say:</p>")
        parts.append(bullets(right[:_MOST_ITEMS]))
    parts.append(_recalls(spec))
    for key, title in (
        ("limits", "Known limits"),
        ("intended_use", "Meant for"),
        ("excluded_use", "Not to be used for"),
    ):
        words = _words(spec.card.get(key))
        if words:
            parts.append(f"<h4>{title}</h4>{words}")
    if spec.licence:
        parts.append(f'<p class="note">Licence: {safe(spec.licence)}</p>')
    return "".join(parts)


def _recalls(spec: ModelSpec) -> str:
    """Of the first split that has them."""
    for split, figures in spec.metrics.items():
        recall, support = figures.get("recall"), figures.get("support")
        if not isinstance(recall, Mapping):
            continue
        counts: Mapping[str, Any] = support if isinstance(support, Mapping) else {}
        rows = []
        for key in sorted(spec.class_names, key=lambda name: _POSITION[name]):
            share, count = number(recall.get(key)), number(counts.get(key))
            rows.append(
                [
                    swatch(_POSITION[key]),
                    "not measured" if share is None else f"{share:.0%}",
                    "–" if count is None else f"{count:.0f}",
                ]
            )
        head = ("Expression", "Found", "Faces (N)")
        told = f"Of the faces labelled so in {safe(spec.split_title(split))}, how many it named so"
        return table(head, rows, caption=told, kind="recall")
    return ""


def _words(entry: Any) -> str:
    if isinstance(entry, Sequence) and not isinstance(entry, str):
        return bullets(safe(item, 800) for item in entry[:_MOST_ITEMS])
    return f"<p>{safe(entry, 1200)}</p>" if isinstance(entry, str) and entry else ""
