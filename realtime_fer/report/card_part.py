"""The model's card in plain words: what it learned from, how often it is right, and what it must not be used for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.text import numbers
from realtime_fer.core.text.translation import card_words
from realtime_fer.report.recorded_models import RecordedModel
from realtime_fer.report.session import number
from realtime_fer.report.words import bullets, in_words, safe, swatch, table

_MOST_ITEMS = 12
_POSITION = {expression.key: at for at, expression in enumerate(EXPRESSIONS)}


def card_part(model: RecordedModel, spec: ModelSpec | None) -> str:
    """A section of HTML.

    Args:
        spec: of the card with that id on this computer, if there is one; it is shown unless it is of another network
            than was recorded.
    """
    is_the_same = None if spec is None else model.is_that_of(spec)
    if spec is None or is_the_same is False:
        return _without_card(model, is_there=spec is not None)
    parts = [f"<h3>{safe(spec.name)} <small>{safe(model.model_id)}</small></h3>"]
    if is_the_same is None:
        doubtful = in_words(
            "The recording does not tell which version of this model it was made with. Whether this card, of the one "
            "on this computer now, is about it cannot be told."
        )
        parts.append(f"<p>{doubtful}</p>")
    told = _expressions(spec.class_names)
    learned = in_words("It learned from {faces}.", faces=safe(spec.dataset)) if spec.dataset else ""
    parts.append(f"<p>{told} {learned}</p>")
    right = [
        in_words("{share} of {faces}", share=numbers.percent(accuracy, 1), faces=safe(faces))
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


def _without_card(model: RecordedModel, *, is_there: bool) -> str:
    unknown = in_words(
        "The card of this model is not on this computer, so what it learned from and how often it is right cannot "
        "be told here."
    )
    another = in_words(
        "Another version of this model is on this computer than the one that was recorded. Its card is not shown, "
        "since it is not about what is told here."
    )
    parts = [f"<h3>{safe(model.model_id)}</h3><p>{another if is_there else unknown}</p>"]
    if model.class_names:
        parts.append(f"<p>{_expressions(model.class_names)}</p>")
    if model.sha256:
        recorded = in_words("SHA-256 of the network that was recorded: {hash}", hash=safe(model.sha256, 64))
        parts.append(f'<p class="note">{recorded}</p>')
    return "".join(parts)


def _expressions(class_names: Sequence[str]) -> str:
    names = ", ".join(entry.title for entry in EXPRESSIONS if entry.key in class_names)
    return in_words("It tells {count} expressions apart: {names}.", count=len(class_names), names=names)


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
                    in_words("not measured") if share is None else numbers.percent(share),
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
