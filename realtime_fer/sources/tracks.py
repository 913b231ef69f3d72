"""The video tracks of a file, and which one is meant."""

from __future__ import annotations

from av.container import InputContainer
from av.stream import Disposition
from av.video.stream import VideoStream

from realtime_fer.core.errors import SourceError
from realtime_fer.core.request import VideoTrack

#: Pictures beside a video: a cover, previews of its chapters.
_STILLS = Disposition.attached_pic | Disposition.timed_thumbnails | Disposition.still_image

#: FFmpeg's ``AVFMT_NOTIMESTAMPS``.
_NO_TIMESTAMPS = 0x0080

#: FFmpeg takes the clock of a DV tape for its rate.
_MOST_FPS = 10_000

#: A track of so many of the longest one's frames counts as equally long.
_AS_LONG = 0.9

_LONGEST_TITLE = 60


def video_stream_of(container: InputContainer, track: int = 0) -> VideoStream | None:
    """The video track that is read, ready to be decoded.

    Args:
        track: its number, from 1 on, among the container's video tracks; 0 takes the best one: what moves comes before
            stills, then the default one, the one of most frames, the largest and the first.

    Returns:
        None where nothing moves: the cover picture of a piece of music does not count.

    Raises:
        SourceError: there is no such track.
    """
    tracks = container.streams.video
    if track > len(tracks):
        raise SourceError(
            "There is no video track {track}: the file has {count}.",
            "Choose another track; realtime-fer probe lists them.",
            track=track,
            count=len(tracks),
        )
    chosen = tracks[track - 1] if track else _best(tracks)
    if chosen is not None:
        chosen.thread_type = "AUTO"
    return chosen


def tracks_of(container: InputContainer, read: VideoStream) -> tuple[VideoTrack, ...]:
    """Those that a person may choose from: what moves; () where there is only one."""
    tracks = tuple(
        VideoTrack(number, _title_of(stream), (stream.width or 0, stream.height or 0), stream.index == read.index)
        for number, stream in enumerate(container.streams.video, 1)
        if stream.codec_context is not None and (stream.index == read.index or not is_still(stream))
    )
    return tracks if len(tracks) > 1 else ()


def _title_of(stream: VideoStream) -> str:
    """By the container, with the language: 'Camera 2 (eng)'; '' without either."""
    known = {name.lower(): value.strip() for name, value in stream.metadata.items()}
    language = known.get("language", "")
    parts = (known.get("title") or "", f"({language})" if language not in ("", "und") else "")
    return " ".join(part for part in parts if part)[:_LONGEST_TITLE]


def is_still(stream: VideoStream) -> bool:
    """It is marked as a picture beside the video, such as a cover."""
    return bool(stream.disposition & _STILLS)


def frame_rate_of(stream: VideoStream) -> float | None:
    """Frames a second: by the coded video where the container has no clock of its own, else by its header.

    None if neither tells.
    """
    rate = stream.average_rate
    if not rate or rate > _MOST_FPS:
        rate = stream.guessed_rate
    if stream.container.format.flags & _NO_TIMESTAMPS and stream.codec_context is not None:
        # Raw H.264 and its like: FFmpeg's 25 is a guess.
        rate = stream.codec_context.framerate or rate
    return float(rate) if rate else None


def _best(tracks: tuple[VideoStream, ...]) -> VideoStream | None:
    moving = [stream for stream in tracks if not stream.disposition & Disposition.attached_pic]
    most = max((stream.frames for stream in moving), default=0)

    def rank(stream: VideoStream) -> tuple[float, ...]:
        return (
            stream.codec_context is not None,
            not is_still(stream),
            stream.frames != 1,
            bool(stream.disposition & Disposition.default),
            stream.frames >= most * _AS_LONG,
            # A codec that nobody knows has no size.
            getattr(stream, "width", 0) * getattr(stream, "height", 0),
        )

    return max(moving, key=rank, default=None)
