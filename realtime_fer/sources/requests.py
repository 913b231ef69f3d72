"""From the word a person gives to a source: 'demo', '0', a camera's name, a file, a folder, an address."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from realtime_fer.core.addresses import shown_address
from realtime_fer.core.errors import SourceError
from realtime_fer.core.protocols import FrameSource
from realtime_fer.core.translation import Wording
from realtime_fer.sources.address import SCHEMES, AddressSource
from realtime_fer.sources.camera import CameraSource
from realtime_fer.sources.cameras import CameraDescription, list_cameras
from realtime_fer.sources.demo import DemoSource
from realtime_fer.sources.images import IMAGE_SUFFIXES, ImageFolderSource
from realtime_fer.sources.video_file import VideoFileSource

_PICTURE_BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"BM", b"II*\x00", b"MM\x00*")


def open_request(request: str, *, width: int = 0, height: int = 0, fps: int = 0) -> FrameSource:
    """The source that ``request`` means, not yet open: ``open`` belongs to the thread that reads it.

    Args:
        request: 'auto', 'demo', a camera's number, device path or name, an address, a folder, a picture or a video.
        width, height, fps: asked of a camera, and the demo's; 0 leaves them.

    Raises:
        SourceError: it means nothing that is there.
    """
    word = request.strip()
    if word.casefold() == "auto":
        word = resolve_auto()[0]
    if word.casefold() == "demo":
        return _demo(width, height, fps)
    if word.isascii() and word.isdigit():
        return _camera(int(word), width, height, fps)
    if word.startswith("/dev/video"):
        return CameraSource(word, width, height, fps, name=_camera_name(word))
    if _is_address(word):
        return AddressSource(word)
    path = file_of(request)
    if path is not None and os.path.isdir(path):
        return ImageFolderSource(path)
    if path is not None and os.path.isfile(path):
        return ImageFolderSource(path) if _is_picture(path) else VideoFileSource(path)
    for camera in list_cameras():
        if word.casefold() in (camera.name.casefold(), camera.path.casefold()):
            return CameraSource(camera.index, width, height, fps, name=camera.name)
    raise SourceError(
        "There is no file, camera or address '{word}'.",
        "Give a file, a folder of pictures, a camera's number, an rtsp:// or http:// address, or 'demo'.",
        word=shown_address(word),
    )


def file_of(request: str) -> Path | None:
    """The file or folder that ``open_request`` would read; None where the word means something else or nothing."""
    word = request.strip()
    if word.casefold() in ("", "auto", "demo") or (word.isascii() and word.isdigit()):
        return None
    if word.startswith("/dev/video") or _is_address(word):
        return None
    if word.lower().startswith("file://"):
        path = Path(_path_of(word))
    else:
        path = Path(os.path.expanduser(request) if request.startswith("~") else request)
    return path if os.path.exists(path) else None


def plain_request(source: FrameSource, request: str) -> str:
    """What ``request`` is called where one source must have one name: a camera's number or path, 'demo', or itself.

    Args:
        source: what ``open_request`` made of it.
    """
    if isinstance(source, CameraSource):
        return source.request
    return "demo" if isinstance(source, DemoSource) else request


class CameraNumbers:
    """Remembers which camera a number meant when a person chose it, for as long as they choose none anew.

    One that is plugged in again may have another number. Where numbers are compact (Windows, macOS), another camera
    has the number of one that was unplugged: the camera's name is followed, not the number. Any thread may call it.
    """

    def __init__(self) -> None:
        self._known: dict[str, _KnownCamera] = {}
        self._chosen: set[str] = set()

    def choose(self, request: str) -> None:
        """A person chose ``request``: a number means the camera that has it now. Returns at once."""
        self._chosen.add(request)

    def now(self, request: str) -> str:
        """``request``, or the number under which its camera came back.

        Raises:
            SourceError: another camera has the number, and its own is not there.
        """
        if not (request.isascii() and request.isdigit()):
            return request
        listed = {str(camera.index): camera for camera in list_cameras()}
        chosen = request in self._chosen
        self._chosen.discard(request)
        if request in listed and (chosen or request not in self._known):
            self._known[request] = _KnownCamera.of(listed[request], listed.values())
        known = self._known.get(request)
        if known is None:
            return request
        found = known.among(listed.values())
        if found is not None:
            return str(found.index)
        if request in listed:
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


def resolve_auto() -> tuple[str, str]:
    """What 'auto' means now: the request, and a sentence for the person where it is not a camera, else ''."""
    cameras = list_cameras()
    if cameras:
        return str(cameras[0].index), ""
    return (
        "demo",
        Wording("Source", "No camera was found, so the demo is playing. Connect a camera and choose it under Source."),
    )


def _is_address(word: str) -> bool:
    scheme, separator, _ = word.partition("://")
    return bool(separator) and scheme.lower() in SCHEMES


def _path_of(url: str) -> str:
    """Of a file:// address; '' where it is none."""
    try:
        return unquote(urlsplit(url).path)
    except ValueError:
        return ""


def _demo(width: int, height: int, fps: int) -> DemoSource:
    """Where one side is left open, it follows from the other as 16:9, even as films need it."""
    width, height = width or round(height * 8 / 9) * 2 or 1280, height or round(width * 9 / 32) * 2 or 720
    try:
        return DemoSource(width, height, fps or 30)
    except ValueError:
        raise SourceError(
            "The demo cannot be {width}x{height} pixels.", "Ask for 64x64 or more.", width=width, height=height
        ) from None


def _camera(index: int, width: int, height: int, fps: int) -> CameraSource:
    named = {camera.index: camera.name for camera in list_cameras()}
    return CameraSource(index, width, height, fps, name=named.get(index, ""))


def _camera_name(path: str) -> str:
    return next((camera.name for camera in list_cameras() if camera.path == path), "")


def _is_picture(path: Path) -> bool:
    """By the file's first bytes; by its ending where they say nothing."""
    try:
        with path.open("rb") as file:
            beginning = file.read(16)
    except OSError:
        beginning = b""
    if beginning.startswith(_PICTURE_BEGINNINGS) or (beginning[:4] == b"RIFF" and beginning[8:12] == b"WEBP"):
        return True
    known_video = beginning[4:8] == b"ftyp" or beginning[:4] in (b"\x1aE\xdf\xa3", b"RIFF", b"GIF8")
    return path.suffix.lower() in IMAGE_SUFFIXES and not known_video
