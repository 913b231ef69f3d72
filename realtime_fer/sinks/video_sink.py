"""An H.264 video with real time stamps that survives a sudden end of the program.

While it is written the file is a fragmented MP4 (ISO/IEC 14496-12, 8.8): an empty ``moov`` first and then, twice a
second, a ``moof`` with its ``mdat``, each handed to the operating system at once. The file is playable at any moment,
whatever happens to the program. ``close`` appends the index of an ordinary MP4 and patches one eight-byte header
(FFmpeg's ``hybrid_fragmented``), so that players, browsers and editors that do not read fragments can seek in it.
"""

from __future__ import annotations

import math
from collections import deque
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import av
import cv2
import numpy as np
from av.container import OutputContainer
from av.packet import Packet
from av.video.frame import PictureType
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation, VideoReformatter
from av.video.stream import VideoStream

from realtime_fer.core.errors import SinkError
from realtime_fer.core.frame import FrameResult, Image, clean_image
from realtime_fer.core.geometry import fitted_place
from realtime_fer.core.protocols import DrawFrame
from realtime_fer.core.sound import SoundFormat, SoundPacket
from realtime_fer.sinks.atomic_files import ClosedOnExit, cannot_write
from realtime_fer.sinks.fragmented_mp4 import FragmentedMp4
from realtime_fer.sinks.recording_time import TICKS_PER_S
from realtime_fer.sinks.sound_writer import INDEXED_BY_FIRST_PACKET, SoundWriter

_TIME_BASE = Fraction(1, TICKS_PER_S)
# Short enough that a kill costs half a second, long enough that the fragments' headers take no space to speak of.
_FRAGMENT_S = 0.5
# A player can jump to every key frame; one a second costs 6 % in size over one in two.
_KEY_FRAME_S = 1.0
_CRF = "23"
# One thread encodes 1080p in time; more would take cores that inference needs.
_ONE_THREAD_UP_TO_PX = 1920 * 1088
# Without accurate rounding every value is truncated, and the video is darker by one to two of 255.
_CONVERSION = Interpolation.BILINEAR | Interpolation.ACCURATE_RND

_WRITE_ERRORS = (OSError, av.FFmpegError, ValueError)


class VideoSink(ClosedOnExit):
    """Results to one MP4 video: H.264, yuv420p, BT.709. Called from one thread alone.

    >>> clock = RecordingClock()
    >>> with VideoSink("video.mp4") as sink:
    ...     for result in results:
    ...         sink.write(result, clock.advance_to(result.frame.timestamp_s))
    >>> sink.frames, sink.size, round(sink.duration_s, 2)
    (3, (160, 120), 0.3)

    Each frame has its own time, to 1/90000 s, so that the video lasts as long as the event, however irregular or
    incomplete the frames are. The last frame lasts as long as the median one.

    The first frame sets the size. An odd width or height gets one more pixel, a repeat of the edge, since 4:2:0 needs
    even sizes. Frames of another size are fitted with black bars.

    Args:
        path: of the video. An existing file is replaced with the first frame; without a frame, no file is created.
        draw: gives each frame's picture; the frame itself where none is given.
        max_fps: the highest expected rate; for the encoder's rate control, and the duration of a single frame.
        preset: of x264; 'ultrafast' costs half of the next.
        sound: of the packets that ``write_sound`` gets; None for a silent video.

    Attributes:
        frames: in the video; after an error and ``close``, those that remain, or with sound one less.

    Raises:
        SinkError: the file cannot be created; see also ``write`` and ``close``.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        draw: DrawFrame = clean_image,
        max_fps: float = 30.0,
        preset: str = "ultrafast",
        sound: SoundFormat | None = None,
    ) -> None:
        self.path = Path(path)
        self.frames = 0
        self._draw = draw
        # Some files state absurd rates, which must not cost the recording.
        fps = max_fps if math.isfinite(max_fps) and 1 <= max_fps <= 1000 else 30.0
        self._max_fps = Fraction(fps).limit_denominator(1001)
        self._preset = preset
        self._sound_format = sound
        self._sound: SoundWriter | None = None
        self._intervals: deque[int] = deque(maxlen=31)
        self._last_ticks = 0
        self._last_key_ticks = 0
        self._waiting: Packet[VideoStream] | None = None
        self._handed_over = _Extent()
        self._complete = _Extent()
        self._on_disk = _OnDisk()
        self._container: OutputContainer | None = None
        self._stream: VideoStream | None = None
        self._reformatter = VideoReformatter()
        self._failed = False
        self._closed = False
        self._cut = False
        self._file = FragmentedMp4(self.path)

    @property
    def duration_s(self) -> float:
        """How long the video is, with its last frame."""
        if self._cut:
            return self._on_disk.extent.ticks / TICKS_PER_S
        return (self._last_ticks + self._usual_interval()) / TICKS_PER_S if self.frames else 0.0

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the video; (0, 0) before the first frame."""
        return (self._stream.width, self._stream.height) if self._stream else (0, 0)

    def write(self, result: FrameResult, t_s: float) -> None:
        """Appends the result's picture.

        Args:
            t_s: seconds since the first frame, strictly increasing, 0 for the first.

        Raises:
            SinkError: the disk is full or the file was lost; earlier frames stay playable.
        """
        if self._closed or self._failed:
            raise SinkError("'{path}' is closed and takes no more frames.", path=self.path)
        image = self._draw(result)
        ticks = round(t_s * TICKS_PER_S)
        try:
            if self._container is None:
                self._begin(image.shape[1], image.shape[0])
            self._encode(image, ticks)
        except _WRITE_ERRORS as error:
            self._failed = True
            raise cannot_write(self.path, error) from error
        if self.frames:
            self._intervals.append(ticks - self._last_ticks)
        self._last_ticks = ticks
        self.frames += 1

    def write_sound(self, packet: SoundPacket) -> bool:
        """Appends a packet of sound, after the first frame. Returns False: it is damaged; later ones are dropped too.

        Packets come in order. To lie near their frames, those that begin before a frame are written before it.

        Raises:
            SinkError: as ``write``.
        """
        if self._closed or self._failed or self._sound is None:
            raise SinkError("'{path}' takes no sound now.", path=self.path)
        try:
            return self._sound.write(packet)
        except _WRITE_ERRORS as error:
            self._failed = True
            raise cannot_write(self.path, error) from error

    def add_sound(self, sound: SoundFormat) -> None:
        """The video gets sound, of the packets that ``write_sound`` gets. Only before the first frame."""
        if self._container is not None:
            raise ValueError("the video has begun")
        self._sound_format = sound

    def check_place(self) -> None:
        """Raises SinkError: the file was deleted, moved or replaced; the video can still be finished."""
        if not self._closed:
            self._file.check_place()

    def close(self) -> None:
        """Finishes the video. After an error in ``write``, or at a second call, it raises nothing.

        Raises:
            SinkError: the index did not fit; the video stays playable, as a fragmented MP4.
        """
        if self._closed:
            return
        self._closed = True
        failure: BaseException | None = None
        if self._container is not None and not self._failed:
            try:
                self._finish(self._container)
            except _WRITE_ERRORS as error:
                self._failed, failure = True, error
        if self._failed:
            # libav still writes a trailer, which must neither fail again nor touch the file.
            self._file.ignore_writes = True
            if self._container is not None:
                with suppress(*_WRITE_ERRORS):
                    self._container.close()
            if self._file.truncate_to_complete_fragments() <= self._on_disk.length:
                self._cut, self.frames = True, self._on_disk.extent.frames
        self._file.close()
        if failure is not None:
            raise cannot_write(self.path, failure) from failure

    def _begin(self, width: int, height: int) -> None:
        self._file.begin()
        movflags = "hybrid_fragmented+empty_moov+default_base_moof"
        options = {
            "frag_duration": str(round(_FRAGMENT_S * 1e6)),
            "flush_packets": "1",
            "video_track_timescale": str(TICKS_PER_S),
        }
        if self._sound_format is not None:
            if self._sound_format.codec in INDEXED_BY_FIRST_PACKET:
                movflags += "+delay_moov"
            # libav would hold frames back for as long as the sound is silent, and a kill would lose them.
            options["max_interleave_delta"] = "1"
        self._container = av.open(self._file, "w", format="mp4", options={"movflags": movflags, **options})
        # Without look-ahead and B frames no frame stays in the encoder, where it would be lost.
        encoding = {"preset": self._preset, "tune": "zerolatency", "crf": _CRF}
        self._stream = self._container.add_stream("libx264", rate=self._max_fps, options=encoding)
        encoder = self._stream.codec_context
        encoder.width, encoder.height = width + width % 2, height + height % 2
        encoder.pix_fmt = "yuv420p"
        encoder.time_base = _TIME_BASE
        encoder.thread_count = 1 if width * height <= _ONE_THREAD_UP_TO_PX else 2
        encoder.gop_size = 1 << 20  # key frames are set by time
        encoder.colorspace = Colorspace.ITU709
        encoder.color_primaries = ColorPrimaries.BT709
        encoder.color_trc = ColorTrc.BT709
        encoder.color_range = ColorRange.MPEG
        if self._sound_format is not None:
            self._sound = SoundWriter(self._container, self._sound_format, self._mux)

    def _encode(self, image: Image, ticks: int) -> None:
        assert self._stream is not None
        picture = av.VideoFrame.from_numpy_buffer(fit_image(image, *self.size), format="bgr24")
        frame = self._reformatter.reformat(
            picture,
            format="yuv420p",
            dst_colorspace=Colorspace.ITU709,
            dst_color_range=ColorRange.MPEG,
            interpolation=_CONVERSION,
            threads=1,
        )
        frame.pts, frame.time_base = ticks, _TIME_BASE
        if not self.frames or ticks - self._last_key_ticks >= _KEY_FRAME_S * TICKS_PER_S:
            frame.pict_type = PictureType.I
            self._last_key_ticks = ticks
        for packet in self._stream.encode(frame):
            self._put(packet)

    def _put(self, packet: Packet[VideoStream]) -> None:
        """Writes the packet before this one: only now its duration is known."""
        previous, self._waiting = self._waiting, packet
        if previous is not None and previous.pts is not None and packet.pts is not None:
            previous.duration = packet.pts - previous.pts
            self._mux(previous)
            before, self._handed_over = self._handed_over, _Extent(self._handed_over.frames + 1, packet.pts)
            # Between two streams, libav may hold one packet back.
            self._complete = self._handed_over if self._sound is None else before

    def _mux(self, packet: Packet[Any]) -> None:
        assert self._container is not None
        length = self._file.length
        self._container.mux(packet)
        if self._file.length > length:
            # A fragment was written: it ends before the packet that filled it.
            self._on_disk = _OnDisk(self._complete, self._file.length)

    def _finish(self, container: OutputContainer) -> None:
        assert self._stream is not None
        for packet in self._stream.encode(None):
            self._put(packet)
        if self._sound is not None:
            self._sound.finish(self.duration_s)
        if self._waiting is not None:
            self._waiting.duration = self._usual_interval()
            container.mux(self._waiting)
        container.close()

    def _usual_interval(self) -> int:
        return round(median(self._intervals)) if self._intervals else round(TICKS_PER_S / self._max_fps)


@dataclass(frozen=True)
class _Extent:
    """The beginning of a video: how many frames, and where they end."""

    frames: int = 0
    ticks: int = 0


@dataclass(frozen=True)
class _OnDisk:
    """How much of the video is in complete fragments, at least, and their length in bytes."""

    extent: _Extent = _Extent()
    length: int = 0


def fit_image(image_bgr: Image, width: int, height: int) -> Image:
    """The picture, uint8 (h, w, 3), as a contiguous (height, width, 3) array; the same array if it fits.

    If it is one pixel short, its edge is repeated; otherwise it is scaled with its aspect ratio and black bars.
    """
    rows, columns = image_bgr.shape[:2]
    if (rows, columns) == (height, width):
        return np.ascontiguousarray(image_bgr)
    if 0 <= height - rows <= 1 and 0 <= width - columns <= 1:
        return np.pad(image_bgr, ((0, height - rows), (0, width - columns), (0, 0)), mode="edge")
    left, top, inner_w, inner_h = fitted_place(columns, rows, width, height)
    is_smaller = inner_w < columns or inner_h < rows
    scaled = cv2.resize(image_bgr, (inner_w, inner_h), interpolation=cv2.INTER_AREA if is_smaller else cv2.INTER_LINEAR)
    fitted = np.zeros((height, width, 3), np.uint8)
    fitted[top : top + inner_h, left : left + inner_w] = scaled
    return fitted
