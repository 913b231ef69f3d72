"""Texts of others in the window: names of files, cards and notes are no markup, and turn no words."""

from __future__ import annotations

import html

from realtime_fer.core.text.printable import escape_unprintable


def plain(text: str) -> str:
    """For what is drawn, or shown by a widget of plain text; line breaks stay."""
    return escape_unprintable(text, keep="\n")


def plain_title(text: str) -> str:
    """For a window's title, where Qt takes a single ``[*]`` for its own."""
    return escape_unprintable(text).replace("[*]", "[*][*]")


def plain_tip(text: str) -> str:
    """For a tip, which Qt takes for HTML where it looks like it."""
    told = plain(text)
    if "<" not in told:
        return told
    return "<p style='white-space:pre'>" + html.escape(told, quote=False) + "</p>"
