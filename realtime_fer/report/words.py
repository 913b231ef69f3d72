"""Figures and names as a reader of the report sees them, in the reader's language and safe to stand in HTML."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import Any

from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.text import numbers
from realtime_fer.core.text.numbers import decimal
from realtime_fer.core.text.translation import Wording, localised, said
from realtime_fer.report.table import LABELS

_LONGEST = 400
_CONTEXT = "Report"

#: Of each label, in the order of ``LABELS``.
LABEL_CLASSES: tuple[str, ...] = tuple(f"e-{label or 'none'}" for label in LABELS)


def in_words(template: str, /, **values: object) -> str:
    """``template`` in the reader's language with the values, which are HTML already."""
    return str(said(Wording(_CONTEXT, template, **values)))


def label_name(label: int) -> str:
    """Of a position in ``LABELS``."""
    if label < len(EXPRESSIONS):
        return EXPRESSIONS[label].title
    return in_words("Uncertain") if LABELS[label] else in_words("Not analysed")


def safe(value: Any, longest: int = _LONGEST) -> str:
    """Any text of a file as HTML text: no markup, no control characters, not endless."""
    try:
        text = str(value)
    except (RecursionError, ValueError):
        text = "…"
    text = "".join(sign if sign.isprintable() else " " for sign in text[: longest + 1])
    return html.escape(text if len(text) <= longest else f"{text[:longest]}…")


def clock(seconds: float) -> str:
    """'0:07.5', '12:03.0' or '1:02:03.5': a place in the film."""
    tenths = round(max(0.0, seconds) * 10)
    hours, rest = divmod(tenths, 36_000)
    minutes, rest = divmod(rest, 600)
    small = localised(f"{rest // 10:02d}.{rest % 10}")
    return f"{hours}:{minutes:02d}:{small}" if hours else f"{minutes}:{small}"


def lasting(seconds: float) -> str:
    """'0.4 s', '75 s' or '12 min 03 s'."""
    if seconds < 99.95:
        return f"{decimal(seconds)} s"
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"


def percent(part: float, whole: float) -> str:
    """'37 %', '0.4 %' or '–' of nothing."""
    if whole <= 0:
        return "–"
    share = part / whole
    return numbers.percent(share, 1 if 0 < share < 0.0995 else 0)


def table(
    head: Sequence[str], rows: Iterable[Sequence[str]], *, caption: str = "", kind: str = "", named_rows: bool = True
) -> str:
    """An HTML table; all cells are HTML already. The first of each row names it, unless ``named_rows`` is False."""
    parts = [f'<div class="scroll"><table class="{kind}">']
    if caption:
        parts.append(f"<caption>{caption}</caption>")
    parts.append("<thead><tr>" + "".join(f'<th scope="col">{cell}</th>' for cell in head) + "</tr></thead><tbody>")
    for row in rows:
        cells = [f"<td>{cell}</td>" for cell in row]
        if named_rows and row:
            cells[0] = f'<th scope="row">{row[0]}</th>'
        parts.append(f"<tr>{''.join(cells)}</tr>")
    parts.append("</tbody></table></div>")
    return "".join(parts)


def swatch(label: int) -> str:
    """The label's colour beside its name."""
    return f'<span class="swatch {LABEL_CLASSES[label]}"></span>{label_name(label)}'


def bullets(items: Iterable[str]) -> str:
    made = "".join(f"<li>{item}</li>" for item in items)
    return f"<ul>{made}</ul>" if made else ""
