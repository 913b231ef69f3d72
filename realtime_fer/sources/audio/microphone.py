"""Microphones by name, and what one of them hears."""

from __future__ import annotations

import re
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np

from realtime_fer.core.errors import SourceError, reason_of
from realtime_fer.core.sound import SYSTEM_MICROPHONE, Microphone, PlayedFile, SoundBlock
from realtime_fer.sources.audio.library import devices_now, portaudio, stream_closed, stream_opened
from realtime_fer.sources.audio.player import FileSoundPlayer

#: Of several sound systems at once, the one whose names are whole and whose devices can be shared.
_PREFERRED_SYSTEM = "Windows WASAPI"

#: What ALSA lists beside microphones: ways to the same ones, and the sound server under its own name.
_NO_MICROPHONES = re.compile(
    r"(sysdefault|front|surround\d*|dmix|dsnoop|iec958|spdif|hdmi|samplerate|speexrate|speex|lavrate|upmix|vdownmix|"
    r"a52|jack|oss|null|usbstream|pulse|pipewire)(:.*)?$"
)

# ALSA's address of a device changes when it is plugged in elsewhere.
_ADDRESS = re.compile(r"\s*\(hw:\d+,\d+\)$")

_BLOCK_S = 0.02

# A stated age of a block beyond this is a fault of its driver.
_OLDEST_S = 2.0


class PortAudioDevices:
    """``SoundDevices`` by PortAudio."""

    def microphones(self) -> list[str]:
        """Their names, ``SYSTEM_MICROPHONE`` first where the system prefers one. Takes up to a second.

        Raises:
            SourceError: the sound library is missing, or it can list no devices.
        """
        with devices_now() as library:
            return list(_microphones(library))

    def prepare(self) -> None:
        """Starts the sound system, so that the first microphone opens sooner. Raises nothing."""
        with suppress(SourceError), devices_now():
            pass

    def microphone(self, name: str) -> Microphone:
        return PortAudioMicrophone(name)

    def play_file(
        self, path: Path, position: Callable[[], float | None], on_ready: Callable[[str | None], None], volume: float
    ) -> PlayedFile:
        return FileSoundPlayer(path, position, on_ready, volume)


class PortAudioMicrophone:
    """One microphone.

    ``open`` and ``close`` are called from one thread; blocks come from PortAudio's.

    Args:
        name: as listed, or ``SYSTEM_MICROPHONE``.
        clock: of the frames.
    """

    def __init__(self, name: str, clock: Callable[[], float] = time.perf_counter) -> None:
        self._name, self._clock = name, clock
        self._stream: Any = None

    @property
    def name(self) -> str:
        return self._name

    def open(self, on_block: Callable[[SoundBlock], None]) -> None:
        """Starts listening.

        Raises:
            SourceError: there is no such microphone, or it cannot be opened.
        """
        try:
            # Listing the devices anew takes the time of the first words.
            self._open(on_block, anew=False)
        except SourceError:
            self._open(on_block, anew=True)

    def _open(self, on_block: Callable[[SoundBlock], None], anew: bool) -> None:
        is_default = self._name == SYSTEM_MICROPHONE
        with devices_now(anew) as library:
            index = _microphones(library).get(self._name)
            if index is None:
                if is_default:
                    raise SourceError("No microphone is connected.")
                raise SourceError("The microphone “{name}” is not connected.", name=self._name)
            device = library.query_devices(index)
            rate = round(device["default_samplerate"])
            times = _CaptureTimes(self._clock)

            def hear(content: Any, frames: int, stamps: Any, _flags: Any) -> None:
                start_s = times.of(stamps.currentTime, stamps.inputBufferAdcTime, frames / rate)
                # Averaged: of an interface with one microphone, either channel may be the one.
                on_block(SoundBlock(content.mean(axis=1, dtype=np.float32), start_s, rate))

            try:
                stream = library.InputStream(
                    device=index,
                    channels=min(2, device["max_input_channels"]),
                    samplerate=rate,
                    blocksize=round(rate * _BLOCK_S),
                    dtype="float32",
                    latency="high",
                    callback=hear,
                )
                stream.start()
            except (library.PortAudioError, ValueError) as error:
                if is_default:
                    raise SourceError(
                        "The default microphone cannot be opened ({reason}).", reason=reason_of(error)
                    ) from error
                raise SourceError(
                    "The microphone “{name}” cannot be opened ({reason}).", name=self._name, reason=reason_of(error)
                ) from error
            self._stream = stream
            stream_opened()

    def close(self) -> None:
        """Once it has returned, no block comes any more."""
        stream, self._stream = self._stream, None
        if stream is not None:
            try:
                stream.close(ignore_errors=True)
            finally:
                stream_closed()


class _CaptureTimes:
    """From PortAudio's clock to that of the frames.

    How far the two are apart is known best where the callback came soonest after PortAudio had read its own clock.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._differences: deque[float] = deque(maxlen=100)

    def of(self, current_s: float, captured_s: float, duration_s: float) -> float:
        """When the first sample was captured.

        Args:
            current_s, captured_s: as PortAudio gives them; some drivers give 0.
        """
        now = self._clock()
        if not (captured_s > 0.0 and 0.0 <= current_s - captured_s <= _OLDEST_S):
            return now - duration_s
        self._differences.append(now - current_s)
        return captured_s + min(self._differences)


def _microphones(library: Any) -> dict[str, int]:
    """PortAudio's number of each microphone by its name, in the order of the list."""
    systems = library.query_hostapis()
    if not systems:
        return {}
    chosen = next((system for system in systems if system["name"] == _PREFERRED_SYSTEM), None)
    if chosen is None:
        chosen = systems[library.default.hostapi]
    found: dict[str, int] = {}
    for index in chosen["devices"]:
        device = library.query_devices(index)
        name = _ADDRESS.sub("", " ".join(str(device["name"]).split()))
        if device["max_input_channels"] and name != SYSTEM_MICROPHONE and not _NO_MICROPHONES.match(name):
            found.setdefault(name, index)
    default = chosen["default_input_device"]
    return ({SYSTEM_MICROPHONE: default} if default >= 0 else {}) | found


def library_version() -> str:
    """Of PortAudio and of its binding.

    Raises:
        SourceError: one of them is missing.
    """
    library = portaudio()
    return f"sounddevice {library.__version__}, {library.get_portaudio_version()[1].split(',')[0]}"
