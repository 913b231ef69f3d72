"""Copies a video file's sound into the videos that are made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from realtime_fer.commands.annotation.request import AnnotateRequest
from realtime_fer.commands.annotation.timeout_reader import TimeoutReader
from realtime_fer.core.protocols import FrameSource
from realtime_fer.core.sound import SoundFormat, SoundPacket
from realtime_fer.sinks.sound_writer import why_not_held
from realtime_fer.sources import VideoFileSource
from realtime_fer.sources.sound import DAMAGED, FileSound


class SoundingVideo(Protocol):
    """A video, or a recording with its videos, that takes sound."""

    @property
    def duration_s(self) -> float:
        """How long the video is by now."""

    def write_sound(self, packet: SoundPacket) -> bool:
        """False: the packet is damaged. Raises SinkError."""


@dataclass(frozen=True)
class SoundPart:
    """Some packets in order, and why none follow; '' where they go on, or are at their end."""

    packets: Sequence[SoundPacket] = ()
    problem: str = ""


class SoundCopy:
    """The sound of one run. One thread reads, by ``read_until``, and one writes.

    Attributes:
        state: 'none' where there is no sound or no video.
        reason: why it is left out, for 'The sound is left out: …'; else ''.
    """

    def __init__(self, request: AnnotateRequest, source: FrameSource) -> None:
        self.state: Literal["kept", "none", "left out"] = "none"
        self.reason = ""
        self._sound: FileSound | None = None
        self._is_refused = not request.sound
        self._last_s = 0.0
        self._is_ended = False
        if not request.writes_video:
            return
        if source.is_live:
            self._leave_out("cameras and addresses are read without it")
        elif isinstance(source, VideoFileSource) and request.source.path is not None:
            self._sound = FileSound(request.source.path, request.source.track)

    def open(self, reader: TimeoutReader) -> SoundFormat | None:
        """Returns what the videos need to know; None if they are silent. Raises SourceError: the disk hangs."""
        sound = self._sound
        if sound is None:
            return None
        reader.call(sound.open, close=sound.close)
        reason = sound.problem
        if sound.format is not None:
            reason = "--no-sound was given" if self._is_refused else reason or why_not_held(sound.format)
        if reason:
            self._leave_out(reason)
        elif sound.format is not None:
            self.state = "kept"
            return sound.format
        self._sound = None
        return None

    def read_until(self, t_s: float) -> SoundPart:
        """The next packets that begin before ``t_s``, a few at a time; without any where there are no more.

        Called in the reader's thread, since it reads the same disk.
        """
        sound = self._sound
        if sound is None:
            return SoundPart()
        packets = sound.read_until(t_s)
        if packets or not sound.problem:
            return SoundPart(packets)
        self._sound = None
        return SoundPart(problem=sound.problem)

    def read_all_until(self, t_s: float) -> Sequence[SoundPart]:
        """As ``read_until``, until there are no more."""
        parts = []
        while (part := self.read_until(t_s)).packets:
            parts.append(part)
        return [*parts, part] if part.problem else parts

    def write(self, part: SoundPart, videos: Sequence[SoundingVideo]) -> None:
        """Raises SinkError: a video cannot be written."""
        for packet in part.packets:
            if self._is_ended:
                return
            self._last_s = packet.start_s
            taken = [video.write_sound(packet) for video in videos]
            if not all(taken):
                self._end(DAMAGED)
        if part.problem and not self._is_ended:
            self._end(part.problem)

    def _end(self, reason: str) -> None:
        self._leave_out(f"{reason} from {self._last_s:.1f} s on; what precedes is kept")
        self._is_ended = True

    def _leave_out(self, reason: str) -> None:
        self.state, self.reason = "left out", reason
