"""Which cameras are connected, by name, and which one a number means."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache

# OpenCV reads these when it is loaded or opens a camera: no output on stderr, no slow start of Windows' Media
# Foundation, and a camera that stops delivering is noticed after 3 s, not 10.
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
        name: given by the maker.
        path: of the system, such as '/dev/video0'; '' without one.
        backend: 'V4L2', 'DirectShow' or 'AVFoundation'.
    """

    index: int
    name: str
    path: str
    backend: str


#: Lists the cameras that are connected. That takes seconds on some machines, so whoever needs the list several times
#: to open one source passes ``listed_once()`` on.
Cameras = Callable[[], list[CameraDescription]]


def silence_opencv() -> None:
    """Keeps OpenCV's warnings off stderr: a SourceError says what goes wrong with a camera."""
    cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)


def camera_backend() -> int:
    """OpenCV's backend for this system's cameras; listing and opening count cameras alike."""
    return _BACKENDS.get(sys.platform, int(cv2.CAP_ANY))


def list_cameras() -> list[CameraDescription]:
    """All cameras that capture video, by index; [] if there is none or the system does not tell. Never raises."""
    silence_opencv()
    backend = camera_backend()
    try:
        from cv2_enumerate_cameras import enumerate_cameras  # type: ignore[import-untyped, unused-ignore]

        found = list(enumerate_cameras(backend))
    except Exception:
        # The program is usable without a camera, so whatever the driver layer raises means "none".
        return []
    cameras: dict[int, CameraDescription] = {}
    for camera in found:
        name = str(camera.name or "").strip() or Wording("Source", "Camera {number}", number=camera.index)
        path = str(camera.path or "")
        cameras.setdefault(camera.index, CameraDescription(camera.index, name, path, _BACKEND_NAMES[backend]))
    return [cameras[index] for index in sorted(cameras)]


def listed_once() -> Cameras:
    """Lists the cameras at the first call, and returns the same list from then on."""
    return cache(lambda: list_cameras())


class CameraNumbers:
    """Remembers which camera a number meant when a person chose it, until they choose again.

    A camera that is plugged in again may get another number, and on systems without gaps in the numbers (Windows,
    macOS) another camera gets the number of one that was unplugged. So the name is followed and not the number.

    Any thread may call it.
    """

    def __init__(self) -> None:
        self._known: dict[SourceRequest, _KnownCamera] = {}
        self._chosen: set[SourceRequest] = set()

    def choose(self, request: SourceRequest) -> None:
        """A person chose ``request``: from now on a number means the camera that has it now. Returns at once."""
        self._chosen.add(request)

    def now(self, request: SourceRequest, cameras: Cameras | None = None) -> SourceRequest:
        """``request``, or the number under which its camera came back.

        Args:
            cameras: lists those that are connected; None is ``list_cameras``.

        Raises:
            SourceError: another camera has the number, and its own is not connected.
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
    """A camera, and the paths of others with its name: while they stay connected, it is none of them."""

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
