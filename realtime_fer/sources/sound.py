"""The sound of a video file: its encoded packets, on the clock of the file's first video frame."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import av
from av.audio.stream import AudioStream
from av.bitstream import BitStreamFilterContext
from av.container import InputContainer
from av.packet import Packet
from av.stream import Discard

from realtime_fer.core.errors import SourceError
from realtime_fer.core.sound import SoundFormat, SoundPacket
from realtime_fer.sources.decoding import FrameDecoder
from realtime_fer.sources.packets.continuity import may_jump, sound_beside
from realtime_fer.sources.tracks import video_stream_of

#: Most packets that one call returns: a video may show no frame for hours.
_MOST_PACKETS = 500

#: Packets at the beginning of which one must decode; otherwise the sound is damaged.
_TRIED_PACKETS = 50

#: FFmpeg opens nothing but the file itself, whatever it refers to.
_OPTIONS = {"protocol_whitelist": "file"}

DAMAGED = "it is damaged"


class FileSound:
    """The encoded packets of a video file's default sound track.

    >>> sound = FileSound("video.mp4")
    >>> sound.open()
    >>> sound.format is None, sound.problem, sound.read_until(1.0)
    (True, '', [])
    >>> sound.close()

    The file is opened for its sound alone. Packets that begin before the first video frame are left out.
    Opened, read and closed by one thread alone.

    Args:
        track: of the video, as for ``video_stream_of``.

    Attributes:
        format: None without a sound track, or where it cannot be read.
        problem: why it cannot be read, or not further: the rest of a sentence such as 'it is damaged'; else ''.
    """

    def __init__(self, path: str | Path, track: int = 0) -> None:
        self._path = str(Path(path).absolute())
        self._track = track
        self._container: InputContainer | None = None
        self._packets: Iterator[SoundPacket] = iter(())
        self._next: SoundPacket | None = None
        self._last_start_s = -1.0
        self._end_s = 0.0
        self._origin_s = 0.0
        self.format: SoundFormat | None = None
        self.problem = ""

    def open(self) -> None:
        """Finds the track, and tries whether it decodes. Raises nothing: see ``problem``."""
        self.close()
        self.problem, self._last_start_s, self._end_s = "", -1.0, 0.0
        try:
            self._open()
        except (av.error.FFmpegError, ValueError, SourceError):
            self.format, self.problem = None, DAMAGED

    def _open(self) -> None:
        container = self._container = opened_for_sound(self._path)
        stream = default_track(container)
        if stream is None:
            return
        origin_s = first_frame_s(self._path, self._track)
        if origin_s is None:
            self.problem = "the video has no time stamps"
            return
        self._origin_s = origin_s
        video = video_stream_of(container, self._track)
        for other in container.streams:
            if other is not stream and not (other is video and may_jump(container)):
                other.discard = Discard.all
        if stream.codec_context is None:
            self.problem = "its format is unknown"
            return
        extradata = self._tried(stream)
        if not stream.sample_rate or extradata is None:
            self.problem = DAMAGED
            return
        self._packets = self._read(sound_beside(container, stream, video), stream, unwrap=bool(extradata))
        self._next = next(self._packets, None)
        if self._next is not None:
            codec = stream.codec_context.codec.canonical_name
            start_s = self._next.start_s
            self.format = SoundFormat(codec, _title_of(stream), stream.sample_rate, start_s, stream, extradata or None)

    def read_until(self, t_s: float) -> list[SoundPacket]:
        """The next packets that begin before ``t_s``, seconds since the first frame; empty where there are no more.

        Call it again until it returns none.
        """
        packets: list[SoundPacket] = []
        while len(packets) < _MOST_PACKETS:
            packet = self._next or next(self._packets, None)
            self._next = packet
            if packet is None or packet.start_s >= t_s:
                break
            packets.append(packet)
            self._next = None
        return packets

    def close(self) -> None:
        self.format, self._packets, self._next = None, iter(()), None
        if self._container is not None:
            self._container.close()
            self._container = None

    def _tried(self, stream: AudioStream) -> bytes | None:
        """Decodes the beginning; None if nothing of it decodes.

        Returns the codec's header that MP4 needs and the file lacks, b'' if it lacks none: in a transport stream,
        each packet of AAC carries its own (ADTS).
        """
        with opened_for_sound(self._path) as container:
            tried: Any = container.streams[stream.index]
            unwrapper = BitStreamFilterContext("aac_adtstoasc", tried) if _is_wrapped(tried) else None
            extradata, decodes = b"", False
            for number, packet in enumerate(container.demux(tried)):
                with suppress(av.error.FFmpegError):
                    decodes = any(frame.samples for frame in packet.decode()) or decodes
                # The filter takes the packet's content away.
                if unwrapper is not None and packet.size and not extradata:
                    extradata = _header_in(unwrapper.filter(packet))
                if decodes:
                    return extradata
                if number > _TRIED_PACKETS:
                    break
        return None

    def _read(self, packets: Iterator[Packet[Any]], stream: AudioStream, unwrap: bool) -> Iterator[SoundPacket]:
        unwrapper = BitStreamFilterContext("aac_adtstoasc", stream) if unwrap else None
        try:
            for packet in packets:
                for plain in unwrapper.filter(packet) if unwrapper is not None and packet.size else (packet,):
                    placed = self._placed(plain)
                    if placed is not None:
                        yield placed
        except (av.error.FFmpegError, ValueError):
            self.problem = DAMAGED

    def _placed(self, packet: Packet[Any]) -> SoundPacket | None:
        if not packet.size:
            return None
        base = float(packet.time_base)
        stamp = packet.pts if packet.pts is not None else packet.dts
        start_s = self._end_s if stamp is None else stamp * base - self._origin_s
        duration_s = (packet.duration or 0) * base
        self._end_s = start_s + duration_s
        # Rounded stamps of Matroska may lie half a millisecond before the frame's.
        if start_s < -0.001 or start_s <= self._last_start_s:
            return None
        self._last_start_s = start_s
        return SoundPacket(bytes(packet), max(0.0, start_s), duration_s)


def opened_for_sound(path: str) -> InputContainer:
    return av.open(path, metadata_errors="replace", options=_OPTIONS.copy())


def first_frame_s(path: str, track: int = 0) -> float | None:
    """When the first video frame is shown, on the file's clock; None if the file does not tell."""
    with opened_for_sound(path) as container:
        stream = video_stream_of(container, track)
        frame = None if stream is None else FrameDecoder(container, stream).next_frame()
        return None if frame is None or frame.pts is None else frame.time


def default_track(container: InputContainer) -> AudioStream | None:
    """The track that a player chooses."""
    tracks = container.streams.audio
    marked = [track for track in tracks if track.disposition & av.stream.Disposition.default]
    return next(iter([*marked, *tracks]), None)


def _is_wrapped(stream: AudioStream) -> bool:
    return stream.codec_context.codec.canonical_name == "aac" and not stream.codec_context.extradata


def _header_in(packets: list[Packet[Any]]) -> bytes:
    for packet in packets:
        for side in packet.iter_sidedata():
            if side.data_type == "new_extradata":
                return bytes(side)
    return b""


def _title_of(stream: AudioStream) -> str:
    """'Vorbis', 'PCM', 'MP2': FFmpeg's long name without its explanation."""
    codec = stream.codec_context.codec
    return "PCM" if codec.name.startswith("pcm_") else codec.long_name.split(" (")[0]
