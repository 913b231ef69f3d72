"""A place in a video or a folder of pictures, as a person reads it."""

from __future__ import annotations

import math

from realtime_fer.core.text.numbers import decimal
from realtime_fer.core.text.translation import translate

#: What playback can be slowed down or sped up to.
SPEEDS = (0.25, 0.5, 1.0, 1.5, 2.0, 4.0)

#: The duration of a shorter video is told to the tenth.
_SHORT_S = 10.0

_SPEED_TITLES = {0.25: "¼×", 0.5: "½×", 1.0: "1×", 1.5: "1½×", 2.0: "2×", 4.0: "4×"}


def speed_title(factor: float) -> str:
    """'½×', '2×'."""
    return _SPEED_TITLES.get(factor, f"{factor:g}×")


def time_words(t_s: float, tenths: bool = True) -> str:
    """'0:12.4', '1:02:05.0'; without tenths '0:12'. Cut, not rounded: a time is never shown before it is reached."""
    # Time stamps are often a hair below the tenth that they mean.
    in_tenths = max(0, math.floor(t_s * 10 + 1e-6))
    minutes, seconds = divmod(in_tenths / 10, 60)
    hours, minutes = divmod(int(minutes), 60)
    said = decimal(seconds) if tenths else str(int(seconds))
    said = f"0{said}" if seconds < 10 else said
    return f"{hours}:{minutes:02d}:{said}" if hours else f"{minutes}:{said}"


def position_words(t_s: float, duration_s: float | None) -> str:
    """'0:12.4 / 1:03', or '0:12.4' of an unknown length. The end is never later than the duration that is shown."""
    if duration_s is None:
        return time_words(t_s)
    if duration_s < _SHORT_S:
        return f"{time_words(t_s)} / {time_words(duration_s)}"
    return f"{time_words(t_s)} / {time_words(math.ceil(duration_s - 0.05), tenths=False)}"


def picture_words(index: int, count: int) -> str:
    """'12 of 154'; ``index`` counts from 0."""
    return translate("Player", "{number} of {count}").format(number=index + 1, count=count)
