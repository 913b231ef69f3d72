"""Which cameras are there, by name."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass

# Read by OpenCV when it is loaded or opens a camera: quiet on stderr, no slow start on Windows' Media Foundation,
# and a camera that went silent is noticed after 3 s, not 10.
os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")
os.environ.setdefault("OPENCV_VIDEOIO_V4L_SELECT_TIMEOUT", "3")

import cv2

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
