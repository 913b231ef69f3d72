"""The model's card in plain words: what it learned from, how often it is right, and what it must not be used for."""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.text import numbers
from realtime_fer.core.text.translation import card_words
from realtime_fer.report.recorded_models import RecordedModel
from realtime_fer.report.session import number
from realtime_fer.report.words import bounded, label, tr


def safe(value: object, longest: int = 400) -> str:
    return html.escape(bounded(value, longest))


def swatch(at: int) -> str:
    return f'<span class="swatch {label(at).css}"></span>{label(at).name}'


def bullets(items: Iterable[str]) -> str:
    made = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{made}</ul>" if made else ""


def table(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "", kind: str = "") -> str:
    parts = [f'<div class="scroll"><table class="{kind}"><caption>{caption}</caption>']
    parts.append("<thead><tr>" + "".join(f'<th scope="col">{cell}</th>' for cell in head) + "</tr></thead><tbody>")
    for row in rows:
        cells = [f'<th scope="row">{row[0]}</th>', *(f"<td>{cell}</td>" for cell in row[1:])]
        parts.append(f"<tr>{''.join(cells)}</tr>")
    return "".join(parts) + "</tbody></table></div>"


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
        doubtful = tr(
            "The recording does not tell which version of this model it was made with. Whether this card, of the one "
            "on this computer now, is about it cannot be told."
        )
        parts.append(f"<p>{doubtful}</p>")
    told = _expressions(spec.class_names)
    learned = tr("It learned from {faces}.", faces=safe(spec.dataset)) if spec.dataset else ""
    parts.append(f"<p>{told} {learned}</p>")
    right = [
        tr("{share} of {faces}", share=numbers.percent(accuracy, 1), faces=safe(faces))
        for accuracy, faces in spec.accuracies()
    ]
    if right:
        parts.append(f"<p>{tr('Measured, it names as many of the faces in these sets as their labels say:')}</p>")
        parts.append(bullets(right[:_MOST_ITEMS]))
    parts.append(_recalls(spec))
    for key, title in (
        ("limits", tr("Known limits")),
        ("intended_use", tr("Meant for")),
        ("excluded_use", tr("Not to be used for")),
    ):
        words = _words(spec.card.get(key))
        if words:
            parts.append(f"<h4>{title}</h4>{words}")
    if spec.licence:
        parts.append(f'<p class="note">{tr("Licence: {name}", name=safe(spec.licence))}</p>')
    return "".join(parts)


def _without_card(model: RecordedModel, *, is_there: bool) -> str:
    unknown = tr(
        "The card of this model is not on this computer, so what it learned from and how often it is right cannot "
        "be told here."
    )
    another = tr(
        "Another version of this model is on this computer than the one that was recorded. Its card is not shown, "
        "since it is not about what is told here."
    )
    parts = [f"<h3>{safe(model.model_id)}</h3><p>{another if is_there else unknown}</p>"]
    if model.class_names:
        parts.append(f"<p>{_expressions(model.class_names)}</p>")
    if model.sha256:
        recorded = tr("SHA-256 of the network that was recorded: {hash}", hash=safe(model.sha256, 64))
        parts.append(f'<p class="note">{recorded}</p>')
    return "".join(parts)


def _expressions(class_names: Sequence[str]) -> str:
    names = ", ".join(entry.title for entry in EXPRESSIONS if entry.key in class_names)
    return tr("It tells {count} expressions apart: {names}.", count=len(class_names), names=names)


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
                    tr("not measured") if share is None else numbers.percent(share),
                    "–" if count is None else f"{count:.0f}",
                ]
            )
        head = (tr("Expression"), tr("Found"), tr("Faces (N)"))
        told = tr("Of the faces labelled so in {faces}, how many it named so", faces=safe(spec.split_title(split)))
        return table(head, rows, caption=told, kind="recall")
    return ""


def _words(entry: Any) -> str:
    if isinstance(entry, Sequence) and not isinstance(entry, str):
        return bullets(safe(card_words(item), 800) for item in entry[:_MOST_ITEMS])
    return f"<p>{safe(card_words(entry), 1200)}</p>" if isinstance(entry, str) and entry else ""
