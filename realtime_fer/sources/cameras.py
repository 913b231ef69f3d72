"""Which cameras are connected, by name, and which one a number means."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache

# Read by OpenCV when it is loaded or opens a camera: quiet on stderr, no slow start on Windows' Media Foundation,
# and a camera that went silent is noticed after 3 s, not 10.
os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "3")

import cv2

from realtime_fer.core.errors import SourceError
from realtime_fer.core.request import Kind, SourceRequest
from realtime_fer.core.text.translation import Wording

_BACKENDS: dict[str, int] = {"linux": cv2.CAP_V4L2, "win32": cv2.CAP_DSHOW, "darwin": cv2.CAP_AVFOUNDATION}

_BACKEND_NAMES = {
    cv2.CAP_V4L2: "V4L2",
    cv2.CAP_DSHOW: "DirectShow",
    cv2.CAP_AVFOUNDATION: "AVFoundation",
    cv2.CAP_ANY: "any",
}


@dataclass(frozen=True)
class CameraDescription:
    """One camera.

    Attributes:
        index: as OpenCV and ``--source`` count, on this system's backend.
        name: as its maker calls it.
        path: the system's own, such as '/dev/video0'; '' where it has none.
        backend: 'V4L2', 'DirectShow' or 'AVFoundation'.
    """

    index: int
    name: str
    path: str
    backend: str


#: Gives the cameras that are there. To list them takes seconds on some machines: who needs them more than once for
#: one opening hands on what remembers them.
Cameras = Callable[[], list[CameraDescription]]


def silence_opencv() -> None:
    """No OpenCV warnings on stderr: what goes wrong with a camera is told as a SourceError."""
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


def camera_backend() -> int:
    """OpenCV's backend for this system's cameras; cameras are counted alike by listing and by opening."""
    return _BACKENDS.get(sys.platform, int(cv2.CAP_ANY))


def list_cameras() -> list[CameraDescription]:
    """All cameras that can film, by index; [] where there is none or the system does not tell. Never raises."""
    silence_opencv()
    backend = camera_backend()
    try:
        from cv2_enumerate_cameras import enumerate_cameras  # type: ignore[import-untyped, unused-ignore]

        found = list(enumerate_cameras(backend))
    except Exception:
        # A program without a camera is usable, so whatever the system's driver layer throws means "none".
        return []
    cameras: dict[int, CameraDescription] = {}
    for camera in found:
        name = str(camera.name or "").strip() or Wording("Source", "Camera {number}", number=camera.index)
        path = str(camera.path or "")
        cameras.setdefault(camera.index, CameraDescription(camera.index, name, path, _BACKEND_NAMES[backend]))
    return [cameras[index] for index in sorted(cameras)]


def listed_once() -> Cameras:
    """Lists them when it is first asked, and gives the same ones from then on."""
    return cache(lambda: list_cameras())


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
