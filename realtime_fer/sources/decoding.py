"""Decoding for video files and addresses: packets in, upright BGR frames out, past damage as far as possible."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

import av
import cv2
import numpy as np
import numpy.typing as npt
from av.container import InputContainer
from av.packet import Packet
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import Image
from realtime_fer.core.picture_size import MAX_PIXELS, MAX_SIDE, is_too_large

#: Damaged packets in a row, without one picture between them, after which the rest counts as lost.
MAX_DAMAGED_IN_A_ROW = 200

#: Formats that can be joined at any point, by FFmpeg's names.
_TRANSMITTED = frozenset({"mpegts", "mpegtsraw", "mpeg", "h264", "hevc", "rtsp", "rtp"})

_ROTATIONS = {90: cv2.ROTATE_90_COUNTERCLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_CLOCKWISE}


class FrameDecoder:
    """Decodes one video stream of an open container.

    Called from one thread alone. The caller closes the container.

    Raises:
        SourceError: the frames are larger than ``core.picture_size`` allows.

    Attributes:
        damaged_packets: how many were skipped so far.
        damaged_frames: how many are incomplete, as the decoder or the container says, after the first complete one.
    """

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        context = stream.codec_context
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
        self._packets: Iterator[Packet[VideoStream]] = iter(container.demux(stream))
        self._decoded: deque[VideoFrame] = deque()
        self._failures = 0

    def next_frame(self) -> VideoFrame | None:
        """The next frame; None at the end.

        Raises:
            SourceError: a frame is too large.
            av.error.FFmpegError: a time-out, a disk error, or too much damage in a row.
        """
        while not self._decoded:
            try:
                packet = next(self._packets)
            except StopIteration:
                return None
            except av.error.InvalidDataError:
                if self._too_many_failures():
                    raise
                # An exception ends PyAV's generator; the demuxer itself is past the bad place already.
                self._packets = iter(self._container.demux(self._stream))
                continue
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

    def _count(self, packet: Packet[VideoStream], frames: list[VideoFrame]) -> None:
        self._has_begun = self._has_begun or any(not frame.is_corrupt for frame in frames)
        if self._has_begun:
            damaged = sum(frame.is_corrupt for frame in frames)
            self.damaged_frames += damaged or (packet.is_corrupt and not self._is_transmitted)

    def _too_many_failures(self) -> bool:
        self.damaged_packets += self._has_begun
        self._failures += 1
        return self._failures > MAX_DAMAGED_IN_A_ROW


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


def video_stream_of(container: InputContainer) -> VideoStream | None:
    """The first video stream of a container; the cover picture of a piece of music does not count."""
    for stream in container.streams.video:
        if not stream.disposition & av.stream.Disposition.attached_pic:
            stream.thread_type = "AUTO"
            return stream
    return None


def upright_bgr(frame: VideoFrame) -> Image:
    """uint8 (h, w, 3) BGR, rotated by the file's display matrix (telephones record sideways)."""
    image: npt.NDArray[Any] = frame.to_ndarray(format="bgr24")
    turn = _ROTATIONS.get(frame.rotation % 360)
    if turn is not None:
        image = cv2.rotate(image, turn)
    return np.ascontiguousarray(image, np.uint8)


def frame_rate_of(stream: VideoStream) -> float | None:
    """Frames a second by the stream's header; None if it does not tell."""
    rate = stream.average_rate or stream.guessed_rate
    return float(rate) if rate else None
