"""Webcams and capture cards, through OpenCV."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from typing import Any, Protocol, cast

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import Image, SourceFrame
from realtime_fer.core.request import Kind, SourceRequest
from realtime_fer.core.text.translation import Wording
from realtime_fer.sources.cameras import camera_backend, silence_opencv

# After cameras.py, which sets the environment that OpenCV reads when it is loaded.
import cv2  # isort: skip
import numpy as np  # isort: skip

#: Failed reads in a row after which a camera counts as gone. Single ones happen on a busy USB bus.
FAILED_READS = 5

#: A failed read that took this many seconds was a time-out of the driver: the camera is gone at once.
_SLOW_FAILURE_S = 1.0

#: From this size on, uncompressed frames at 30 fps are more than USB 2 carries.
_MJPG_WIDTH, _MJPG_HEIGHT = 1280, 720


class Capture(Protocol):
    """The part of ``cv2.VideoCapture`` that is used."""

    def isOpened(self) -> bool: ...

    def read(self) -> tuple[bool, Image | None]: ...

    def set(self, propId: int, value: float) -> bool: ...

    def get(self, propId: int) -> float: ...

    def release(self) -> None: ...


def _opencv_capture(camera: int | str, backend: int) -> Capture:
    capture: Any = cv2.VideoCapture(camera, backend)
    return cast(Capture, capture)


class CameraSource:
    """A camera by its number or, on Linux, its device path.

    >>> source = CameraSource(0, width=640, height=480)
    >>> source.open()
    >>> source.read().image_bgr.shape
    (480, 640, 3)
    >>> source.close()

    Args:
        camera: index from 0, or a path such as '/dev/video0'.
        width, height: requested pixels; the camera delivers the nearest size it can. 0 keeps its own.
        fps: requested frames a second; 0 keeps its own.
        name: for people; '' becomes 'Camera 0' or the path.
        open_capture: opens the capture of a camera with one of OpenCV's backends.
        clock: seconds, to time failed reads.

    Opened, read and closed by one thread alone.
    """

    def __init__(
        self,
        camera: int | str,
        width: int = 0,
        height: int = 0,
        fps: float = 0,
        *,
        name: str = "",
        open_capture: Callable[[int | str, int], Capture] = _opencv_capture,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._camera = camera
        self._width, self._height, self._asked_fps = width, height, fps
        self._name = name or (
            Wording("Source", "Camera {number}", number=camera) if isinstance(camera, int) else camera
        )
        self._open_capture = open_capture
        self._clock = clock
        self._capture: Capture | None = None
        self._first: Image | None = None
        self._fps: float | None = None

    @property
    def request(self) -> SourceRequest:
        """The number or path that opens it again."""
        kind = Kind.CAMERA_DEVICE if isinstance(self._camera, str) else Kind.CAMERA_NUMBER
        return SourceRequest(kind, str(self._camera))

    @property
    def device(self) -> str:
        """The device, however it was asked for; only one source can have it open."""
        path = self._device_path()
        return os.path.realpath(path) if path else f"camera {self._camera}"

    @property
    def name(self) -> str:
        return self._name

    @property
    def is_live(self) -> bool:
        return True

    @property
    def fps(self) -> float | None:
        """As the camera reports it; None if it does not."""
        return self._fps

    @property
    def frame_count(self) -> int | None:
        return None

    def open(self) -> None:
        """Opens the camera and waits for its first frame.

        Raises:
            SourceError: there is no such camera, access is denied, or another program uses it.
        """
        self.close()
        silence_opencv()
        self._check_device()
        try:
            capture = self._open_capture(self._camera, camera_backend())
        except cv2.error as error:
            raise self._cannot_open() from error
        if not capture.isOpened():
            capture.release()
            raise self._cannot_open()
        self._capture = capture
        self._ask(capture)
        try:
            self._first = self._grab(capture)
        except SourceError:
            self.close()
            raise SourceError(
                "The camera '{name}' delivers no picture.",
                "Close other programs that may be using it, or unplug it and plug it in again.",
                name=self.name,
            ) from None
        reported_fps = capture.get(cv2.CAP_PROP_FPS)
        # Some drivers report 0, -1 or numbers like 1e6 for an unknown rate.
        self._fps = float(reported_fps) if 1.0 <= reported_fps <= 1000.0 else None

    def read(self) -> SourceFrame | None:
        """The camera's next frame; a camera has no end.

        Raises:
            SourceError: it stopped delivering frames, as when it is unplugged.
        """
        if self._capture is None:
            raise SourceError("The camera '{name}' is not open.", name=self.name)
        image, self._first = self._first, None
        return SourceFrame(self._grab(self._capture) if image is None else image)

    def close(self) -> None:
        self._first = None
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def _ask(self, capture: Capture) -> None:
        if self._width >= _MJPG_WIDTH or self._height >= _MJPG_HEIGHT:
            # Before the size: a driver offers only the sizes of its current format.
            capture.set(cv2.CAP_PROP_FOURCC, float(cv2.VideoWriter.fourcc(*"MJPG")))
        if self._width:
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, float(self._width))
        if self._height:
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, float(self._height))
        if self._asked_fps:
            capture.set(cv2.CAP_PROP_FPS, float(self._asked_fps))
        # At most one frame waits in the driver: one that waits is shown late.
        capture.set(cv2.CAP_PROP_BUFFERSIZE, 1.0)

    def _grab(self, capture: Capture) -> Image:
        for _ in range(FAILED_READS):
            began_s = self._clock()
            try:
                delivered, read = capture.read()
            except Exception:  # Whatever the driver's layer raises means that there is no frame.
                delivered, read = False, None
            image = _as_bgr(read) if delivered else None
            if image is not None:
                return image
            gone = self._device_path() and not os.path.exists(self._device_path())
            if gone or self._clock() - began_s > _SLOW_FAILURE_S:
                break
        raise SourceError(
            "The camera '{name}' stopped delivering pictures.", "Check its cable and plug it in again.", name=self.name
        )

    def _device_path(self) -> str:
        """The device's path on Linux, else ''."""
        if isinstance(self._camera, str):
            return self._camera
        return f"/dev/video{self._camera}" if sys.platform == "linux" else ""

    def _check_device(self) -> None:
        """Refuses what Linux knows to fail before the camera is touched."""
        path = self._device_path()
        if self._open_capture is not _opencv_capture or not path:
            return
        if not os.path.exists(path):
            raise SourceError(
                "There is no camera '{name}'.",
                "Connect one, or choose another source: a video, or the demo.",
                name=self.name,
            )
        if not os.access(path, os.R_OK | os.W_OK):
            raise SourceError(
                "This account may not use the camera '{name}'.",
                "Run 'sudo usermod -aG video $USER' and log in again.",
                name=self.name,
            )

    def _cannot_open(self) -> SourceError:
        hints = {
            "linux": Wording("Source", "Close other programs that may be using it."),
            "darwin": Wording(
                "Source",
                "Connect it, close other programs that use it, and allow this program under "
                "System Settings > Privacy & Security > Camera.",
            ),
            "win32": Wording(
                "Source",
                "Connect it, close other programs that use it, and allow desktop apps under "
                "Settings > Privacy > Camera.",
            ),
        }
        other = Wording("Source", "Connect it and close other programs that may be using it.")
        advice = hints.get(sys.platform, other)
        return SourceError("The camera '{name}' cannot be opened.", advice, name=self.name)


def _as_bgr(read: object) -> Image | None:
    """What a driver delivered as uint8 (h, w, 3) BGR: grey is repeated, alpha left out. None if it is not an image."""
    if not isinstance(read, np.ndarray) or read.dtype != np.uint8 or read.size == 0:
        return None
    if read.ndim == 2:
        read = read[:, :, None]
    if read.ndim != 3 or read.shape[2] not in (1, 3, 4):
        return None
    return np.repeat(read, 3, axis=2) if read.shape[2] == 1 else np.ascontiguousarray(read[:, :, :3])
