"""Video files of any kind that FFmpeg reads, animated GIF included."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import av
from av.container import InputContainer
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import SourceFrame
from realtime_fer.sources.decoding import FrameDecoder, frame_rate_of, upright_bgr, video_stream_of

#: FFmpeg "plays" text files as terminal art and playlists as videos; a person who opens a video means neither.
_NOT_VIDEOS = frozenset({"tty", "bin", "xbin", "adf", "idf", "concat", "hls", "sdp", "lrc", "srt", "ass"})

#: A GIF's delay below the first counts as the second, seconds, as in all browsers.
_GIF_LEAST_S, _GIF_USUAL_S = 0.02, 0.1

#: FFmpeg opens nothing but the file itself, whatever it refers to.
_OPTIONS = {"protocol_whitelist": "file"}

#: Smallest step between the times of two frames, seconds: a damaged time stamp must not stop or reverse time.
_LEAST_STEP_S = 0.001

#: A file that ends this much before its nominal end is truncated: a tenth of its length within these limits, the
#: lower one in frames.
_CUT_SHORT_S, _CUT_SHORT_FRAMES = 0.75, 2.5

#: Formats whose length includes the time before the first frame.
_LENGTH_FROM_ZERO = frozenset({"asf", "nut"})


_HINT = "Open it in a video player to see whether it plays there, or choose another file."


class VideoFileSource:
    """Every frame of a file, in order, with the file's own times.

    >>> source = VideoFileSource("video.mp4")
    >>> source.open()
    >>> [round(frame.media_time_s, 1) for frame in iter(source.read, None)]
    [0.0, 0.1, 0.2, 0.3]
    >>> source.close()

    ``media_time_s`` is 0 for the first frame and strictly increasing. GIF delays under 20 ms count as 100 ms, as in
    browsers. Damaged packets are skipped as far as the decoder recovers: ``damaged_packets`` counts them,
    ``damaged_frames`` the frames that are incomplete. ``missing_frames``, known at the end, are those that the file
    lacks of its nominal length.

    Opened, read and closed by one thread alone.
    """

    def __init__(self, path: str | Path) -> None:
        self._path = Path(path)
        self._container: InputContainer | None = None
        self._decoder: FrameDecoder | None = None
        self._first: VideoFrame | None = None
        self._fps: float | None = None
        self._frame_count: int | None = None
        self._start_s = 0.0
        self._last_s: float | None = None
        self._end_s = 0.0
        self._is_gif = False
        self._gif_late_s = 0.0
        self._nominal: _NominalEnd | None = None
        self._longest_step_s = 0.0
        self._frames = 0
        self._was_truncated = False
        self._damaged = 0, 0

    @property
    def name(self) -> str:
        return self._path.name

    @property
    def is_live(self) -> bool:
        return False

    @property
    def fps(self) -> float | None:
        """Average frames a second by the file's header."""
        return self._fps

    @property
    def frame_count(self) -> int | None:
        """By the file's header, else by its duration, which may be off by a frame or two."""
        return self._frame_count

    @property
    def damaged_packets(self) -> int:
        return self._decoder.damaged_packets if self._decoder else self._damaged[0]

    @property
    def damaged_frames(self) -> int:
        return self._decoder.damaged_frames if self._decoder else self._damaged[1]

    @property
    def missing_frames(self) -> int:
        """An estimate from the nominal length."""
        if not self._was_truncated:
            return 0
        missing_s = self._nominal.end_s - self._start_s - self._end_s if self._nominal else 0.0
        return max(1, round(missing_s * (self._fps or 25.0)))

    @property
    def damage(self) -> str:
        """A sentence that says how many frames are damaged or missing; '' if none is."""
        lost, broken = self.damaged_packets, self.damaged_frames
        parts = []
        if lost:
            parts.append(f"{lost} could not be decoded")
        if broken:
            parts.append(f"{broken} {'is' if broken == 1 else 'are'} incomplete")
        if self._was_truncated:
            parts.append(f"about {self.missing_frames} are missing")
        return f"The video '{self.name}' is damaged: of its frames {', '.join(parts)}." if parts else ""

    def open(self) -> None:
        """Opens from the start and decodes the first frame, so that anything but a video is refused here.

        Raises:
            SourceError: missing, unreadable, not a video, or damaged from its first frame on.
        """
        self.close()
        self._frames, self._last_s, self._gif_late_s, self._longest_step_s = 0, None, 0.0, 0.0
        self._was_truncated = False
        self._damaged = 0, 0
        self._check_readable()
        try:
            # With an absolute path FFmpeg takes no colon in a name for a protocol.
            container = av.open(str(self._path.absolute()), metadata_errors="replace", options=_OPTIONS.copy())
        except (av.error.FFmpegError, ValueError, UnicodeError):
            raise self._not_a_video() from None
        self._container = container
        if container.format.name in _NOT_VIDEOS:
            self.close()
            raise self._not_a_video()
        stream = video_stream_of(container)
        if stream is None:
            self.close()
            raise SourceError("'{name}' has no moving picture in it.", "Choose a video file.", name=self.name)
        self._fps = frame_rate_of(stream)
        self._is_gif = container.format.name == "gif"
        if self._is_gif and self._fps and self._fps > 1.0 / _GIF_LEAST_S:
            self._fps = 1.0 / _GIF_USUAL_S
        self._frame_count = stream.frames or None
        if self._frame_count is None and self._fps and container.duration:
            self._frame_count = max(1, round(container.duration / av.time_base * self._fps))
        self._nominal = _nominal_end_of(container, stream)
        try:
            decoder = FrameDecoder(container, stream)
            self._first = decoder.next_frame()
        except SourceError:
            self.close()
            raise
        except (av.error.FFmpegError, ValueError):
            self._first = None
        if self._first is None:
            self.close()
            raise self._not_a_video()
        self._start_s = self._first.time or 0.0
        self._decoder = decoder

    def read(self) -> SourceFrame | None:
        """The next frame; None at the end.

        Raises:
            SourceError: the rest of the file is damaged; all earlier frames were read.
        """
        if self._decoder is None:
            raise SourceError("The video '{name}' is not open.", name=self.name)
        frame, self._first = self._first, None
        try:
            if frame is None:
                frame = self._decoder.next_frame()
            image_bgr = None if frame is None else upright_bgr(frame)
        except (av.error.FFmpegError, ValueError) as error:
            raise self._broke_off() from error
        if frame is None or image_bgr is None:
            # FFmpeg takes the end of a truncated file for the end of the video.
            if self._is_truncated():
                self._was_truncated = True
                raise self._broke_off()
            return None
        self._frames += 1
        damaged = self.damaged_packets + self.damaged_frames
        return SourceFrame(image_bgr, self._time_of(frame), damaged=damaged)

    def _is_truncated(self) -> bool:
        if self._nominal is None:
            return False
        # Where only the whole file's length is known, the last frame may last as long as the longest.
        slack_s = max(self._nominal.slack_s, 0.0 if self._nominal.is_streams else 2 * self._longest_step_s)
        return self._start_s + self._end_s + slack_s < self._nominal.end_s

    def _time_of(self, frame: VideoFrame) -> float:
        nominal_s = 1.0 / (self._fps or 25.0)
        if frame.pts is None or frame.time is None:
            time_s = 0.0 if self._last_s is None else self._last_s + nominal_s
        else:
            time_s = frame.time - self._start_s + self._gif_late_s
        if self._last_s is not None and time_s < self._last_s + _LEAST_STEP_S:
            time_s = self._last_s + _LEAST_STEP_S
        if self._last_s is not None:
            self._longest_step_s = max(self._longest_step_s, time_s - self._last_s)
        self._last_s = time_s
        lasts_s = float(frame.duration * frame.time_base) if frame.duration and frame.time_base else nominal_s
        if self._is_gif and lasts_s < _GIF_LEAST_S:
            self._gif_late_s += _GIF_USUAL_S - lasts_s
            lasts_s = _GIF_USUAL_S
        self._end_s = time_s + lasts_s
        return time_s

    def close(self) -> None:
        self._damaged = self.damaged_packets, self.damaged_frames
        self._decoder = None
        self._first = None
        if self._container is not None:
            self._container.close()
            self._container = None

    def _check_readable(self) -> None:
        if not self._path.exists():
            raise SourceError("There is no file '{path}'.", "Check the name and the folder.", path=self._path)
        if not self._path.is_file():
            raise SourceError("'{path}' is not a file.", "Choose a video file.", path=self._path)
        if not os.access(self._path, os.R_OK):
            raise SourceError(
                "The file '{name}' may not be read.", "Change its permissions or copy it.", name=self.name
            )
        if self._path.stat().st_size == 0:
            raise SourceError("The file '{name}' is empty.", "Choose another file.", name=self.name)

    def _broke_off(self) -> SourceError:
        return SourceError(
            "The video '{name}' is damaged and broke off after {frames} frames.",
            _HINT,
            name=self.name,
            frames=self._frames,
        )

    def _not_a_video(self) -> SourceError:
        return SourceError("'{name}' is not a video or is damaged.", _HINT, name=self.name)


@dataclass(frozen=True)
class _NominalEnd:
    """When the last frame ends by the file's header, on the file's clock.

    Attributes:
        slack_s: how much earlier a complete file may end, since headers are not exact.
        is_streams: the header says it of the video stream, and not of the whole file.
    """

    end_s: float
    slack_s: float
    is_streams: bool = True


def _nominal_end_of(container: InputContainer, stream: VideoStream) -> _NominalEnd | None:
    """None if the header does not tell (sound may make the whole file longer)."""
    start_s = 0.0
    if stream.start_time and stream.time_base and container.format.name not in _LENGTH_FROM_ZERO:
        start_s = float(stream.start_time * stream.time_base)
    rate = frame_rate_of(stream)
    if container.format.name == "avi" and stream.frames and rate:
        # FFmpeg corrects an AVI's length by the size of the file, but not its number of frames.
        return _NominalEnd(start_s + stream.frames / rate, _CUT_SHORT_FRAMES / rate)
    if stream.duration and stream.time_base:
        length_s = float(stream.duration * stream.time_base)
        # ASF states the length of the whole file.
        exact = container.format.name not in _LENGTH_FROM_ZERO
        return _NominalEnd(start_s + length_s, _slack_s(length_s, rate) if exact else _CUT_SHORT_S)
    # Matroska has no length of a track; writers put a tag there: '00:01:02.345000000'.
    parts = stream.metadata.get("DURATION", "").split(":")
    try:
        hours, minutes, seconds = (float(part) for part in parts)
    except ValueError:
        if container.duration and len(container.streams) == 1:
            length_s = container.duration / av.time_base
            begins_s = (container.start_time or 0) / av.time_base
            return _NominalEnd(begins_s + length_s, _CUT_SHORT_S, is_streams=False)
        return None
    end_s = hours * 3600 + minutes * 60 + seconds
    return _NominalEnd(end_s, _slack_s(end_s - start_s, rate))


def _slack_s(length_s: float, rate: float | None) -> float:
    return min(_CUT_SHORT_S, max(_CUT_SHORT_FRAMES / (rate or 25.0), length_s / 10.0))
