"""A card's sections in the subset of HTML that Qt shows, in the theme's colours. All texts are escaped here."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from realtime_fer.core.cards.sections import (
    Bar,
    Bars,
    Block,
    Bullets,
    CardSection,
    Code,
    Confusion,
    Facts,
    Note,
    Outline,
    Paragraph,
    Swatches,
    Table,
)  # fmt: skip
from realtime_fer.core.text.numbers import whole
from realtime_fer.core.text.printable import printable_text
from realtime_fer.gui.style.theme import Theme

BAR_WIDTH_PX = 150
BAR_HEIGHT_PX = 10

_SWATCH_WIDTH_PX = 11
_LABEL_WIDTH_PX = 150
_INDENT_PX = 16


def rich_text(title: str, sections: Sequence[CardSection], theme: Theme) -> str:
    """The whole page below ``title``."""
    renderer = _Renderer(theme)
    parts = [f'<p style="font-size:{theme.px(17)}pt; font-weight:600; margin:0 0 4px 0;">{_escaped(title)}</p>']
    for section in sections:
        parts += [renderer.heading(section), *map(renderer.block, section.blocks)]
    return f'<html><body style="color:{theme.text};">{"".join(parts)}</body></html>'


class _Renderer:
    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._quiet = f"color:{theme.quiet};"

    def heading(self, section: CardSection) -> str:
        if not section.title:
            return ""
        title, theme = _escaped(section.title), self._theme
        if section.is_part:
            return f'<p style="font-weight:600; margin:14px 0 2px 0;">{title}</p>'
        return (
            f'<p style="font-size:{theme.px(12)}pt; font-weight:600; margin:22px 0 0 0;">{title}</p>'
            f'<table width="100%" cellspacing="0" cellpadding="0"><tr><td bgcolor="{theme.border}" '
            'style="font-size:1px;">&nbsp;</td></tr></table>'
        )

    def block(self, block: Block) -> str:
        match block:
            case Paragraph(text):
                return f'<p style="margin:6px 0 0 0;">{_escaped(text)}</p>'
            case Note(text):
                return f'<p style="margin:4px 0 0 0; {self._quiet}">{_escaped(text)}</p>'
            case Bullets(items):
                listed = "".join(f'<li style="margin-bottom:4px;">{_escaped(item)}</li>' for item in items)
                return f'<ul style="margin:6px 0 0 0; -qt-list-indent:1;">{listed}</ul>'
            case Swatches(expressions):
                drawn = (
                    f"{_picture(1.0, colour := _hex(each.colour_rgb), colour, _SWATCH_WIDTH_PX)}&nbsp;{each.title}"
                    for each in expressions
                )
                return f'<p style="margin:6px 0 0 0;">{" &nbsp; ".join(drawn)}</p>'
            case Facts(rows):
                return self._facts(rows)
            case Table(head, rows):
                cells = [_row(head, f'style="{self._quiet}"'), *(_row(row) for row in rows)]
                return _table(cells, padding=4)
            case Bars(rows):
                return _table(map(self._bar, rows))
            case Confusion(names, counts):
                return self._confusion(names, counts)
            case Outline(lines):
                return f'<div style="margin-top:4px;">{"".join(self._line(*line) for line in lines)}</div>'

    def _facts(self, rows: Iterable[tuple[str, str]]) -> str:
        width_px = self._theme.px(_LABEL_WIDTH_PX)
        return _table(
            f'<tr><td width="{width_px}" style="{self._quiet}">{_escaped(title)}</td><td>{_escaped(value)}</td></tr>'
            for title, value in rows
        )

    def _bar(self, row: Bar) -> str:
        theme, name, colour = self._theme, row.expression.title, _hex(row.expression.colour_rgb)
        if row.remark:
            quiet = f'style="{self._quiet}"'
            return f'<tr><td {quiet}>{name}</td><td colspan="4" {quiet}>{_escaped(row.remark)}</td></tr>'
        # Neutral's grey must differ from the track in either theme.
        track = theme.border if theme.is_dark else theme.window
        drawn = "" if row.share is None else _picture(row.share, colour, track, theme.px(BAR_WIDTH_PX))
        return (
            f'<tr><td width="{theme.px(90)}">{name}</td><td style="vertical-align:middle;">{drawn}</td>'
            f'<td align="right" width="{theme.px(70)}">{_escaped(row.figure)}</td>'
            f'<td align="right" width="{theme.px(80)}" style="{self._quiet}">{_escaped(row.faces)}</td>'
            f'<td style="{self._quiet}">{_escaped(row.interval)}</td></tr>'
        )

    def _confusion(self, names: Sequence[str], counts: Sequence[Sequence[int]]) -> str:
        style = f'width="{self._theme.px(60)}" style="{self._quiet} white-space:nowrap;"'
        head = "".join(f'<td align="center" {style}><small>{_escaped(name)}</small></td>' for name in names)
        rows = [f'<tr><td></td>{head}<td align="right" style="{self._quiet}"><small>N</small></td></tr>']
        for at, (name, row) in enumerate(zip(names, counts, strict=True)):
            total = sum(row)
            cells = []
            for column, count in enumerate(row):
                part = count / total if total else 0.0
                ground, ink = shades(self._theme.field, self._theme.accent, part)
                text = f"{100 * part:.0f}" if total else "–"
                style = f"color:{ink}; font-weight:{600 if column == at else 400};"
                cells.append(f'<td align="center" bgcolor="{ground}" style="{style}">{text}</td>')
            faces = f'<td align="right" style="{self._quiet}"><small>{whole(total)}</small></td>'
            rows.append(f'<tr><td align="right"><small>{_escaped(name)}</small></td>{"".join(cells)}{faces}</tr>')
        return _table(rows, padding=5, spacing=1)

    def _line(self, depth: int, name: str, value: str) -> str:
        style = f"margin:2px 0 0 {_INDENT_PX * depth}px;"
        return f'<p style="{style}"><span style="{self._quiet}">{_escaped(name)}</span>&nbsp; {_escaped(value)}</p>'


def shades(empty: str, full: str, part: float) -> tuple[str, str]:
    """The colour of a cell between ``empty`` and ``full``, and black or white for what is written on it.

    Whichever of the two has more contrast has at least 4.5 to 1 on any colour (WCAG 2).
    """
    # The square root shows that 3 % and 8 % are not the same.
    amount = part**0.5
    low, high = ([int(colour[i : i + 2], 16) for i in (1, 3, 5)] for colour in (empty, full))
    mixed = [round(a + (b - a) * amount) for a, b in zip(low, high, strict=True)]
    linear = [v / 12.92 if (v := c / 255) <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for c in mixed]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    dark_on_it, light_on_it = (luminance + 0.05) / 0.05, 1.05 / (luminance + 0.05)
    return "#{:02x}{:02x}{:02x}".format(*mixed), "#000000" if dark_on_it >= light_on_it else "#ffffff"


def _escaped(text: str) -> str:
    shown = html.escape(printable_text(text)).replace("\n", "<br>")
    return f'<span style="font-family:monospace;">{shown}</span>' if isinstance(text, Code) else shown


def _hex(colour: tuple[int, int, int]) -> str:
    return "{:02x}{:02x}{:02x}".format(*colour)


def _picture(value: float, colour: str, track: str, width_px: int) -> str:
    """A picture that the page's window draws: see ``window.bar_picture``."""
    thousandths = round(1000 * min(1.0, max(0.0, value)))
    source = f"bar:{colour}/{track.removeprefix('#')}/{thousandths}/{width_px}"
    return f'<img src="{source}" width="{width_px}" height="{BAR_HEIGHT_PX}">'


def _row(cells: Sequence[str], style: str = "") -> str:
    """The first is text, the others are numbers."""
    made = (f'<td align="{"right" if at else "left"}" {style}>{_escaped(cell)}</td>' for at, cell in enumerate(cells))
    return f"<tr>{''.join(made)}</tr>"


def _table(rows: Iterable[str], padding: int = 3, spacing: int = 0) -> str:
    made = "".join(rows)
    return f'<table cellspacing="{spacing}" cellpadding="{padding}" style="margin-top:4px;">{made}</table>'
