"""Makes foreign texts (file names, cards, notes) safe to show: no markup, no control characters."""

from __future__ import annotations

import html

from realtime_fer.core.text.printable import escape_unprintable


def plain(text: str) -> str:
    """For drawn text and plain-text widgets; keeps line breaks."""
    return escape_unprintable(text, keep="\n")


def plain_title(text: str) -> str:
    """For a window title, in which Qt gives ``[*]`` a meaning."""
    return escape_unprintable(text).replace("[*]", "[*][*]")


def plain_tip(text: str) -> str:
    """For a tooltip, which Qt renders as HTML where it looks like HTML."""
    told = plain(text)
    if "<" not in told:
        return told
    return "<p style='white-space:pre'>" + html.escape(told, quote=False) + "</p>"
