"""From the word a person gives to a source: 'demo', '0', a camera's name, a file, a folder, an address."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from functools import cache

from realtime_fer.core.errors import SourceError
from realtime_fer.core.protocols import FrameSource
from realtime_fer.core.request import DEMO, Kind, SourceRequest, is_picture
from realtime_fer.core.text.addresses import shown_address
from realtime_fer.core.text.translation import Wording
from realtime_fer.sources.address import AddressSource
from realtime_fer.sources.camera import CameraSource
from realtime_fer.sources.cameras import CameraDescription, list_cameras
from realtime_fer.sources.demo import DemoSource
from realtime_fer.sources.images import ImageFolderSource
from realtime_fer.sources.video_file import VideoFileSource

#: Gives the cameras that are there. To list them takes seconds on some machines: who needs them more than once for
#: one opening hands on what remembers them.
Cameras = Callable[[], list[CameraDescription]]


def listed_once() -> Cameras:
    """Lists them when it is first asked, and gives the same ones from then on."""
    return cache(lambda: list_cameras())


def source_for(
    request: SourceRequest, *, width: int = 0, height: int = 0, fps: int = 0, cameras: Cameras | None = None
) -> FrameSource:
    """The source that ``request`` means, not yet open: ``open`` belongs to the thread that reads it.

    Args:
        width, height, fps: asked of a camera, and the demo's; 0 leaves them.
        cameras: those that are there; None lists them.

    Raises:
        SourceError: it means nothing that is there.
    """
    listed = cameras or list_cameras
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
        return ImageFolderSource(path) if is_picture(path) else VideoFileSource(path)
    for camera in listed():
        if word.casefold() in (camera.name.casefold(), camera.path.casefold()):
            return CameraSource(camera.index, width, height, fps, name=camera.name)
    raise SourceError(
        "There is no file, camera or address '{word}'.",
        "Give a file, a folder of pictures, a camera's number, an rtsp:// or http:// address, or 'demo'.",
        word=shown_address(word),
    )


def plain_request(source: FrameSource, request: SourceRequest) -> SourceRequest:
    """What ``request`` is called where one source must have one name: a camera's number or path, 'demo', or itself.

    A picture is told from a video here.

    Args:
        source: what ``source_for`` made of it.
    """
    if isinstance(source, CameraSource):
        return source.request
    if isinstance(source, DemoSource):
        return DEMO
    if isinstance(source, ImageFolderSource) and request.kind is Kind.FILE:
        return replace(request, kind=Kind.PICTURE)
    return request


class CameraNumbers:
    """Remembers which camera a number meant when a person chose it, for as long as they choose none anew.

    One that is plugged in again may have another number. Where numbers are compact (Windows, macOS), another camera
    has the number of one that was unplugged: the camera's name is followed, not the number. Any thread may call it.
    """

    def __init__(self) -> None:
        self._known: dict[SourceRequest, _KnownCamera] = {}
        self._chosen: set[SourceRequest] = set()

    def choose(self, request: SourceRequest) -> None:
        """A person chose ``request``: a number means the camera that has it now. Returns at once."""
        self._chosen.add(request)

    def now(self, request: SourceRequest, cameras: Cameras | None = None) -> SourceRequest:
        """``request``, or the number under which its camera came back.

        Args:
            cameras: those that are there; None lists them.

        Raises:
            SourceError: another camera has the number, and its own is not there.
        """
        if request.kind is not Kind.CAMERA_NUMBER:
            return request
        listed = {str(camera.index): camera for camera in (cameras or list_cameras)()}
        chosen = request in self._chosen
        self._chosen.discard(request)
        if request.value in listed and (chosen or request not in self._known):
            self._known[request] = _KnownCamera.of(listed[request.value], listed.values())
        known = self._known.get(request)
        if known is None:
            return request
        found = known.among(listed.values())
        if found is not None:
            return SourceRequest(Kind.CAMERA_NUMBER, str(found.index))
        if request.value in listed:
            raise SourceError(
                "There is no camera '{name}'.",
                "Connect one, or choose another source: a video, or the demo.",
                name=known.camera.name,
            )
        return request


@dataclass
class _KnownCamera:
    """A camera, and the paths of others of its name, which it is not as long as they stay."""

    camera: CameraDescription
    others: set[str]

    @classmethod
    def of(cls, camera: CameraDescription, listed: Iterable[CameraDescription]) -> _KnownCamera:
        others = {other.path for other in listed if other.name == camera.name and other.path != camera.path}
        return cls(camera, others)

    def among(self, listed: Collection[CameraDescription]) -> CameraDescription | None:
        self.others &= {other.path for other in listed}
        same = [other for other in listed if other.name == self.camera.name and other.path not in self.others]
        known = self.camera
        return min(same, key=lambda other: (other.path != known.path, other.index != known.index), default=None)


def resolve_auto(cameras: Cameras | None = None) -> tuple[SourceRequest, str]:
    """What 'auto' means now: the request, and a sentence for the person where it is not a camera, else ''."""
    listed = (cameras or list_cameras)()
    if listed:
        return SourceRequest(Kind.CAMERA_NUMBER, str(listed[0].index)), ""
    return (
        DEMO,
        Wording("Source", "No camera was found, so the demo is playing. Connect a camera and choose it under Source."),
    )


def _demo(width: int, height: int, fps: int) -> DemoSource:
    """Where one side is left open, it follows from the other as 16:9, even as films need it."""
    width, height = width or round(height * 8 / 9) * 2 or 1280, height or round(width * 9 / 32) * 2 or 720
    try:
        return DemoSource(width, height, fps or 30)
    except ValueError:
        raise SourceError(
            "The demo cannot be {width}x{height} pixels.", "Ask for 64x64 or more.", width=width, height=height
        ) from None
