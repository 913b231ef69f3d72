"""Choices that files, the command line and the window name by the same words."""

from __future__ import annotations

from enum import StrEnum


class Privacy(StrEnum):
    """How faces are hidden, in the view and in everything saved."""

    OFF = "off"
    BLUR = "blur"
    PIXELATE = "pixelate"
    COVER = "cover"
