"""Decoded frames as images: the one place that decides on a video's turn, pixel shape and colours."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream

from realtime_fer.core.frame import Image
from realtime_fer.core.picture_size import is_too_large
from realtime_fer.sources.display.orientation import orientation_of
from realtime_fer.sources.display.tone_mapping import ToneMap, colour_kind_of

#: Pixels of another shape are a damaged header's.
_MOST_ASPECT = 4.0

#: A smaller part of the width is not worth the blur.
_LEAST_CHANGE = 0.005


class FrameConverter:
    """Turns the frames of one stream into images, as players show them.

    >>> converter = FrameConverter(stream)
    >>> converter.image_of(frame).shape
    (576, 1024, 3)

    Used by one thread.

    Args:
        stream: of which a frame was decoded already: some formats tell the shape of their pixels only there.
    """

    def __init__(self, stream: VideoStream) -> None:
        self.pixel_aspect = pixel_aspect_of(stream)
        self._tones: ToneMap | None = None
        # A new one for each frame, as ``VideoFrame.to_ndarray`` makes, plans the conversion and starts threads anew.
        self._reformatter = VideoReformatter()

    def image_of(self, frame: VideoFrame) -> Image:
        """uint8 (h, w, 3) BGR: upright, square pixels, BT.709.

        Raises:
            av.error.FFmpegError, ValueError: FFmpeg cannot convert it.
        """
        width, height = square_size(frame.width, frame.height, self.pixel_aspect)
        kind = colour_kind_of(frame)
        if not kind.is_plain:
            if self._tones is None or self._tones.key != (kind, width, height):
                self._tones = ToneMap(kind, width, height)
            image = self._tones.image_of(frame)
        else:
            image = _image_in(self._reformatter.reformat(frame, format="bgr24", width=width, height=height, threads=1))
        return np.ascontiguousarray(orientation_of(frame).apply(image))


def _image_in(frame: VideoFrame) -> Image:
    """The pixels of a frame in BGR, not copied: they live as long as the array. Its rows may have a few bytes more."""
    plane: Any = frame.planes[0]
    rows = np.frombuffer(plane, np.uint8).reshape(frame.height, plane.line_size)
    return rows[:, : 3 * frame.width].reshape(frame.height, frame.width, 3)


def pixel_aspect_of(stream: VideoStream) -> Fraction:
    """Width of a pixel for its height: the container's word, else the codec's; 1 if neither tells."""
    aspect = stream.sample_aspect_ratio or stream.codec_context.sample_aspect_ratio
    return Fraction(aspect) if aspect and 1 / _MOST_ASPECT <= aspect <= _MOST_ASPECT else Fraction(1)


def square_size(width: int, height: int, pixel_aspect: Fraction) -> tuple[int, int]:
    """Width and height with square pixels: the height stays, as in most players."""
    square = max(1, round(width * pixel_aspect))
    if abs(square - width) < _LEAST_CHANGE * width or is_too_large(square, height):
        return width, height
    return square, height
