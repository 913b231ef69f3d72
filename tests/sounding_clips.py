"""Clips with a beep that begins exactly when the picture turns white, and when both do in a video."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.packet import Packet

RATE = 48_000
BEEP_S = 0.3


def regular(seconds: float, fps: int = 25) -> list[float]:
    return [index / fps for index in range(round(seconds * fps))]


def write_clip(
    path: Path,
    codec: str = "aac",
    *,
    frames_at: Sequence[float] = tuple(regular(2.0)),
    sound_s: Iterable[tuple[float, float]] = ((0.0, 2.0),),
    beeps_at: Sequence[float] = (1.0,),
    default: int = 0,
    spoil: Callable[[bytes], bytes] | None = None,
) -> Path:
    """A clip on one clock.

    Args:
        frames_at: seconds of its frames.
        sound_s: begin and end of each sound track.
        beeps_at: of each track; the picture follows the first.
        default: the track that is marked so.
        spoil: applied to each packet of sound.
    """
    packets: list[Packet] = []
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=25, options={"preset": "ultrafast", "tune": "zerolatency"})
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        video.codec_context.time_base = Fraction(1, 1000)
        tracks = [container.add_stream(codec, rate=RATE, layout="mono") for _ in sound_s]
        for number, track in enumerate(tracks):
            track.disposition = av.stream.Disposition.default if number == default else av.stream.Disposition(0)
        for at_s in frames_at:
            white = beeps_at[0] - 1e-6 <= at_s < beeps_at[0] + BEEP_S
            image = np.full((48, 64, 3), 255 if white else 0, np.uint8)
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts, frame.time_base = round(at_s * 1000), Fraction(1, 1000)
            packets += video.encode(frame)
        packets += video.encode(None)
        for track, (begin_s, end_s), beep_s in zip(tracks, sound_s, beeps_at[: len(tracks)], strict=True):
            for packet in _encoded(track, begin_s, end_s, beep_s):
                content = packet
                if spoil is not None:
                    content = Packet(spoil(bytes(packet)))
                    content.pts, content.dts, content.time_base = packet.pts, packet.dts, packet.time_base
                    content.duration, content.stream = packet.duration, track
                packets.append(content)
        for packet in sorted(packets, key=lambda packet: packet.dts * packet.time_base):
            container.mux(packet)
    return path


def _encoded(track: av.AudioStream, begin_s: float, end_s: float, beep_s: float) -> list[Packet]:
    times = np.arange(round(begin_s * RATE), round(end_s * RATE)) / RATE
    wave = np.where((times >= beep_s) & (times < beep_s + BEEP_S), 24_000 * np.sin(2 * np.pi * 1000 * times), 0)
    step = track.codec_context.frame_size or 1024
    resampler = av.AudioResampler(track.codec_context.format.name, "mono", RATE)
    packets: list[Packet] = []
    for at in range(0, len(wave), step):
        frame = av.AudioFrame.from_ndarray(wave[None, at : at + step].astype(np.int16), format="s16", layout="mono")
        frame.sample_rate, frame.time_base, frame.pts = RATE, Fraction(1, RATE), round(begin_s * RATE) + at
        for fitting in resampler.resample(frame):
            packets += track.encode(fitting)
    return packets + list(track.encode(None))


def white_at(path: Path) -> float:
    """Seconds of the first white frame."""
    with av.open(str(path)) as container:
        return next(frame.time for frame in container.decode(video=0) if frame.to_ndarray(format="gray").mean() > 128)


def beep_at(path: Path) -> float:
    """Seconds of the beep's first loud sample."""
    for begin_s, samples in sound_of(path):
        loud = np.flatnonzero(np.abs(samples) > 0.2)
        if len(loud):
            return begin_s + loud[0] / RATE
    raise AssertionError("there is no beep")


def sound_end_of(path: Path) -> float:
    begin_s, samples = sound_of(path)[-1]
    return begin_s + len(samples) / RATE


def sound_of(path: Path) -> list[tuple[float, np.ndarray]]:
    """Begin and samples, -1 to 1, of each decoded piece; empty without a sound track."""
    pieces = []
    resampler = av.AudioResampler("fltp", "mono", RATE)
    with av.open(str(path)) as container:
        if not container.streams.audio:
            return []
        for frame in container.decode(audio=0):
            pieces += [(frame.time, plain.to_ndarray()[0]) for plain in resampler.resample(frame)]
    return pieces
