"""Bright and wide colours are shown as FFmpeg's zscale and tonemap show them."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from realtime_fer.sources import VideoFileSource
from realtime_fer.sources.display.tone_mapping import ColourKind, plain_rgb

_HLG, _PQ, _BT709, _BT2020, _P3 = 18, 16, 1, 9, 12

#: What 'zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,tonemap=mobius:param=0.7:peak=4.926:desat=0,
#: zscale=t=bt709:m=gbr:r=pc' of FFmpeg 5.1 makes of a signal, RGB 0 to 255; for P3, without tonemap.
_BY_FFMPEG = [
    ((_HLG, _BT2020), (0.10, 0.10, 0.10), (28.6, 28.6, 28.6)),
    ((_HLG, _BT2020), (0.58, 0.58, 0.58), (169.5, 169.5, 169.5)),
    ((_HLG, _BT2020), (0.75, 0.75, 0.75), (239.0, 239.0, 239.0)),
    ((_HLG, _BT2020), (0.60, 0.45, 0.40), (201.7, 120.8, 111.2)),
    ((_HLG, _BT2020), (0.20, 0.55, 0.30), (0.0, 166.4, 72.7)),
    ((_PQ, _BT2020), (0.10, 0.10, 0.10), (17.4, 17.4, 17.4)),
    ((_PQ, _BT2020), (0.58, 0.58, 0.58), (238.7, 238.7, 238.7)),
    ((_PQ, _BT2020), (1.00, 1.00, 1.00), (255.0, 255.0, 255.0)),
    ((_PQ, _BT2020), (0.60, 0.45, 0.40), (249.7, 90.1, 83.0)),
    ((_BT709, _P3), (0.60, 0.45, 0.40), (159.9, 112.7, 99.5)),
    ((_BT709, _BT2020), (0.50, 0.30, 0.25), (149.9, 66.1, 60.1)),
]


@pytest.mark.parametrize(("kind", "signal", "shown"), _BY_FFMPEG)
def test_signals_are_shown_as_by_ffmpeg(
    kind: tuple[int, int], signal: tuple[float, ...], shown: tuple[float, ...]
) -> None:
    mapped = plain_rgb(np.array([signal]), ColourKind(*kind)) * 255
    assert mapped[0] == pytest.approx(shown, abs=0.1)


def test_only_what_a_plain_screen_lacks_is_mapped() -> None:
    assert ColourKind(_BT709, _BT709).is_plain
    assert ColourKind(2, 2).is_plain  # not told
    assert not ColourKind(_HLG, _BT709).is_plain
    assert ColourKind(_PQ, _BT2020).title == "PQ, BT.2020"
    assert ColourKind(_BT709, _P3).title == "P3"


def _write_patches(path: Path, kind: tuple[int, int], pixels: str, signal: list[tuple[float, float, float]]) -> Path:
    """A video of BT.2020 luma whose upright stripes are these signals, RGB 0 to 1."""
    rgb = np.repeat(np.repeat(np.array([signal]), 32, 0), 32, 1)
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx265" if "10" in pixels else "libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = rgb.shape[1], 32, pixels
        # The encoders write these numbers into the stream's own header.
        words = f"colorprim={kind[1]}:transfer={kind[0]}:colormatrix=9:range=limited"
        x264 = "colorprim=bt2020:transfer=arib-std-b67:colormatrix=bt2020nc"
        names = {"x265-params": f"log-level=0:crf=4:{words}"} if "10" in pixels else {"x264-params": x264, "crf": "4"}
        stream.options = names
        stream.codec_context.color_trc, stream.codec_context.color_primaries = kind
        stream.codec_context.colorspace, stream.codec_context.color_range = 9, 1
        wide = av.VideoFrame.from_ndarray((rgb * 65535).round().astype(np.uint16), format="rgb48le")
        for number in range(3):
            frame = wide.reformat(format=pixels, dst_colorspace=9, dst_color_range=1)
            frame.pts, frame.time_base = number, Fraction(1, 10)
            frame.color_trc, frame.color_primaries, frame.colorspace, frame.color_range = *kind, 9, 1
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize(
    ("name", "kind", "pixels"),
    [
        ("telephone.mov", (_HLG, _BT2020), "yuv420p10le"),
        ("disc.mkv", (_PQ, _BT2020), "yuv420p10le"),
        ("eight bits.mp4", (_HLG, _BT2020), "yuv420p"),
    ],
)
def test_a_file_of_bright_colours_is_shown_in_plain_ones(
    tmp_path: Path, name: str, kind: tuple[int, int], pixels: str
) -> None:
    cases = [(signal, shown) for of, signal, shown in _BY_FFMPEG if of == kind]
    source = VideoFileSource(_write_patches(tmp_path / name, kind, pixels, [signal for signal, _ in cases]))
    source.open()
    frame = source.read()
    source.close()
    assert frame is not None
    for place, (_, shown) in enumerate(cases):
        patch = frame.image_bgr[12:20, place * 32 + 12 : place * 32 + 20, ::-1].reshape(-1, 3)
        assert patch.mean(0) == pytest.approx(shown, abs=5.0)


def test_a_telephone_video_of_bright_colours_looks_like_the_plain_one(media_folder: Path) -> None:
    cases = media_folder.parent / "cases"
    if not (cases / "hdr_hlg.mov").is_file():
        pytest.skip("this video is not here")
    shown = []
    for name in ("hdr_hlg.mov", "pi_30fps.h264"):
        source = VideoFileSource(cases / name)
        source.open()
        frame = source.read()
        source.close()
        assert frame is not None
        shown.append(frame.image_bgr.astype(int))
    assert np.abs(shown[0] - shown[1]).mean() < 6
