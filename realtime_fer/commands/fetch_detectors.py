"""``realtime-fer fetch-detectors``: downloads the face detector's files, or those for blendshapes, into the cache."""

from __future__ import annotations

from pathlib import Path

from realtime_fer.core.errors import DetectorError
from realtime_fer.core.text.printable import say


def fetch_detectors(*, blendshapes: bool = False, file: str | None = None) -> int:
    """Returns exit code 0.

    Args:
        blendshapes: fetches Google's file for blendshapes instead of the face detector's.
        file: with ``blendshapes``, a copy of it; then nobody is contacted.

    Raises:
        DetectorError: nothing can be reached, or a file is not the expected one.
    """
    if file is not None and not blendshapes:
        raise DetectorError("--from is only for --blendshapes.")
    if blendshapes:
        from realtime_fer.vision.face_landmarker_file import fetch_face_landmarker

        paths = [fetch_face_landmarker(say, file=None if file is None else Path(file))]
    else:
        from realtime_fer.vision.network_files import fetch

        paths = fetch()
    for path in paths:
        say(f"Ready: {path}")
    return 0
