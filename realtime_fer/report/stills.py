"""The report's images: faces at their peaks, cut from the video, and the session's snapshots."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from pathlib import Path

import av
import cv2
import numpy as np
from av.container import InputContainer
from av.video.frame import VideoFrame

from realtime_fer.core.frame import Image
from realtime_fer.core.geometry import fitted_place
from realtime_fer.core.picture_size import MAX_PIXELS, is_too_large
from realtime_fer.report.figures import Peak, PersonFigures
from realtime_fer.report.frame_sizes import FrameSizes

#: Bounds of the page's size: at about 15 KB a face and 60 KB a snapshot, under 2 MB of images.
MAX_STILLS = 40
MAX_A_PERSON = 5
MAX_SNAPSHOTS = 8
_STILL_PX = 200
_SNAPSHOT_PX = 720
_MAX_SNAPSHOT_BYTES = 60_000_000
_QUALITY = 82
# The video has a key frame every second: up to this distance reading on is quicker than seeking.
_READ_ON_S = 3.0
_MARGIN = 0.45

_READ_ERRORS = (OSError, av.FFmpegError, ValueError)


def peaks_to_show(people: Sequence[PersonFigures]) -> list[Peak]:
    """The peaks of the people given, each person's longest expressions first, until the bound is reached."""
    chosen: list[Peak] = []
    for rank in range(MAX_A_PERSON):
        for person in people:
            if rank < len(person.peaks) and len(chosen) < MAX_STILLS:
                chosen.append(person.peaks[rank])
    return chosen


def stills_of(video: Path, peaks: Sequence[Peak], sizes: FrameSizes) -> dict[Peak, str]:
    """Each peak's face as a ``data:`` address of a JPEG.

    A face is left out where its frame cannot be read, or where the frame's size is not known: the crop would show
    something else.
    """
    made: dict[Peak, str] = {}
    try:
        with av.open(str(video)) as container:
            size = container.streams.video[0].codec_context
            if is_too_large(size.width, size.height):
                return made
            size.options = {**size.options, "max_pixels": str(MAX_PIXELS)}
            reader = _VideoReader(container)
            for peak in sorted(peaks, key=lambda peak: peak.time_s):
                image = reader.at(peak.time_s)
                face = None if image is None else _face(image, peak, sizes)
                if face is not None:
                    made[peak] = face
    except (*_READ_ERRORS, IndexError):
        return made
    return made


class _VideoReader:
    """Frames of a video by time; quick where the times rise."""

    def __init__(self, container: InputContainer) -> None:
        self._container = container
        self._stream = container.streams.video[0]
        self._frames: Iterator[VideoFrame] = iter(())
        self._now_s: float | None = None
        self._image: Image | None = None

    def at(self, time_s: float) -> Image | None:
        """uint8 (h, w, 3) BGR of the frame at ``time_s`` or the next; None after the last."""
        # The CSV's seconds have five digits, the video's ticks last 1/90000 s: a millisecond is no difference.
        wanted_s = time_s - 1e-3
        if self._now_s is not None and wanted_s <= self._now_s <= time_s + 1e-3:
            return self._image
        if self._now_s is None or not 0 <= time_s - self._now_s <= _READ_ON_S:
            self._container.seek(max(0, int(wanted_s * av.time_base)))
            self._frames = self._container.decode(self._stream)
        for frame in self._frames:
            self._now_s = float(frame.time or 0.0)
            if self._now_s >= wanted_s:
                self._image = np.asarray(frame.to_ndarray(format="bgr24"), np.uint8)
                return self._image
        self._now_s = self._image = None
        return None


def snapshots_of(folder: Path) -> list[tuple[str, str]]:
    """Name and ``data:`` address of the session's snapshots, made smaller, in the order of their names."""
    made = []
    for path in sorted(folder.glob("*.png"))[:MAX_SNAPSHOTS]:
        image = picture_of(path, _SNAPSHOT_PX)
        if image is not None:
            made.append((path.name, _address(image)))
    return made


def picture_of(path: Path, most_px: int) -> Image | None:
    """uint8 (h, w, 3) BGR of a picture's file, no side above ``most_px``; None where it cannot be read."""
    try:
        if path.stat().st_size > _MAX_SNAPSHOT_BYTES:
            return None
        image = cv2.imdecode(np.fromfile(path, np.uint8), cv2.IMREAD_COLOR)
    except (OSError, ValueError, cv2.error):
        return None
    return None if image is None else _no_larger(np.asarray(image, np.uint8), most_px)


def frame_of(video: Path, time_s: float, most_px: int) -> Image | None:
    """uint8 (h, w, 3) BGR of the video's frame at that time, or of its first one, no side above ``most_px``.

    None where none can be read.
    """
    try:
        with av.open(str(video)) as container:
            size = container.streams.video[0].codec_context
            if is_too_large(size.width, size.height):
                return None
            size.options = {**size.options, "max_pixels": str(MAX_PIXELS)}
            reader = _VideoReader(container)
            image = reader.at(time_s)
            if image is None and time_s:
                image = reader.at(0.0)
    except (*_READ_ERRORS, IndexError):
        return None
    return None if image is None else _no_larger(image, most_px)


def _face(image: Image, peak: Peak, sizes: FrameSizes) -> str | None:
    video_h, video_w = image.shape[:2]
    size = sizes.at(peak.frame, peak.time_s, (video_w, video_h))
    if size is None:
        return None
    left, top, width, height = fitted_place(*size, video_w, video_h)
    across, down = width / size[0], height / size[1]
    x, y, w, h = peak.xywh
    return _cut(image, (left + x * across, top + y * down, w * across, h * down))


def _cut(image: Image, xywh: tuple[float, float, float, float]) -> str | None:
    x, y, w, h = xywh
    side = max(w, h) * (1 + 2 * _MARGIN)
    left, top = x + w / 2 - side / 2, y + h / 2 - side / 2
    x1, y1 = max(0, round(left)), max(0, round(top))
    x2, y2 = min(image.shape[1], round(left + side)), min(image.shape[0], round(top + side))
    if x2 - x1 < 8 or y2 - y1 < 8:
        return None
    return _address(_no_larger(image[y1:y2, x1:x2], _STILL_PX))


def _no_larger(image: Image, px: int) -> Image:
    scale = px / max(image.shape[:2])
    if scale >= 1:
        return np.ascontiguousarray(image)
    size = (max(1, round(image.shape[1] * scale)), max(1, round(image.shape[0] * scale)))
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def _address(image: Image) -> str:
    encoded, jpeg = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not encoded:
        raise ValueError("the picture cannot be turned into a JPEG")
    return "data:image/jpeg;base64," + base64.b64encode(jpeg.tobytes()).decode("ascii")
