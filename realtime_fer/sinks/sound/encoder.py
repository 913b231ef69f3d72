"""Blocks of sound with their times into packets of AAC without a break in time.

libswresample keeps the sound at its time (``aresample=async``): it stretches by at most 1 % what drifts, puts silence
into what is missing and cuts what overlaps.
"""

from __future__ import annotations

import io
from fractions import Fraction

import av
import numpy as np
import numpy.typing as npt
from av.audio.frame import AudioFrame
from av.filter.context import FilterContext

from realtime_fer.core.sound import SoundFormat, SoundPacket
from realtime_fer.sinks.sound.alignment import PlacedBlock

#: What every player of MP4 plays; speech is clear at this rate of bits.
SAMPLE_RATE, _BITS_A_SECOND = 48_000, 96_000

# At most 1 % of stretching, which nobody hears; from 20 ms on silence or a cut. Before the first sample is silence.
_RESAMPLING = f"{SAMPLE_RATE}:async={SAMPLE_RATE // 100}:min_hard_comp=0.02:first_pts={{first}}"


class SoundEncoder:
    """Mono AAC of one recording. Called from one thread.

    >>> encoder = SoundEncoder()
    >>> packets = encoder.encode(PlacedBlock(np.zeros(96_000, np.float32), 0.0, 48_000)) + encoder.finish()
    >>> round(packets[-1].start_s + packets[-1].duration_s), encoder.format.codec
    (2, 'aac')

    Attributes:
        format: of the packets, for each ``VideoSink``.
        input_rate: of the newest block, in Hz; 0 before the first.

    Raises:
        av.FFmpegError, ValueError: FFmpeg has no AAC; also from the methods, where encoding fails.
    """

    def __init__(self) -> None:
        # Only for its stream: the packets go into containers that are made like it.
        self._container = av.open(io.BytesIO(), "w", format="mp4", options={"movflags": "empty_moov"})
        self._stream = self._container.add_stream("aac", rate=SAMPLE_RATE, layout="mono")
        self._stream.bit_rate = _BITS_A_SECOND
        self._container.start_encoding()
        self.format = SoundFormat("aac", "AAC", SAMPLE_RATE, 0.0, self._stream)
        self._graph: av.filter.Graph | None = None
        self._input: FilterContext | None = None
        self.input_rate = 0
        self._samples = 0

    def encode(self, block: PlacedBlock) -> list[SoundPacket]:
        """The next block; its time is seconds of the video, and what lies before 0 is left out."""
        packets: list[SoundPacket] = []
        if self._graph is None or block.sample_rate != self.input_rate:
            packets = self._drain()
            self._make_graph(block.sample_rate)
        if block.end_s <= 0:
            return packets
        assert self._graph is not None
        self._graph.push(_frame_of(block.samples, round(block.start_s * block.sample_rate), block.sample_rate))
        return packets + self._pull()

    def finish(self) -> list[SoundPacket]:
        """The last packets."""
        packets = self._drain()
        packets += [packet for packet in map(_packet_of, self._stream.encode(None)) if packet is not None]
        return packets

    def _make_graph(self, rate: int) -> None:
        graph = av.filter.Graph()
        entry = graph.add_abuffer(format="flt", sample_rate=rate, layout="mono", time_base=Fraction(1, rate))
        resampler = graph.add("aresample", _RESAMPLING.format(first=self._samples))
        form = graph.add("aformat", "sample_fmts=fltp:channel_layouts=mono")
        graph.link_nodes(entry, resampler, form, graph.add("abuffersink")).configure()
        self._graph, self._input, self.input_rate = graph, entry, rate

    def _drain(self) -> list[SoundPacket]:
        if self._graph is None or self._input is None:
            return []
        self._input.push(None)
        packets = self._pull()
        self._graph = self._input = None
        return packets

    def _pull(self) -> list[SoundPacket]:
        assert self._graph is not None
        packets: list[SoundPacket] = []
        while True:
            try:
                frame = self._graph.pull()
            except (av.BlockingIOError, av.EOFError):
                return packets
            assert isinstance(frame, AudioFrame)
            # A graph begins anew where the rate changes: the count goes on.
            frame.pts, frame.time_base = self._samples, Fraction(1, SAMPLE_RATE)
            self._samples += frame.samples
            packets += [packet for packet in map(_packet_of, self._stream.encode(frame)) if packet is not None]


def _frame_of(samples: npt.NDArray[np.float32], pts: int, rate: int) -> AudioFrame:
    frame = AudioFrame.from_ndarray(np.ascontiguousarray(samples[np.newaxis]), format="flt", layout="mono")
    frame.sample_rate, frame.pts, frame.time_base = rate, pts, Fraction(1, rate)
    return frame


def _packet_of(packet: av.Packet) -> SoundPacket | None:  # type: ignore[type-arg]
    """None for the first packet, which holds nothing but the encoder's start."""
    if packet.pts is None or packet.pts < 0 or not packet.size:
        return None
    base = float(packet.time_base)
    return SoundPacket(bytes(packet), packet.pts * base, (packet.duration or 0) * base)
