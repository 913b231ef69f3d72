"""A card's sections in the subset of HTML that Qt shows, in the theme's colours. All texts are escaped here."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from realtime_fer.core.cards import sections as card
from realtime_fer.core.text.numbers import decimal, whole
from realtime_fer.core.text.printable import printable_text
from realtime_fer.gui.style.theme import Theme

BAR_WIDTH_PX = 150
BAR_HEIGHT_PX = 10

_SWATCH_WIDTH_PX = 11
_INDENT_PX = 16

_STYLE = """
p {{ margin: 6px 0 0 0; }} .quiet {{ color: {quiet}; }} p.note {{ margin: 4px 0 0 0; color: {quiet}; }}
p.title {{ font-size: {title}pt; font-weight: 600; margin: 0 0 4px 0; }}
p.part {{ font-weight: 600; margin: 14px 0 2px 0; }}
p.heading {{ font-size: {heading}pt; font-weight: 600; margin: 22px 0 0 0; }} td.line {{ font-size: 1px; }}
li {{ margin-bottom: 4px; }} td.bar {{ vertical-align: middle; }} td.name {{ white-space: nowrap; }}
td.head {{ color: {quiet}; white-space: nowrap; }}
"""


def rich_text(title: str, sections: Sequence[card.CardSection], theme: Theme) -> str:
    """The whole page below ``title``."""
    renderer = _Renderer(theme)
    parts = [f'<p class="title">{_escaped(title)}</p>']
    for section in sections:
        parts += [renderer.heading(section), *map(renderer.block, section.blocks)]
    style = _STYLE.format(quiet=theme.quiet, title=theme.px(17), heading=theme.px(12))
    return f'<html><head><style>{style}</style></head><body style="color:{theme.text};">{"".join(parts)}</body></html>'


class _Renderer:
    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def heading(self, section: card.CardSection) -> str:
        if section.is_part or not section.title:
            return f'<p class="part">{_escaped(section.title)}</p>' if section.title else ""
        line = f'<tr><td class="line" bgcolor="{self._theme.border}">&nbsp;</td></tr>'
        return (
            f'<p class="heading">{_escaped(section.title)}</p>'
            f'<table width="100%" cellspacing="0" cellpadding="0">{line}</table>'
        )

    def block(self, block: card.Block) -> str:
        match block:
            case card.Paragraph(text):
                return f"<p>{_escaped(text)}</p>"
            case card.Note(text):
                return f'<p class="note">{_escaped(text)}</p>'
            case card.Bullets(items):
                listed = "".join(f"<li>{_escaped(item)}</li>" for item in items)
                return f'<ul style="margin:6px 0 0 0; -qt-list-indent:1;">{listed}</ul>'
            case card.Swatches(expressions):
                colours = [_hex(each.colour_rgb) for each in expressions]
                drawn = [_picture(1.0, colour, colour, _SWATCH_WIDTH_PX) for colour in colours]
                named = [f"{each}&nbsp;{known.title}" for each, known in zip(drawn, expressions, strict=True)]
                return f"<p>{' &nbsp; '.join(named)}</p>"
            case card.Facts(rows):
                cell = f'<td width="{self._theme.px(150)}" class="quiet">'
                return _table(f"<tr>{cell}{_escaped(what)}</td><td>{_escaped(value)}</td></tr>" for what, value in rows)
            case card.Table(head, rows):
                return _table([_row(head, ' class="quiet"'), *map(_row, rows)], padding=4)
            case card.Bars(rows):
                return _table(map(self._bar, rows))
            case card.Confusion(names, counts):
                return self._confusion(names, counts)
            case card.Outline(lines):
                return f'<div style="margin-top:4px;">{"".join(_line(*line) for line in lines)}</div>'

    def _bar(self, row: card.Bar) -> str:
        theme, name, colour = self._theme, row.expression.title, _hex(row.expression.colour_rgb)
        if row.remark:
            return f'<tr><td class="quiet">{name}</td><td colspan="4" class="quiet">{_escaped(row.remark)}</td></tr>'
        # Neutral's grey must differ from the track in either theme.
        track = theme.border if theme.is_dark else theme.window
        drawn = "" if row.share is None else _picture(row.share, colour, track, theme.px(BAR_WIDTH_PX))
        return (
            f'<tr><td width="{theme.px(90)}" class="name">{name}</td><td class="bar">{drawn}</td>'
            f'<td align="right" width="{theme.px(70)}">{_escaped(row.figure)}</td>'
            f'<td align="right" width="{theme.px(80)}" class="quiet">{_escaped(row.faces)}</td>'
            f'<td class="quiet">{_escaped(row.interval)}</td></tr>'
        )

    def _confusion(self, names: Sequence[str], counts: Sequence[Sequence[int]]) -> str:
        width = f'width="{self._theme.px(48)}"'
        head = "".join(
            f'<td align="center" {width} class="head"><small>{_escaped(name)}</small></td>' for name in names
        )
        rows = [f'<tr><td></td>{head}<td align="right" class="head"><small>N</small></td></tr>']
        for at, (name, row) in enumerate(zip(names, counts, strict=True)):
            total, cells = sum(row), ""
            for column, count in enumerate(row):
                ground, ink = shades(self._theme.field, self._theme.accent, count / total if total else 0.0)
                style = f"color:{ink}; font-weight:{600 if column == at else 400};"
                text = decimal(100 * count / total, 0) if total else "–"
                cells += f'<td align="center" bgcolor="{ground}" style="{style}">{text}</td>'
            faces = f'<td align="right" class="head"><small>{whole(total)}</small></td>'
            rows.append(f'<tr><td align="right" class="name"><small>{_escaped(name)}</small></td>{cells}{faces}</tr>')
        return _table(rows, padding=4, spacing=1)


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
    return f'<span style="font-family:monospace;">{shown}</span>' if isinstance(text, card.Code) else shown


def _hex(colour: tuple[int, int, int]) -> str:
    return "{:02x}{:02x}{:02x}".format(*colour)


def _picture(value: float, colour: str, track: str, width_px: int) -> str:
    """A picture that the page's window draws: see ``window.bar_picture``."""
    source = f"bar:{colour}/{track.removeprefix('#')}/{round(1000 * value)}/{width_px}"
    return f'<img src="{source}" width="{width_px}" height="{BAR_HEIGHT_PX}">'


def _line(depth: int, name: str, value: str) -> str:
    style = f"margin:2px 0 0 {_INDENT_PX * depth}px;"
    return f'<p style="{style}"><span class="quiet">{_escaped(name)}</span>&nbsp; {_escaped(value)}</p>'


def _row(cells: Sequence[str], attributes: str = "") -> str:
    """The first cell is text, the others are numbers."""
    sides = ["left", *["right"] * (len(cells) - 1)]
    made = (f'<td align="{side}"{attributes}>{_escaped(cell)}</td>' for side, cell in zip(sides, cells, strict=True))
    return f"<tr>{''.join(made)}</tr>"


def _table(rows: Iterable[str], padding: int = 3, spacing: int = 0) -> str:
    made = "".join(rows)
    return f'<table cellspacing="{spacing}" cellpadding="{padding}" style="margin-top:4px;">{made}</table>'
