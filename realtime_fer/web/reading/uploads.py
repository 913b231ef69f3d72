"""What somebody sent: its name made harmless, its kind by its first bytes, its pixels."""

from __future__ import annotations

import re

import numpy as np

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import Image
from realtime_fer.core.request import begins_as_picture
from realtime_fer.core.text.printable import printable_text
from realtime_fer.core.text.translation import Wording
from realtime_fer.sources.picture_decoding import decode_picture
from realtime_fer.web.limits import Limits
from realtime_fer.web.refusals import Refusal

_LONGEST_NAME = 120

#: How many of the first bytes tell what a file is.
BEGINNING = 32


def shown_name(sent: str | None) -> str:
    """The last part of a name that a client sent, printable, on one line and not too long; it opens no file."""
    last = re.split(r"[/\\]", sent or "")[-1]
    return printable_text(" ".join(last.split()), _LONGEST_NAME) or "picture"


def picture_of(content: bytes, name: str, limits: Limits) -> Image:
    """uint8 (h, w, 3) BGR, upright. Only what begins as a known kind of picture meets a decoder.

    Raises:
        Refusal: 413 too many bytes, 415 no picture, 422 damaged or too many pixels.
    """
    if not content:
        raise Refusal(422, Wording("Web", "The picture '{name}' is empty.", name=name))
    if len(content) > limits.picture_bytes:
        most = limits.picture_bytes / 1e6
        raise Refusal(413, Wording("Web", "The picture '{name}' has more than {most:g} MB.", name=name, most=most))
    if not begins_as_picture(content[:BEGINNING]):
        raise Refusal(
            415,
            Wording(
                "Web",
                "'{name}' is not of a kind that can be read, such as JPEG, PNG, WebP and HEIC.",
                name=name,
            ),
        )
    try:
        return decode_picture(np.frombuffer(content, np.uint8), name)
    except SourceError as error:
        raise Refusal(422, error.sentence()) from error
    except MemoryError as error:
        raise Refusal(
            413, Wording("Web", "The picture '{name}' needs more memory than there is.", name=name)
        ) from error
