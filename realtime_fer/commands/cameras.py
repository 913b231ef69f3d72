"""``realtime-fer cameras``: lists the cameras of this computer."""

from __future__ import annotations

from dataclasses import asdict

from realtime_fer.core.text.printable import say, say_json


def cameras(*, as_json: bool) -> int:
    """Returns exit code 0."""
    from realtime_fer.sources import list_cameras

    found = list_cameras()
    if as_json:
        say_json({"cameras": [asdict(camera) for camera in found]})
        return 0
    for camera in found:
        say(f"{camera.index}: {camera.name} {camera.path}".rstrip())
    if not found:
        say("No camera was found. Connect one, or use: realtime-fer --source demo")
    return 0
