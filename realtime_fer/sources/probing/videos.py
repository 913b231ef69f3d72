"""What a video file holds, and how its frames will be shown."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame

from realtime_fer.core.errors import SourceError
from realtime_fer.sources.decoding import FrameDecoder
from realtime_fer.sources.display.converter import pixel_aspect_of
from realtime_fer.sources.display.orientation import orientation_of
from realtime_fer.sources.display.tone_mapping import colour_kind_of
from realtime_fer.sources.packets.continuity import may_jump
from realtime_fer.sources.sound import default_track
from realtime_fer.sources.tracks import frame_rate_of, is_still, video_stream_of
from realtime_fer.sources.video_file import VideoFileSource
from realtime_fer.sources.video_times import stamps_of


@dataclass(frozen=True)
class VideoTrack:
    """One video track, by the file's header.

    Attributes:
        number: from 1 on.
        width, height: in stored pixels; 0 where the codec is unknown.
        frames: None where the header does not tell.
        still: it is marked as a picture beside the video, such as a cover.
        is_read: it is the one that is read.
    """

    number: int
    codec: str
    width: int
    height: int
    fps: float | None
    frames: int | None
    default: bool
    still: bool
    is_read: bool


@dataclass(frozen=True)
class SoundTrack:
    """One sound track.

    Attributes:
        is_read: it is the one that is heard and copied.
    """

    number: int
    codec: str
    channels: int
    sample_rate: int
    language: str
    default: bool
    is_read: bool


@dataclass(frozen=True)
class VideoFacts:
    """What is known of a video file after its first frame.

    Attributes:
        format: FFmpeg's long name of the container.
        width, height: of the frames as they are shown.
        stored_width, stored_height: as they are coded.
        pixel_aspect: width of a stored pixel for its height, such as '64:45'.
        turn_deg, mirrored: how the frames are turned clockwise to stand upright, after they were mirrored.
        pixel_format: FFmpeg's name, such as 'yuv420p10le'.
        colours: 'HLG, BT.2020' where the colours are brought to those of a plain screen; else ''.
        fps, frames, duration_s: as far as the file tells.
        has_time_stamps: of the first frame; without them, frames come at ``fps``.
        begins_s: when the first frame is shown after the file's earliest sound or picture.
        jumps: how often the file's clock jumps; None where the file is too large to look.
    """

    format: str
    tracks: tuple[VideoTrack, ...]
    sound: tuple[SoundTrack, ...]
    width: int
    height: int
    stored_width: int
    stored_height: int
    pixel_aspect: str
    turn_deg: int
    mirrored: bool
    pixel_format: str
    colours: str
    fps: float | None
    frames: int | None
    duration_s: float | None
    has_time_stamps: bool
    begins_s: float
    jumps: int | None


def video_facts_of(path: Path, track: int = 0) -> VideoFacts:
    """Opens the file as ``VideoFileSource`` does, and decodes its first frame.

    Raises:
        SourceError: it cannot be read, or has no such track.
    """
    source = VideoFileSource(path, track)
    source.open()
    try:
        shown = source.read()
        if shown is None:
            raise SourceError("'{name}' contains no moving picture.", "Choose a video file.", name=path.name)
        fps, frames, duration_s = source.fps, source.frame_count, source.duration_s
    finally:
        source.close()
    # The source has opened and read it, so this does not fail.
    with av.open(str(path.absolute()), metadata_errors="replace", options={"protocol_whitelist": "file"}) as container:
        tracks = _tracks_of(container, track)
        stream = video_stream_of(container, track)
        first = None if stream is None else FrameDecoder(container, stream).next_frame()
        if stream is None or first is None:
            raise SourceError("'{name}' is not a video or is damaged.", name=path.name)
        stamps = stamps_of(path, track) if may_jump(container) else None
        orientation = orientation_of(first)
        aspect: Fraction = pixel_aspect_of(stream)
        kind = colour_kind_of(first)
        return VideoFacts(
            format=container.format.long_name,
            tracks=tracks,
            sound=_sound_of(container),
            width=shown.image_bgr.shape[1],
            height=shown.image_bgr.shape[0],
            stored_width=first.width,
            stored_height=first.height,
            pixel_aspect=f"{aspect.numerator}:{aspect.denominator}",
            turn_deg=orientation.turn_deg,
            mirrored=orientation.is_mirrored,
            pixel_format=first.format.name,
            colours="" if kind.is_plain else kind.title,
            fps=fps,
            frames=frames,
            duration_s=duration_s,
            has_time_stamps=first.pts is not None,
            begins_s=_begins_s(container, first),
            jumps=0 if not may_jump(container) else None if stamps is None else stamps.jumps,
        )


def _begins_s(container: InputContainer, first: VideoFrame) -> float:
    if first.time is None or container.start_time is None:
        return 0.0
    return max(0.0, first.time - container.start_time / av.time_base)


def _tracks_of(container: InputContainer, track: int) -> tuple[VideoTrack, ...]:
    chosen = video_stream_of(container, track)
    return tuple(
        VideoTrack(
            number=number,
            codec=_codec_of(stream),
            width=int(getattr(stream, "width", 0)),
            height=int(getattr(stream, "height", 0)),
            fps=frame_rate_of(stream) if stream.codec_context is not None else None,
            frames=stream.frames or None,
            default=bool(stream.disposition & Disposition.default),
            still=is_still(stream),
            is_read=chosen is not None and stream.index == chosen.index,
        )
        for number, stream in enumerate(container.streams.video, 1)
    )


def _sound_of(container: InputContainer) -> tuple[SoundTrack, ...]:
    chosen = default_track(container)
    return tuple(
        SoundTrack(
            number=number,
            codec=_codec_of(stream),
            channels=int(getattr(stream, "channels", 0) or 0),
            sample_rate=int(getattr(stream, "sample_rate", 0) or 0),
            language=str(stream.metadata.get("language", "")),
            default=bool(stream.disposition & Disposition.default),
            is_read=chosen is not None and stream.index == chosen.index,
        )
        for number, stream in enumerate(container.streams.audio, 1)
    )


def _codec_of(stream: Any) -> str:
    """FFmpeg's long name without its explanation: 'H.264', 'AAC'."""
    if stream.codec_context is None:
        return "unknown"
    return str(stream.codec_context.codec.long_name).split(" / ")[0].split(" (")[0]
