"""Encoded sound beside the frames of an MP4."""

from __future__ import annotations

import io
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import av
from av.container import OutputContainer
from av.packet import Packet

from realtime_fer.core.sound import SoundFormat, SoundPacket

#: What MP4 holds and players of MP4 play, by FFmpeg's names.
_HELD = frozenset({"aac", "mp3", "ac3", "eac3", "opus", "alac", "flac"})

#: MP4's index describes these by their first packet, so that nothing can be written before it.
INDEXED_BY_FIRST_PACKET = frozenset({"ac3", "eac3"})

#: How long the video's beginning may wait for that packet, in seconds.
_MAX_WAIT_S = 1.0


def why_not_held(sound: SoundFormat) -> str:
    """Why an MP4 cannot hold this sound, as the rest of a sentence; '' if it can."""
    if sound.codec not in _HELD:
        return f"MP4 cannot hold {sound.codec_title}"
    if sound.codec in INDEXED_BY_FIRST_PACKET and sound.start_s > _MAX_WAIT_S:
        return f"{sound.codec_title} that begins {sound.start_s:.1f} s after the video cannot be copied"
    try:
        with av.open(io.BytesIO(), "w", format="mp4", options={"movflags": "empty_moov+delay_moov"}) as trial:
            SoundWriter(trial, sound, trial.mux)
            trial.start_encoding()
    except (av.FFmpegError, ValueError):
        return f"MP4 cannot hold this {sound.codec_title}"
    return ""


class SoundWriter:
    """Puts packets into one MP4, unchanged. Called from the thread of its ``VideoSink``.

    Args:
        container: before its first packet.
        mux: writes one packet to it.
    """

    def __init__(self, container: OutputContainer, sound: SoundFormat, mux: Callable[[Packet[Any]], None]) -> None:
        self._stream = container.add_stream_from_template(sound.template)
        if sound.extradata is not None:
            self._stream.codec_context.extradata = sound.extradata
        self._time_base = Fraction(1, sound.sample_rate)
        self._mux = mux
        self._waiting: SoundPacket | None = None
        self._last_ticks = -1
        self._failed = False

    def write(self, packet: SoundPacket) -> bool:
        """Appends a packet. Returns False, at later calls too: libav refuses it as damaged.

        Raises:
            OSError: the disk is full or the file was lost.
        """
        # The last packet waits, since it must not last longer than the video.
        waiting, self._waiting = self._waiting, packet
        return self._put(waiting, packet.start_s) if waiting is not None else not self._failed

    def finish(self, end_s: float) -> None:
        """Writes the last packet. ``end_s``: of the video. Raises: as ``write``."""
        if self._waiting is not None and self._waiting.start_s < end_s:
            self._put(self._waiting, end_s)
        self._waiting = None

    def _put(self, sound: SoundPacket, until_s: float) -> bool:
        if self._failed:
            return False
        ticks = max(round(sound.start_s / self._time_base), self._last_ticks + 1)
        lasts_s = min(sound.duration_s or until_s - sound.start_s, until_s - sound.start_s)
        packet: Packet[Any] = Packet(sound.content)
        packet.stream = self._stream
        packet.time_base = self._time_base
        packet.pts = packet.dts = ticks
        packet.duration = max(1, round(lasts_s / self._time_base))
        packet.is_keyframe = True
        try:
            self._mux(packet)
        except av.FFmpegError:
            # libav refuses the packet. What fails on the disk is the file's own OSError.
            self._failed = True
        else:
            self._last_ticks = ticks
        return not self._failed
