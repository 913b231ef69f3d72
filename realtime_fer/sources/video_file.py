"""Video files of any kind that FFmpeg reads, animated GIF included."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import av
from av.container import InputContainer

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import SourceFrame
from realtime_fer.core.request import VideoTrack
from realtime_fer.sources.decoding import FrameDecoder
from realtime_fer.sources.display.converter import FrameConverter
from realtime_fer.sources.packets.continuity import may_jump
from realtime_fer.sources.seeking import FrameCursor, OpenVideo
from realtime_fer.sources.tracks import frame_rate_of, tracks_of, video_stream_of
from realtime_fer.sources.video_times import (
    GIF_LEAST_S,
    GIF_USUAL_S,
    MAX_MEASURED_BYTES,
    FrameTimes,
    NominalEnd,
    Stamps,
    nominal_end_of,
    stamps_of,
)

#: FFmpeg "plays" text files as terminal art and playlists as videos; a person who opens a video means neither.
_NOT_VIDEOS = frozenset({"tty", "bin", "xbin", "adf", "idf", "concat", "hls", "sdp", "lrc", "srt", "ass"})

#: FFmpeg opens nothing but the file itself, whatever it refers to.
_OPTIONS = {"protocol_whitelist": "file"}

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

    A ``core.protocols.SeekableSource``: ``seek`` gives the frames that reading on gives, except where the file is
    damaged. From the first one on it keeps up to ``seeking.MAX_KEPT_BYTES`` of decoded frames for steps back.

    Opened, read and closed by one thread alone.

    Args:
        track: number of the video track, from 1 on; 0 takes the best one, by ``sources.tracks``.
    """

    def __init__(self, path: str | Path, track: int = 0) -> None:
        self._path = Path(path)
        self._track = track
        self._container: InputContainer | None = None
        self._decoder: FrameDecoder | None = None
        self._cursor: FrameCursor | None = None
        self._converter: FrameConverter | None = None
        self._tracks: tuple[VideoTrack, ...] = ()
        self._fps: float | None = None
        self._frame_count: int | None = None
        self._duration_s: float | None = None
        self._nominal: NominalEnd | None = None
        self._frames = 0
        self._has_moved = False
        self._missing_s: float | None = None
        self._counted: set[tuple[str, int | None]] = set()
        self._damaged = 0, 0
        self._jumps = 0
        # Of a file whose clock may jump.
        self._stamps: Stamps | None = None

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
    def duration_s(self) -> float | None:
        """By the file's header until the end was reached, then from the frames; None if the header does not tell."""
        return self._duration_s

    @property
    def tracks(self) -> tuple[VideoTrack, ...]:
        """As of ``core.protocols.TrackedSource``."""
        return self._tracks

    @property
    def position_s(self) -> float:
        return self._cursor.position_s if self._cursor else 0.0

    @property
    def damaged_packets(self) -> int:
        return self._damaged[0] + (self._decoder.damaged_packets if self._decoder else 0)

    @property
    def damaged_frames(self) -> int:
        return self._damaged[1] + (self._decoder.damaged_frames if self._decoder else 0)

    @property
    def missing_frames(self) -> int:
        """An estimate from the nominal length."""
        return 0 if self._missing_s is None else max(1, round(self._missing_s * (self._fps or 25.0)))

    @property
    def damage(self) -> str:
        """A sentence that says how many frames are damaged or missing; '' if none is."""
        lost, broken = self.damaged_packets, self.damaged_frames
        parts = []
        if lost:
            parts.append(f"{lost} could not be decoded")
        if broken:
            parts.append(f"{broken} {'is' if broken == 1 else 'are'} incomplete")
        if self._missing_s is not None:
            parts.append(f"about {self.missing_frames} are missing")
        return f"The video '{self.name}' is damaged: of its frames {', '.join(parts)}." if parts else ""

    @property
    def jumps(self) -> int:
        """How often the file's clock jumped so far, as where recordings were joined; time goes on all the same."""
        return max(self._jumps, self._decoder.jumps if self._decoder else 0)

    @property
    def remarks(self) -> list[str]:
        """Sentences about how the file was read."""
        times = "once" if self.jumps == 1 else f"{self.jumps} times"
        return [f"The clock in '{self.name}' jumps {times}; time goes on from frame to frame."] if self.jumps else []

    def open(self) -> None:
        """Opens from the start and decodes the first frame, so that anything but a video is refused here.

        Raises:
            SourceError: missing, unreadable, not a video, or damaged from its first frame on.
        """
        self.close()
        self._frames, self._has_moved = 0, False
        self._missing_s = self._duration_s = None
        self._damaged, self._jumps, self._stamps = (0, 0), 0, None
        self._counted.clear()
        try:
            self._cursor = FrameCursor(self._path, self._open_at_start, self._track)
        except SourceError:
            self.close()
            raise

    def read(self) -> SourceFrame | None:
        """The next frame; None at the end.

        Raises:
            SourceError: the rest of the file is damaged; all earlier frames were read.
        """
        cursor = self._open_cursor()
        try:
            timed = cursor.next()
            image_bgr = None if timed is None or self._converter is None else self._converter.image_of(timed.frame)
        except (av.error.FFmpegError, ValueError) as error:
            raise self._broke_off() from error
        if timed is None or image_bgr is None:
            times = cursor.times
            self._duration_s = times.end_s
            # FFmpeg takes the end of a truncated file for the end of the video.
            nominal = None if self.jumps else self._nominal
            if nominal is not None and nominal.is_missed_by(times):
                self._missing_s = nominal.end_s - times.start_s - times.end_s
                raise self._broke_off()
            return None
        self._frames += 1
        return SourceFrame(image_bgr, timed.time_s, damaged=self.damaged_packets + self.damaged_frames)

    def seek(self, t_s: float) -> None:
        self._move(lambda cursor: cursor.seek(t_s))

    def step(self, frames: int) -> None:
        self._move(lambda cursor: cursor.step(frames))

    def _move(self, to: Callable[[FrameCursor], None]) -> None:
        cursor = self._open_cursor()
        self._has_moved = True
        try:
            to(cursor)
        except SourceError:
            # Its container may be closed already.
            self.close()
            raise
        except (av.error.FFmpegError, ValueError) as error:
            raise self._broke_off() from error

    def close(self) -> None:
        self._close_container()
        self._cursor = None

    def _open_cursor(self) -> FrameCursor:
        if self._cursor is None:
            raise SourceError("The video '{name}' is not open.", name=self.name)
        return self._cursor

    def _close_container(self) -> None:
        self._damaged = self.damaged_packets, self.damaged_frames
        self._jumps = self.jumps
        self._decoder = None
        if self._container is not None:
            self._container.close()
            self._container = None

    def _open_at_start(self) -> OpenVideo:
        self._close_container()
        self._check_readable()
        try:
            # With an absolute path FFmpeg takes no colon in a name for a protocol.
            container = av.open(str(self._path.absolute()), metadata_errors="replace", options=_OPTIONS.copy())
        except (av.error.FFmpegError, ValueError, UnicodeError):
            raise self._not_a_video() from None
        self._container = container
        if container.format.name in _NOT_VIDEOS:
            raise self._not_a_video()
        stream = video_stream_of(container, self._track)
        if stream is None:
            raise SourceError("'{name}' contains no moving picture.", "Choose a video file.", name=self.name)
        self._tracks = tracks_of(container, stream)
        self._fps = frame_rate_of(stream)
        is_gif = container.format.name == "gif"
        if is_gif and self._fps and self._fps > 1.0 / GIF_LEAST_S:
            self._fps = 1.0 / GIF_USUAL_S
        self._frame_count = stream.frames or None
        self._nominal = nominal_end_of(container, stream)
        try:
            decoder = self._decoder = FrameDecoder(container, stream, self._counted)
            first = decoder.next_frame()
        except (av.error.FFmpegError, ValueError):
            raise self._not_a_video() from None
        if first is None:
            raise self._not_a_video()
        self._converter = FrameConverter(stream)
        times = FrameTimes(first.time or 0.0, self._fps, is_gif=is_gif)
        if self._stamps is None and may_jump(container):
            self._stamps = stamps_of(self._path, self._track, MAX_MEASURED_BYTES)
        stamps = self._stamps
        has_jumps = stamps is not None and stamps.jumps > 0
        if stamps is not None and has_jumps:
            self._duration_s = stamps.end_s - times.start_s
        elif self._duration_s is None:
            self._duration_s = self._nominal_s(container, times.start_s)
        if self._fps and self._duration_s and (self._frame_count is None or has_jumps):
            self._frame_count = max(1, round(self._duration_s * self._fps))
        return OpenVideo(decoder, stream, first, times, stamps)

    def _nominal_s(self, container: InputContainer, start_s: float) -> float | None:
        """How long the video is by the header, from its first frame on."""
        if self._nominal is not None:
            return max(0.0, self._nominal.end_s - start_s)
        if self._frame_count and self._fps:
            return self._frame_count / self._fps
        if container.duration:
            return max(0.0, ((container.start_time or 0) + container.duration) / av.time_base - start_s)
        return None

    def _check_readable(self) -> None:
        if not self._path.exists():
            raise SourceError("There is no file '{path}'.", "Check the name and the folder.", path=self._path)
        if not self._path.is_file():
            raise SourceError("'{path}' is not a file.", "Choose a video file.", path=self._path)
        if not os.access(self._path, os.R_OK):
            raise SourceError(
                "You may not read the file '{name}'.", "Change its permissions or copy it.", name=self.name
            )
        if self._path.stat().st_size == 0:
            raise SourceError("The file '{name}' is empty.", "Choose another file.", name=self.name)

    def _broke_off(self) -> SourceError:
        frames = self._frames
        if self._has_moved:
            frames = round(self.position_s * (self._fps or 25.0)) + 1
        return SourceError(
            "The video '{name}' is damaged and ended after {frames} frames.",
            _HINT,
            name=self.name,
            frames=frames,
        )

    def _not_a_video(self) -> SourceError:
        return SourceError("'{name}' is not a video or is damaged.", _HINT, name=self.name)
