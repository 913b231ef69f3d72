"""Films of numbered frames in many forms, and what their frames are, for tests of seeking."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av

from realtime_fer.core.frame import SourceFrame
from realtime_fer.sources import VideoFileSource

from .clips import drain, number_of, write_numbered

B_FRAMES = {"bf": "3", "preset": "medium", "crf": "20"}
_UNEVEN = [
    0,
    1,
    2,
    3,
    4,
    30,
    31,
    32,
    33,
    75,
    76,
    78,
    79,
    83,
    84,
    85,
    86,
    87,
    88,
    140,
    141,
    142,
    143,
    144,
    160,
    161,
    300,
]


def x264(**options: object) -> dict[str, str]:
    return B_FRAMES | {"x264-params": ":".join(f"{key.replace('_', '-')}={value}" for key, value in options.items())}


#: Each writes a film of numbered frames.
FILMS: dict[str, Callable[[Path], Path]] = {
    "B-frames": lambda p: write_numbered(p / "a.mp4", range(60), options=B_FRAMES),
    "pyramid of B-frames": lambda p: write_numbered(p / "a.mkv", range(60), options=x264(b_pyramid="normal", ref=4)),
    "open groups": lambda p: write_numbered(p / "a.mp4", range(60), options=x264(open_gop=1)),
    "open groups, broadcast": lambda p: write_numbered(p / "a.ts", range(60), options=x264(open_gop=1)),
    "intra refresh": lambda p: write_numbered(p / "a.mkv", range(60), options=x264(intra_refresh=1)),
    "one key frame": lambda p: write_numbered(p / "a.mp4", range(250), options=x264(scenecut=0), key_every=250),
    "variable rate": lambda p: write_numbered(p / "a.mkv", _UNEVEN, options=B_FRAMES),
    "variable rate of a telephone": lambda p: write_numbered(
        p / "a.mp4", [i * 3003 + i * 577 % 1999 for i in range(60)], options=B_FRAMES, unit=Fraction(1, 90000)
    ),
    "late start": lambda p: write_numbered(p / "a.mkv", range(250, 310), options=B_FRAMES),
    "late start, MP4": lambda p: write_numbered(p / "a.mp4", range(250, 310), options=B_FRAMES),
    "MPEG-TS": lambda p: write_numbered(p / "a.ts", range(60), options=B_FRAMES),
    "MPEG-2 programme": lambda p: write_numbered(p / "a.mpg", range(60), codec="mpeg2video", options={"bf": "2"}),
    "WebM": lambda p: write_numbered(p / "a.webm", range(40), codec="libvpx", options={"deadline": "realtime"}),
    "WebM with hidden frames": lambda p: write_numbered(
        p / "a.webm", range(40), codec="libvpx-vp9", options={"deadline": "good", "cpu-used": "8", "auto-alt-ref": "1"}
    ),
    "AVI": lambda p: write_numbered(p / "a.avi", range(60), codec="mpeg4", options={"bf": "2"}),
    "Flash": lambda p: write_numbered(p / "a.flv", range(60), options=B_FRAMES),
    "Windows Media": lambda p: write_numbered(p / "a.wmv", range(60), codec="wmv2"),
    "raw H.264": lambda p: write_numbered(p / "a.h264", range(40), options=B_FRAMES, kind="h264"),
    "raw MPEG-4": lambda p: write_numbered(p / "a.m4v", range(40), codec="mpeg4", kind="m4v"),
    "fragments without an index": lambda p: write_fragments(p / "a.mp4"),
    "matroska without an index": lambda p: without_cues(write_numbered(p / "a.mkv", range(60), options=B_FRAMES)),
    "two recordings joined": lambda p: joined(p),
    "cut between key frames": lambda p: cut_begin(p),
}


def write_fragments(path: Path) -> Path:
    with av.open(str(path), "w", options={"movflags": "frag_keyframe+empty_moov"}) as container:
        source = write_numbered(path.with_name("whole.mp4"), range(60), options=B_FRAMES)
        with av.open(str(source)) as whole:
            stream = container.add_stream_from_template(whole.streams.video[0])
            for packet in whole.demux(video=0):
                if packet.size:
                    packet.stream = stream
                    container.mux(packet)
    return path


def without_cues(path: Path) -> Path:
    content = path.read_bytes()
    assert b"\x1c\x53\xbb\x6b" in content
    # 'Void' of the same length: players skip it.
    path.write_bytes(content.replace(b"\x1c\x53\xbb\x6b", b"\x1c\x53\xbb\x6c"))
    return path


def joined(folder: Path) -> Path:
    """The time stamps of the second half begin anew."""
    whole = write_numbered(folder / "whole.ts", range(60), options=B_FRAMES)
    path = folder / "joined.ts"
    path.write_bytes(whole.read_bytes() * 2)
    return path


def cut_begin(folder: Path) -> Path:
    content = write_numbered(folder / "whole.ts", range(60), options=B_FRAMES).read_bytes()
    path = folder / "cut.ts"
    # The programme's tables stay.
    path.write_bytes(content[: 3 * 188] + content[len(content) // 3 // 188 * 188 :])
    return path


def shown(frame: SourceFrame | None) -> tuple[int, float] | None:
    if frame is None:
        return None
    assert frame.media_time_s is not None
    return number_of(frame.image_bgr), frame.media_time_s


def listed(path: Path) -> list[tuple[int, float]]:
    """Number and time of every frame, read from the start."""
    source = VideoFileSource(path)
    source.open()
    taken: list[SourceFrame] = []
    drain(source, taken)
    source.close()
    return [pair for frame in taken if (pair := shown(frame)) is not None]
