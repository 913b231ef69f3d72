"""Encoded sound on its way from a video file to an annotated video, copied without decoding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class SoundFormat:
    """What a sink needs to know before the first packet.

    Attributes:
        codec: FFmpeg's name of it, such as 'aac'.
        codec_title: the codec's name for people.
        sample_rate: in Hz.
        start_s: of the first packet, seconds since the first video frame.
        template: the open PyAV stream that the packets come from; a sink makes its own stream like it.
        extradata: the codec's header where the template lacks it.
    """

    codec: str
    codec_title: str
    sample_rate: int
    start_s: float
    template: Any
    extradata: bytes | None = None


@dataclass(frozen=True, slots=True)
class SoundPacket:
    """One encoded packet.

    Attributes:
        start_s: seconds since the first video frame, 0 or more, strictly increasing.
        duration_s: 0 where the file does not say.
    """

    content: bytes
    start_s: float
    duration_s: float
