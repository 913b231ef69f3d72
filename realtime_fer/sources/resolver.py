"""Resolves what a person asked for to a source: 'demo', '0', a camera's name, a file, a folder, an address."""

from __future__ import annotations

import os
from dataclasses import replace

from realtime_fer.core.errors import SourceError
from realtime_fer.core.protocols import FrameSource
from realtime_fer.core.request import DEMO, Kind, SourceRequest, is_animation, is_picture
from realtime_fer.core.text.addresses import shown_address
from realtime_fer.core.text.translation import Wording
from realtime_fer.sources.address import AddressSource
from realtime_fer.sources.animation import AnimationSource
from realtime_fer.sources.camera import CameraSource
from realtime_fer.sources.cameras import Cameras, listed_once
from realtime_fer.sources.demo.source import DemoSource
from realtime_fer.sources.images import ImageFolderSource
from realtime_fer.sources.video_file import VideoFileSource


def source_for(
    request: SourceRequest, *, width: int = 0, height: int = 0, fps: int = 0, cameras: Cameras | None = None
) -> FrameSource:
    """The source that ``request`` means, not open: the thread that reads it opens it.

    >>> source = source_for(request_of("demo"), width=640)
    >>> source.open()
    >>> source.read().image_bgr.shape
    (360, 640, 3)
    >>> source.close()

    Args:
        width, height, fps: requested of a camera or the demo; 0 keeps theirs.
        cameras: lists those that are connected; None is ``list_cameras``.

    Raises:
        SourceError: there is nothing that it means.
    """
    listed = cameras or listed_once()
    if request.kind is Kind.AUTO:
        request = resolve_auto(listed)[0]
    word = request.value
    if request.kind is Kind.DEMO:
        return _demo(width, height, fps)
    if request.kind is Kind.CAMERA_NUMBER:
        named = {camera.index: camera.name for camera in listed()}
        return CameraSource(int(word), width, height, fps, name=named.get(int(word), ""))
    if request.kind is Kind.CAMERA_DEVICE:
        device = next((camera.name for camera in listed() if camera.path == word), "")
        return CameraSource(word, width, height, fps, name=device)
    if request.kind is Kind.ADDRESS:
        return AddressSource(word)
    path = request.path
    if path is not None and os.path.isdir(path):
        return ImageFolderSource(path)
    if path is not None and os.path.isfile(path):
        if is_animation(path):
            return AnimationSource(path)
        return ImageFolderSource(path) if is_picture(path) else VideoFileSource(path, request.track)
    for camera in listed():
        if word.casefold() in (camera.name.casefold(), camera.path.casefold()):
            return CameraSource(camera.index, width, height, fps, name=camera.name)
    raise SourceError(
        "There is no file, camera or address '{word}'.",
        "Give a file, a folder of pictures, a camera's number, an rtsp:// or http:// address, or 'demo'.",
        word=shown_address(word),
    )


def plain_request(source: FrameSource, request: SourceRequest) -> SourceRequest:
    """The one request that stands for a source: a camera's number or path, 'demo', or ``request`` itself.

    A FILE that is a picture becomes a PICTURE.

    Args:
        source: from ``source_for(request)``.
    """
    if isinstance(source, CameraSource):
        return source.request
    if isinstance(source, DemoSource):
        return DEMO
    if isinstance(source, ImageFolderSource) and request.kind is Kind.FILE:
        return replace(request, kind=Kind.PICTURE)
    return request


def resolve_auto(cameras: Cameras | None = None) -> tuple[SourceRequest, str]:
    """What 'auto' means now: the request, and a sentence for people if it is not a camera, else ''."""
    listed = (cameras or listed_once())()
    if listed:
        return SourceRequest(Kind.CAMERA_NUMBER, str(listed[0].index)), ""
    return (
        DEMO,
        Wording("Source", "No camera was found, so the demo is playing. Connect a camera and choose it under Source."),
    )


def _demo(width: int, height: int, fps: int) -> DemoSource:
    """A side that is 0 follows from the other as 16:9, and is even, as videos need it."""
    width, height = width or round(height * 8 / 9) * 2 or 1280, height or round(width * 9 / 32) * 2 or 720
    try:
        return DemoSource(width, height, fps or 30)
    except ValueError:
        raise SourceError(
            "The demo cannot be {width}x{height} pixels.", "Ask for 64x64 or more.", width=width, height=height
        ) from None
