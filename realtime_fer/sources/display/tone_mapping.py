"""Wide and bright colours (HDR: HLG and PQ, BT.2020, P3) brought to those of a plain screen, BT.709."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from av.filter import Graph
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter

from realtime_fer.core.frame import Image

#: ITU-T H.273, table 3: transfer characteristics of PQ (SMPTE ST 2084) and HLG (ARIB STD-B67).
_PQ, _HLG = 16, 18

#: ITU-T H.273, table 2: corners (x, y) of red, green and blue, by number. All of these are white at D65.
_PRIMARIES = {
    1: ((0.640, 0.330), (0.300, 0.600), (0.150, 0.060)),
    9: ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046)),
    12: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060)),
}
_BT709, _D65 = 1, (0.3127, 0.3290)

#: Luminance of white paper in HDR (ITU-R BT.2408) and the most that highlights are kept apart, cd/m².
_WHITE_NITS, _PEAK_NITS = 203.0, 1000.0

#: Up to this part of white, light is kept as it is; above, it is compressed until the peak.
_KNEE = 0.7

#: Of a television in a dim room (ITU-R BT.1886).
_GAMMA = 2.4

#: Points of the table along each axis.
_POINTS = 33

_Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class ColourKind:
    """Numbers of a frame's transfer and primaries, as ITU-T H.273 gives them."""

    transfer: int
    primaries: int

    @property
    def is_hdr(self) -> bool:
        return self.transfer in (_PQ, _HLG)

    @property
    def is_wide(self) -> bool:
        """Its primaries are wider than a plain screen's."""
        return self.primaries in _PRIMARIES and self.primaries != _BT709

    @property
    def is_plain(self) -> bool:
        """It is shown as it is."""
        return not self.is_hdr and not self.is_wide

    @property
    def title(self) -> str:
        """'HLG, BT.2020'; '' of plain colours."""
        transfer = {_PQ: "PQ", _HLG: "HLG"}.get(self.transfer, "")
        primaries = {9: "BT.2020", 12: "P3"}.get(self.primaries, "")
        return ", ".join(word for word in (transfer, primaries) if word)


def colour_kind_of(frame: VideoFrame) -> ColourKind:
    return ColourKind(int(frame.color_trc), int(frame.color_primaries))


class ToneMap:
    """Maps frames of one kind of colour and one size, by a table that FFmpeg's ``lut3d`` reads between.

    The curve is FFmpeg's ``tonemap=mobius`` between two ``zscale``, which this libavfilter lacks.

    >>> tones = ToneMap(ColourKind(18, 9), 640, 360)
    >>> tones.image_of(frame).shape
    (360, 640, 3)

    Used by one thread.
    """

    def __init__(self, kind: ColourKind, width: int, height: int) -> None:
        self.key = kind, width, height
        self._frames = 0
        graph = self._graph = Graph()
        begin = graph.add_buffer(
            width=width, height=height, format=VideoFormat("gbrp16le"), time_base=Fraction(1, 1000)
        )
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "tones.cube")
            path.write_text(_cube(kind), "ascii")
            table = graph.add("lut3d", file=str(path), interp="tetrahedral")
        end = graph.add("buffersink")
        begin.link_to(table)
        table.link_to(end)
        graph.configure()
        self._begin, self._end = begin, end
        self._reformatter = VideoReformatter()

    def image_of(self, frame: VideoFrame) -> Image:
        """uint8 (h, w, 3) BGR of a frame of this kind and size."""
        width, height = self.key[1:]
        wide = self._reformatter.reformat(frame, format="gbrp16le", width=width, height=height, threads=1)
        wide.pts, wide.time_base = self._frames, Fraction(1, 1000)
        self._frames += 1
        self._begin.push(wide)
        mapped = self._end.pull()
        assert isinstance(mapped, VideoFrame)
        # FFmpeg's own conversion takes five times as long.
        green, blue, red = (cv2.convertScaleAbs(_plane(mapped, index), alpha=1 / 257) for index in range(3))
        return np.asarray(cv2.merge((blue, green, red)), np.uint8)


def _plane(frame: VideoFrame, index: int) -> npt.NDArray[np.uint16]:
    """uint16 (h, w), not copied."""
    plane: Any = frame.planes[index]
    return np.frombuffer(plane, np.uint16).reshape(frame.height, plane.line_size // 2)[:, : frame.width]


def plain_rgb(signal: _Array, kind: ColourKind) -> _Array:
    """What a plain screen shows of such a signal: float64 (n, 3) RGB, 0 to 1, both.

    HLG's light is raised to the system gamma channel by channel, as zimg, the library of FFmpeg's ``zscale``, does.
    """
    decode: dict[int, Callable[[_Array], _Array]] = {_PQ: _pq_nits, _HLG: _hlg_nits}
    nits = decode.get(kind.transfer)
    light = nits(signal) / _WHITE_NITS if nits else signal**_GAMMA
    if kind.is_wide:
        light = np.clip(light @ (np.linalg.inv(_to_xyz(_BT709)) @ _to_xyz(kind.primaries)).T, 0.0, None)
    if kind.is_hdr:
        brightest = np.maximum(light.max(axis=-1, keepdims=True), 1e-6)
        light = light * (_compressed(brightest) / brightest)
    return np.asarray(np.clip(light, 0.0, 1.0) ** (1.0 / _GAMMA))


def _compressed(light: _Array) -> _Array:
    """FFmpeg's ``mobius``: a line up to the knee, then a curve that ends in 1 at the peak."""
    knee, peak = _KNEE, _PEAK_NITS / _WHITE_NITS
    a = -knee * knee * (peak - 1) / (knee * knee - 2 * knee + peak)
    b = (knee * knee - 2 * knee * peak + peak) / (peak - 1)
    curve = (b * b + 2 * b * knee + knee * knee) / (b - a) * (light + a) / (light + b)
    return np.where(light <= knee, light, curve)


def _hlg_nits(signal: _Array) -> _Array:
    """ITU-R BT.2100, table 5, on a display of 1000 cd/m²."""
    a, b, c = 0.17883277, 0.28466892, 0.55991073
    scene = np.where(signal <= 0.5, signal * signal / 3.0, (np.exp((signal - c) / a) + b) / 12.0)
    return np.asarray(1000.0 * scene**1.2)


def _pq_nits(signal: _Array) -> _Array:
    """ITU-R BT.2100, table 4."""
    m1, m2 = 2610 / 16384, 2523 / 32
    c1, c2, c3 = 3424 / 4096, 2413 / 128, 2392 / 128
    power = signal ** (1.0 / m2)
    return np.asarray(10_000.0 * (np.maximum(power - c1, 0.0) / (c2 - c3 * power)) ** (1.0 / m1))


def _to_xyz(primaries: int) -> _Array:
    """Matrix from linear RGB to CIE XYZ (SMPTE RP 177)."""
    corners = np.array([[x / y, 1.0, (1 - x - y) / y] for x, y in _PRIMARIES[primaries]]).T
    x, y = _D65
    return np.asarray(corners * np.linalg.solve(corners, np.array([x / y, 1.0, (1 - x - y) / y])))


def _cube(kind: ColourKind) -> str:
    """The table as Adobe's .cube file: red changes fastest."""
    steps = np.linspace(0.0, 1.0, _POINTS)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    table = plain_rgb(np.stack([red, green, blue], axis=-1).reshape(-1, 3), kind)
    rows = "\n".join(" ".join(f"{value:.5f}" for value in row) for row in table.tolist())
    return f"LUT_3D_SIZE {_POINTS}\n{rows}\n"
