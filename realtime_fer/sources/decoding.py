"""Decoding for video files and addresses: packets in, frames out, past damage as far as possible."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import suppress

import av
from av.container import InputContainer
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from realtime_fer.core.errors import SourceError
from realtime_fer.core.picture_size import MAX_PIXELS, MAX_SIDE, is_too_large
from realtime_fer.sources.packets.continuity import ContinuousClock, may_jump

#: Damaged packets in a row, without one picture between them, after which the rest counts as lost.
MAX_DAMAGED_IN_A_ROW = 200

#: Formats that can be joined at any point, by FFmpeg's names.
_TRANSMITTED = frozenset({"mpegts", "mpegtsraw", "mpeg", "h264", "hevc", "rtsp", "rtp"})

#: How many packets are read ahead to know which frames lie before the wanted one: more than any codec reorders.
_LOOK_AHEAD = 40

#: Codecs of one packet a frame, whose decoders know which frames no other needs.
_SKIPPABLE = frozenset({"h264", "hevc", "mpeg4", "mpeg2video"})


class FrameDecoder:
    """Decodes one video stream of an open container.

    Called from one thread alone. The caller closes the container.

    Args:
        counted: what was counted as damaged already, for a stream of which parts are decoded more than once; it is
            extended. None counts everything.

    Raises:
        SourceError: the frames are larger than ``core.picture_size`` allows.
        ValueError: FFmpeg knows no decoder for the stream.

    Attributes:
        damaged_packets: how many were skipped so far.
        damaged_frames: how many are incomplete, as the decoder or the container says, after the first complete one.
    """

    def __init__(
        self, container: InputContainer, stream: VideoStream, counted: set[tuple[str, int | None]] | None = None
    ) -> None:
        context: VideoCodecContext | None = stream.codec_context
        if context is None:
            raise ValueError("FFmpeg knows no decoder for this stream")
        _refuse_too_large(context.width, context.height)
        # Before memory is allocated. Sizes that the header did not tell are checked frame by frame.
        context.options = {**context.options, "max_pixels": str(MAX_PIXELS)}
        self.damaged_packets = self.damaged_frames = 0
        # A transport stream marks packets at every seam, and one that is joined between two key frames cannot be
        # decoded until the next: neither is damage.
        self._is_transmitted = container.format.name in _TRANSMITTED
        self._has_begun = not self._is_transmitted
        self._container = container
        self._stream = stream
        self._clock = ContinuousClock(is_on=may_jump(container))
        self._packets: Iterator[Packet[VideoStream]] = self._shifted()
        self._ahead: deque[Packet[VideoStream]] = deque()
        self._skip_to: tuple[int, int] | None = None
        self._latest_pts: int | None = None
        self._last_place: int | None = None
        self._counted = counted
        self._decoded: deque[VideoFrame] = deque()
        self._failures = 0
        self._broken: av.error.FFmpegError | None = None

    @property
    def jumps(self) -> int:
        """How often the file's clock jumped since the start or the last ``seek``; time goes on as if it did not."""
        return self._clock.jumps

    def next_frame(self) -> VideoFrame | None:
        """The next frame; None at the end.

        Raises:
            SourceError: a frame is too large.
            av.error.FFmpegError: a time-out, a disk error, or too much damage in a row.
        """
        while not self._decoded:
            if self._broken is not None:
                raise self._broken
            try:
                packet = self._next_packet()
            except StopIteration:
                return None
            except av.error.InvalidDataError:
                if self._too_many_failures():
                    raise
                # An exception ends PyAV's generator; the demuxer itself is past the bad place already.
                self._packets = self._shifted()
                continue
            except av.error.ExitError:
                raise
            except av.error.FFmpegError as error:
                # What the decoder still holds came before.
                self._broken = error
                with suppress(av.error.FFmpegError):
                    for frame in self._stream.decode(None):
                        # PyAV takes it from a packet, and here is none.
                        frame.time_base = frame.time_base or self._stream.time_base
                        self._decoded.append(frame)
                continue
            self._last_place = packet.pos
            try:
                frames = packet.decode()
                self._decoded.extend(frames)
                self._count(packet, frames)
            except av.error.EOFError:
                return None
            except av.error.FFmpegError:
                if self._too_many_failures():
                    raise
        self._failures = 0
        frame = self._decoded.popleft()
        _refuse_too_large(frame.width, frame.height)
        return frame

    def seek(self, pts: int) -> int | None:
        """Goes to a key frame, at or before ``pts`` where the container finds one, which the next frame is or follows.

        Frames with a smaller time stamp than the key frame's may come before it and be incomplete.

        Returns:
            The key frame's time stamp, in units of the stream's time base; None if there is none.

        Raises:
            av.error.FFmpegError: the container cannot seek, or is damaged there.
        """
        self._container.seek(pts, stream=self._stream)
        self._clock = ContinuousClock(is_on=may_jump(self._container))
        self._packets = self._shifted()
        self._ahead.clear()
        self._decoded.clear()
        self.skip_to(None)
        self._has_begun = False
        for packet in self._packets:
            if packet.size and packet.is_keyframe:
                self._ahead.append(packet)
                return packet.pts
        return None

    def skip_to(self, pts: int | None, margin: int = 0) -> bool:
        """Leaves out frames that no other needs and that lie more than ``margin`` before the one shown at ``pts``.

        That one is never left out. None ends it. Both are in units of the stream's time base.

        Returns:
            Whether frames may be left out.
        """
        context = self._stream.codec_context
        context.skip_frame = "DEFAULT"
        self._skip_to = None if pts is None or context.name not in _SKIPPABLE else (pts, margin)
        self._latest_pts = None
        return self._skip_to is not None

    def _shifted(self) -> Iterator[Packet[VideoStream]]:
        for packet in packets_of(self._container, self._stream):
            self._clock.shift(packet)
            yield packet

    def _next_packet(self) -> Packet[VideoStream]:
        if self._skip_to is None:
            return self._ahead.popleft() if self._ahead else next(self._packets)
        pts, margin = self._skip_to
        while len(self._ahead) < _LOOK_AHEAD and (packet := next(self._packets, None)) is not None:
            self._ahead.append(packet)
        if not self._ahead:
            raise StopIteration
        for packet in self._ahead if self._latest_pts is None else [self._ahead[-1]]:
            if packet.pts is not None and packet.pts <= pts:
                self._latest_pts = max(packet.pts, packet.pts if self._latest_pts is None else self._latest_pts)
        packet = self._ahead.popleft()
        is_passed = packet.pts is not None and self._latest_pts is not None and packet.pts < self._latest_pts - margin
        self._stream.codec_context.skip_frame = "NONREF" if is_passed else "DEFAULT"
        return packet

    def _count(self, packet: Packet[VideoStream], frames: list[VideoFrame]) -> None:
        self._has_begun = self._has_begun or any(not frame.is_corrupt for frame in frames)
        if self._has_begun:
            damaged = sum(frame.is_corrupt and self._is_new("frame", frame.pts) for frame in frames)
            self.damaged_frames += damaged or (
                packet.is_corrupt and not self._is_transmitted and self._is_new("packet", packet.pos)
            )

    def _too_many_failures(self) -> bool:
        self.damaged_packets += self._has_begun and self._is_new("failure", self._last_place)
        self._failures += 1
        return self._failures > MAX_DAMAGED_IN_A_ROW

    def _is_new(self, kind: str, place: int | None) -> bool:
        if self._counted is None or place is None:
            return True
        if (kind, place) in self._counted:
            return False
        self._counted.add((kind, place))
        return True


def _refuse_too_large(width: int, height: int) -> None:
    if is_too_large(width, height):
        raise SourceError(
            "The frames are {width}x{height} pixels large; at most {most} million, and {side} a side, can be read.",
            "Make the video smaller.",
            width=width,
            height=height,
            most=MAX_PIXELS // 1_000_000,
            side=MAX_SIDE,
        )


def packets_of(container: InputContainer, stream: VideoStream) -> Iterator[Packet[VideoStream]]:
    """Packets of one stream, and one without content at the end.

    Raises:
        av.error.FFmpegError: the container is damaged here; called again, it goes on behind.
    """
    while True:
        try:
            yield from container.demux(stream)
            return
        except IndexError:
            # PyAV knows no stream that begins after the file was opened; its packet is read already.
            continue
