"""What video files and addresses share: packets in, upright BGR pictures out, past damage where the decoder can."""

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

from realtime_fer.core.frame import Image

#: Damaged packets in a row, without one picture between them, after which the rest counts as lost.
PATIENCE = 200

_ROTATIONS = {90: cv2.ROTATE_90_COUNTERCLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_CLOCKWISE}


class FrameDecoder:
    """Decodes one video stream of an open container.

    Called from one thread alone; the container is its caller's to close.

    Attributes:
        damaged_packets: how many were skipped so far.
    """

    def __init__(self, container: InputContainer, stream: VideoStream) -> None:
        self.damaged_packets = 0
        self._container = container
        self._stream = stream
        self._packets: Iterator[Packet[VideoStream]] = iter(container.demux(stream))
        self._decoded: deque[VideoFrame] = deque()
        self._failures = 0

    def next_frame(self) -> VideoFrame | None:
        """The next picture, None at the end.

        Raises:
            av.error.FFmpegError: nothing more can be read: a time-out, a disk's error, too much damage in a row.
        """
        while not self._decoded:
            try:
                packet = next(self._packets)
            except StopIteration:
                return None
            except av.error.InvalidDataError:
                if self._out_of_patience():
                    raise
                # An exception ends PyAV's generator; the demuxer itself stands behind the bad place already.
                self._packets = iter(self._container.demux(self._stream))
                continue
            try:
                self._decoded.extend(packet.decode())
            except av.error.EOFError:
                return None
            except av.error.FFmpegError:
                if self._out_of_patience():
                    raise
        self._failures = 0
        return self._decoded.popleft()

    def _out_of_patience(self) -> bool:
        self.damaged_packets += 1
        self._failures += 1
        return self._failures > PATIENCE


def video_stream_of(container: InputContainer) -> VideoStream | None:
    """The first moving picture of a container; the cover of a piece of music is none."""
    for stream in container.streams.video:
        if not stream.disposition & av.stream.Disposition.attached_pic:
            stream.thread_type = "AUTO"
            return stream
    return None


def upright_bgr(frame: VideoFrame) -> Image:
    """uint8 (h, w, 3) BGR, turned the way the file's display matrix asks (telephones film lying down)."""
    image: npt.NDArray[Any] = frame.to_ndarray(format="bgr24")
    turn = _ROTATIONS.get(frame.rotation % 360)
    if turn is not None:
        image = cv2.rotate(image, turn)
    return np.ascontiguousarray(image, np.uint8)


def frame_rate_of(stream: VideoStream) -> float | None:
    """Frames a second by the stream's header, None where it has none."""
    rate = stream.average_rate or stream.guessed_rate
    return float(rate) if rate else None
