"""The one place that imports ``sounddevice``, which binds PortAudio. Either may be missing."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from realtime_fer.core.errors import SourceError, reason_of

# PortAudio lists the devices once, when it starts; to list them anew it is started anew, which ends every stream.
_lock = threading.RLock()
_open_streams = 0


def portaudio() -> Any:
    """The module ``sounddevice``.

    Raises:
        SourceError: it is missing, or PortAudio is.
    """
    # Else PortAudio, which lists the devices, makes libjack start a sound server where none runs, and wait for it;
    # once that crashed the process.
    os.environ.setdefault("JACK_NO_START_SERVER", "1")
    try:
        import sounddevice
    except ImportError as error:
        raise SourceError(
            "The package 'sounddevice' is missing, so no sound can be recorded.", "Run: pip install sounddevice"
        ) from error
    except OSError as error:
        raise SourceError(
            "The sound library PortAudio is missing, so no sound can be recorded.",
            "On Debian and Ubuntu this installs it: sudo apt install libportaudio2",
        ) from error
    return sounddevice


@contextmanager
def devices_now(anew: bool = True) -> Iterator[Any]:
    """The module, with the devices that are plugged in now, for as long as no other thread lists them anew.

    Args:
        anew: lists the devices first, a quarter of a second; otherwise they are those of the last time.

    Raises:
        SourceError: as ``portaudio``, or no device can be listed.
    """
    library = portaudio()
    with _lock:
        if anew and not _open_streams:
            try:
                library._terminate()
                library._initialize()
            except library.PortAudioError as error:
                raise SourceError("The sound devices cannot be listed ({reason}).", reason=reason_of(error)) from error
        yield library


def stream_opened() -> None:
    """Called within ``devices_now``: until ``stream_closed``, PortAudio is not started anew."""
    global _open_streams
    _open_streams += 1


def stream_closed() -> None:
    global _open_streams
    with _lock:
        _open_streams -= 1
