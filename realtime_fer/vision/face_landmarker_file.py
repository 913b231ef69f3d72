"""Google's ``face_landmarker.task``, which has the networks for blendshapes: where it lies, and how it gets there.

It is optional (Apache-2.0, by its model cards). Only Google serves it, so it is fetched only when a person asks for it;
the address is the one on MediaPipe's page of the Face Landmarker
(https://ai.google.dev/edge/mediapipe/solutions/vision/face_landmarker).
"""

from __future__ import annotations

import hashlib
import http.client
import urllib.request
from collections.abc import Callable
from pathlib import Path

from realtime_fer.core.errors import DetectorError, reason_of
from realtime_fer.core.system.bounded_files import read_regular
from realtime_fer.vision.network_files import cache_folder, place

FACE_LANDMARKER = "face_landmarker.task"
ADDRESS = (
    "https://storage.googleapis.com/mediapipe-models/face_landmarker/face_landmarker/float16/1/face_landmarker.task"
)
SHA256 = "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff"
HINT = "Run: realtime-fer fetch-detectors --blendshapes"

_TIMEOUT_S = 60
#: The file takes 3.8 MB.
_MAX_BYTES = 16_000_000


def find_face_landmarker() -> Path:
    """The file, present and with the right SHA-256.

    Raises:
        DetectorError: missing, unreadable or damaged; the hint says how to get it.
    """
    path = cache_folder() / FACE_LANDMARKER
    try:
        content = read_regular(path, _MAX_BYTES)
    except FileNotFoundError:
        raise DetectorError(
            "Google's file for blendshapes, {name}, is not on this computer.", HINT, name=FACE_LANDMARKER
        ) from None
    except OSError as error:
        raise DetectorError(
            "The file for blendshapes, {path}, cannot be read: {reason}.", HINT, path=path, reason=reason_of(error)
        ) from error
    if not _is_right(content):
        raise DetectorError("The file for blendshapes, {path}, is damaged (SHA-256 differs).", HINT, path=path)
    return path


def fetch_face_landmarker(
    report: Callable[[str], object] = print, *, file: Path | None = None, address: str = ADDRESS
) -> Path:
    """Brings the file into the cache; does nothing where it is there and right.

    Args:
        report: takes one sentence for a person.
        file: a copy on this computer, so that nobody is contacted.
        address: of the file; for tests.

    Returns:
        Its path.

    Raises:
        DetectorError: no network, no room, or what came is not the expected file.
    """
    # A file that a person names is looked at, whatever the cache holds.
    content = None if file is None else _read(file)
    if content is None:
        try:
            return find_face_landmarker()
        except DetectorError:
            content = _downloaded(report, address)
    if not _is_right(content):
        raise DetectorError(
            "'{source}' is not the expected file for blendshapes (SHA-256 differs).", source=file or address
        )
    try:
        place(FACE_LANDMARKER, content)
    except OSError as error:
        raise DetectorError(
            "The file for blendshapes cannot be stored in {folder}: {reason}.",
            folder=cache_folder(),
            reason=reason_of(error),
        ) from error
    path = find_face_landmarker()
    report(f"The file for blendshapes is in {cache_folder()}.")
    return path


def _is_right(content: bytes) -> bool:
    return hashlib.sha256(content).hexdigest() == SHA256


def _read(file: Path) -> bytes:
    try:
        return read_regular(file, _MAX_BYTES)
    except OSError as error:
        raise DetectorError("'{path}' cannot be read: {reason}.", path=file, reason=reason_of(error)) from error


def _downloaded(report: Callable[[str], object], address: str) -> bytes:
    report(f"Contacting Google for the blendshape networks, 3.8 MB: {address}")
    try:
        with urllib.request.urlopen(address, timeout=_TIMEOUT_S) as answer:
            return bytes(answer.read(_MAX_BYTES + 1))
    except (OSError, http.client.HTTPException) as error:
        reason = reason_of(getattr(error, "reason", None) or error) if isinstance(error, OSError) else str(error)
        raise DetectorError(
            "The file for blendshapes could not be fetched from Google ({reason}).",
            "Check the network connection, or fetch it elsewhere and give it with: "
            "realtime-fer fetch-detectors --blendshapes --from FILE",
            reason=reason or type(error).__name__,
        ) from error
