"""Time that goes on where a file's clock jumps: joined recordings, a receiver's reset, damaged time stamps.

The rules are those of FFmpeg's own program (``-dts_delta_threshold``), which applies them to the same formats.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.video.stream import VideoStream

#: A step back by more than the first, or ahead of what follows by more than the second, is a jump; seconds.
_BACK_S, _AHEAD_S = 0.1, 10.0

#: FFmpeg's ``AVFMT_TS_DISCONT``.
_TS_DISCONT = 0x0200

#: Of a packet that tells no length, where none before told one; seconds.
_USUAL_S = 0.04


def may_jump(container: InputContainer) -> bool:
    """Whether files of this format may be joined anywhere, so that their clock means nothing across a jump."""
    return bool(container.format.flags & _TS_DISCONT)


class ContinuousClock:
    """Shifts the time stamps of one stream's packets, in the order of the file, so that time goes on over jumps.

    Attributes:
        jumps: how many came so far.
        shifts_s: by how much all stamps are moved, seconds: 0 at first, then one entry for each jump.
    """

    def __init__(self, *, is_on: bool = True) -> None:
        self._is_on = is_on
        self.shifts_s = [0.0]
        self._last_s: float | None = None
        self._next_s = 0.0
        self._reordered = 0

    @property
    def jumps(self) -> int:
        return len(self.shifts_s) - 1

    def shift(self, packet: Packet[Any]) -> None:
        """Moves the stamps of the next packet."""
        stamp = packet.dts if packet.dts is not None else packet.pts
        if not self._is_on or stamp is None or not packet.time_base:
            return
        base = float(packet.time_base)
        if packet.pts is not None and packet.dts is not None:
            # At a join, a parser may give a packet one stamp of each recording.
            if abs(packet.pts - packet.dts) * base > _AHEAD_S:
                packet.pts = packet.dts + self._reordered
            self._reordered = packet.pts - packet.dts
        stamp_s = stamp * base + self.shifts_s[-1]
        if self._last_s is not None and is_jump(stamp_s, self._last_s, self._next_s):
            self.shifts_s.append(self.shifts_s[-1] + self._next_s - stamp_s)
            stamp_s = self._next_s
        self._last_s = stamp_s
        self._next_s = stamp_s + ((packet.duration or 0) * base or _USUAL_S)
        move(packet, self.shifts_s[-1])


def is_jump(stamp_s: float, last_s: float, next_s: float) -> bool:
    """Whether a time stamp cannot belong to the same clock as the last one, after which ``next_s`` was due."""
    return stamp_s + _BACK_S < last_s or abs(stamp_s - next_s) > _AHEAD_S


def move(packet: Packet[Any], by_s: float) -> None:
    """Moves a packet's stamps by so many seconds."""
    if not by_s or not packet.time_base:
        return
    by = round(by_s / float(packet.time_base))
    if packet.pts is not None:
        packet.pts += by
    if packet.dts is not None:
        packet.dts += by


def sound_beside(
    container: InputContainer, sound: AudioStream, video: VideoStream | None
) -> Iterator[Packet[AudioStream]]:
    """Packets of the sound, moved as the video's are, so that they stay with its frames.

    Raises:
        av.error.FFmpegError: the container is damaged.
    """
    if video is None or not may_jump(container):
        yield from container.demux(sound)
        return
    clock = ContinuousClock()
    passed = 0
    last_s: float | None = None
    next_s = 0.0
    # Sound of the next recording that comes before its first picture.
    early: list[Packet[Any]] = []
    packets: Iterator[Packet[Any]] = container.demux(sound, video)
    for packet in packets:
        if packet.stream is video or packet.stream.index == video.index:
            clock.shift(packet)
            if early and clock.jumps > passed:
                passed += 1
                yield from _moved(early, clock.shifts_s[passed])
                early = []
            continue
        stamp = packet.pts if packet.pts is not None else packet.dts
        if stamp is not None and packet.time_base:
            stamp_s, length_s = float(stamp * packet.time_base), float((packet.duration or 0) * packet.time_base)
            if not early and last_s is not None and is_jump(stamp_s, last_s, next_s):
                if clock.jumps > passed:
                    passed += 1
                else:
                    early = [packet]
            elif early:
                early.append(packet)
            last_s, next_s = stamp_s, stamp_s + length_s
        if not early:
            yield from _moved([packet], clock.shifts_s[passed])
    yield from _moved(early, clock.shifts_s[passed])


def _moved(packets: list[Packet[Any]], by_s: float) -> Iterator[Packet[Any]]:
    for packet in packets:
        move(packet, by_s)
        yield packet
