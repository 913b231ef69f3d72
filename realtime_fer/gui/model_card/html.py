"""What a model card's page is built of: headings, tables, bars. A card is anybody's file, so all of it is escaped."""

from __future__ import annotations

import html
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from realtime_fer.core.text.numbers import decimal, percent, significant, whole
from realtime_fer.core.text.translation import translate
from realtime_fer.gui.style.theme import Theme

#: Of one text, one list and the plainly shown rest of a card no more than this is shown.
MAX_TEXT, MAX_ITEMS, MAX_PLAIN_LINES, MAX_DEPTH = 2000, 40, 300, 6

BAR_WIDTH_PX = 150
BAR_HEIGHT_PX = 10

_LABEL_WIDTH_PX = 150


def printable(value: object, limit: int = MAX_TEXT) -> str:
    """A text without signs that steer a display (controls, lone surrogates, changes of direction), cut to ``limit``.

    Line breaks and the two joiners that some scripts are written with stay.
    """
    try:
        text = str(value)
    except RecursionError:
        text = "…"
    kept = "".join(sign if sign.isprintable() or sign in "\n\u200c\u200d" else " " for sign in text[: limit + 1])
    return kept if len(text) <= limit else f"{kept[: limit - 1]}…"


def escaped(value: object, limit: int = MAX_TEXT) -> str:
    """As ``printable``, for HTML."""
    return html.escape(printable(value, limit)).replace("\n", "<br>")


def worded(key: object) -> str:
    """'weight_decay' -> 'Weight decay', for HTML."""
    text = printable(key, 60).replace("_", " ").strip()
    return html.escape(text[:1].upper() + text[1:])


def is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def number(value: object, unit: str = "") -> str:
    """Any of JSON's plain values, for HTML: thousands apart, fractions to four digits."""
    if value is None:
        return "–"
    if isinstance(value, bool):
        return translate("CardHtml", "yes") if value else translate("CardHtml", "no")
    if isinstance(value, int) and abs(value) < 10**18:
        text = whole(value)
    elif isinstance(value, float) and math.isfinite(value):
        text = significant(value)
    else:
        return escaped(value, 200)
    return f"{text}\u00a0{unit}" if unit else text


def figure(value: object) -> str:
    """A measured figure with three decimals; whatever is no number as it is."""
    if is_number(value) and abs(value) < 1000:  # type: ignore[arg-type]
        return decimal(value, 3)  # type: ignore[arg-type]
    return number(value)


def is_share(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= 1


def share(value: Any) -> str:
    """0.628 -> '62.8 %'; whatever is no share as it is."""
    return percent(value, 1) if is_share(value) else number(value)


def rgb(colour: tuple[int, int, int]) -> str:
    red, green, blue = colour
    return f"#{red:02x}{green:02x}{blue:02x}"


class Page:
    """HTML in the subset that Qt shows, in the theme's colours. Methods that take ``html`` want it escaped."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._parts: list[str] = []
        self._plain_lines = 0

    def html(self) -> str:
        return f'<html><body style="color:{self.theme.text};">{"".join(self._parts)}</body></html>'

    def add(self, html: str) -> None:
        self._parts.append(html)

    def title(self, text: str) -> None:
        self.add(f'<p style="font-size:{self.theme.px(17)}pt; font-weight:600; margin:0 0 4px 0;">{text}</p>')

    def heading(self, text: str) -> None:
        colour = self.theme.border
        self.add(f'<p style="font-size:{self.theme.px(12)}pt; font-weight:600; margin:22px 0 0 0;">{text}</p>')
        self.add(f'<table width="100%" cellspacing="0" cellpadding="0"><tr><td bgcolor="{colour}" ')
        self.add('style="font-size:1px;">&nbsp;</td></tr></table>')

    def subheading(self, html: str) -> None:
        self.add(f'<p style="font-weight:600; margin:14px 0 2px 0;">{html}</p>')

    def paragraph(self, html: str) -> None:
        self.add(f'<p style="margin:6px 0 0 0;">{html}</p>')

    def note(self, html: str) -> None:
        self.add(f'<p style="margin:4px 0 0 0; color:{self.theme.quiet};">{html}</p>')

    def bullets(self, items: Sequence[str]) -> None:
        rows = "".join(f'<li style="margin-bottom:4px;">{item}</li>' for item in items)
        self.add(f'<ul style="margin:6px 0 0 0; -qt-list-indent:1;">{rows}</ul>')

    def facts(self, rows: Iterable[tuple[str, str]]) -> None:
        """Two columns: what, and its value; rows without a value are left out."""
        width_px = self.theme.px(_LABEL_WIDTH_PX)
        made = "".join(
            f'<tr><td width="{width_px}" style="color:{self.theme.quiet};">{label}</td><td>{value}</td></tr>'
            for label, value in rows
            if value
        )
        if made:
            self.add(f'<table cellspacing="0" cellpadding="3" style="margin-top:4px;">{made}</table>')

    def table(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """The first column is text, the others are numbers."""
        aligned = ["left", *["right"] * (len(head) - 1)]
        quiet = self.theme.quiet
        cells = "".join(
            f'<td align="{side}" style="color:{quiet};">{cell}</td>' for side, cell in zip(aligned, head, strict=True)
        )
        lines = [f"<tr>{cells}</tr>"]
        for row in rows:
            cells = "".join(f'<td align="{side}">{cell}</td>' for side, cell in zip(aligned, row, strict=True))
            lines.append(f"<tr>{cells}</tr>")
        self.add(f'<table cellspacing="0" cellpadding="4" style="margin-top:4px;">{"".join(lines)}</table>')

    def swatch(self, colour: tuple[int, int, int]) -> str:
        return bar(1.0, rgb(colour), rgb(colour), 11)

    def bar(self, value: float, colour: tuple[int, int, int]) -> str:
        # Neutral's grey must differ from it in either theme.
        track = self.theme.border if self.theme.is_dark else self.theme.window
        return bar(value, rgb(colour), track, self.theme.px(BAR_WIDTH_PX))

    def plain(self, entry: Mapping[Any, Any]) -> None:
        """Entries that the page knows no form for, as they stand, up to a bound for the whole page."""
        room = min(MAX_ITEMS, MAX_PLAIN_LINES - self._plain_lines)
        single = [key for key, value in entry.items() if not is_nested(value)][: max(0, room)]
        self._plain_lines += len(single)
        self.facts((worded(key), _plain_value(entry[key])) for key in single)
        taken = set(single)
        lines: list[str] = []
        self._plain({key: value for key, value in entry.items() if key not in taken}, 0, lines)
        if lines:
            self.add(f'<div style="margin-top:4px;">{"".join(lines)}</div>')

    def _plain(self, entry: Any, depth: int, lines: list[str]) -> None:
        is_object = isinstance(entry, Mapping)
        children = list(entry.items()) if is_object else [("–", value) for value in entry]
        for position, (key, value) in enumerate(children):
            label = worded(key) if is_object else key
            if self._plain_lines >= MAX_PLAIN_LINES or position >= MAX_ITEMS:
                lines.append(
                    self._plain_line(
                        depth,
                        translate("CardHtml", "… and {number} more").format(number=number(len(children) - position)),
                        "",
                    )
                )
                return
            self._plain_lines += 1
            if not is_nested(value):
                lines.append(self._plain_line(depth, label, _plain_value(value)))
            elif depth >= MAX_DEPTH:
                lines.append(self._plain_line(depth, label, "…"))
            else:
                lines.append(self._plain_line(depth, label, ""))
                self._plain(value, depth + 1, lines)

    def _plain_line(self, depth: int, label: str, value: str) -> str:
        style = f"margin:2px 0 0 {16 * depth}px;"
        return f'<p style="{style}"><span style="color:{self.theme.quiet};">{label}</span>&nbsp; {value}</p>'


def bar(value: float, colour: str, track: str, width_px: int) -> str:
    """A picture that the page's window draws: see ``card_window.bar_picture``."""
    thousandths = round(1000 * min(1.0, max(0.0, value)))
    source = f"bar:{colour[1:]}/{track[1:]}/{thousandths}/{width_px}"
    return f'<img src="{source}" width="{width_px}" height="{BAR_HEIGHT_PX}">'


def is_nested(value: object) -> bool:
    """Whether it takes more than one line."""
    if isinstance(value, list):
        return any(isinstance(item, (Mapping, list)) for item in value)
    return isinstance(value, Mapping) and bool(value)


def _plain_value(value: object) -> str:
    if isinstance(value, list):
        return flat(value)
    if isinstance(value, Mapping):
        return translate("CardHtml", "none")
    return escaped(value) if isinstance(value, str) else number(value)


def flat(values: Sequence[object]) -> str:
    """A list in one line; of lists and objects in it only that they are there."""
    shown = ", ".join(
        "…" if isinstance(value, (Mapping, list)) else _plain_value(value) for value in values[:MAX_ITEMS]
    )
    rest = len(values) - MAX_ITEMS
    return (
        translate("CardHtml", "{shown} … and {rest} more").format(shown=shown, rest=rest)
        if rest > 0
        else shown or translate("CardHtml", "none")
    )
