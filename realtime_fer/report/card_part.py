"""The model's card in plain words: what it learned from, how often it is right, and what it must not be used for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.model_spec import ModelSpec
from realtime_fer.core.translation import card_words
from realtime_fer.report.session import number
from realtime_fer.report.words import bullets, decimal, in_words, safe, swatch, table

_MOST_ITEMS = 12
_POSITION = {expression.key: at for at, expression in enumerate(EXPRESSIONS)}


def card_part(model_id: str, spec: ModelSpec | None) -> str:
    """A section of HTML.

    Args:
        spec: None where no card of that id is on this computer.
    """
    if spec is None:
        unknown = in_words(
            "The card of this model is not on this computer, so what it learned from and how often it is right cannot "
            "be told here."
        )
        return f"<h3>{safe(model_id)}</h3><p>{unknown}</p>"
    parts = [f"<h3>{safe(spec.name)} <small>{safe(model_id)}</small></h3>"]
    names = ", ".join(entry.title for entry in EXPRESSIONS if entry.key in spec.class_names)
    told = in_words("It tells {count} expressions apart: {names}.", count=len(spec.class_names), names=names)
    learned = in_words("It learned from {faces}.", faces=safe(spec.dataset)) if spec.dataset else ""
    parts.append(f"<p>{told} {learned}</p>")
    right = [
        in_words("{share} of {faces}", share=decimal(f"{accuracy:.1%}"), faces=safe(faces))
        for accuracy, faces in spec.accuracies()
    ]
    if right:
        parts.append(f"<p>{in_words('Measured, it names as many of the faces in these sets as their labels say:')}</p>")
        parts.append(bullets(right[:_MOST_ITEMS]))
    parts.append(_recalls(spec))
    for key, title in (
        ("limits", in_words("Known limits")),
        ("intended_use", in_words("Meant for")),
        ("excluded_use", in_words("Not to be used for")),
    ):
        words = _words(spec.card.get(key))
        if words:
            parts.append(f"<h4>{title}</h4>{words}")
    if spec.licence:
        parts.append(f'<p class="note">{in_words("Licence: {name}", name=safe(spec.licence))}</p>')
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
                    in_words("not measured") if share is None else f"{share:.0%}",
                    "–" if count is None else f"{count:.0f}",
                ]
            )
        head = (in_words("Expression"), in_words("Found"), in_words("Faces (N)"))
        told = in_words(
            "Of the faces labelled so in {faces}, how many it named so", faces=safe(spec.split_title(split))
        )
        return table(head, rows, caption=told, kind="recall")
    return ""


def _words(entry: Any) -> str:
    if isinstance(entry, Sequence) and not isinstance(entry, str):
        return bullets(safe(card_words(item), 800) for item in entry[:_MOST_ITEMS])
    return f"<p>{safe(card_words(entry), 1200)}</p>" if isinstance(entry, str) and entry else ""
