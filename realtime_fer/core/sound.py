"""Sound on its way into a video: encoded, as a video file holds it, or as a microphone gives it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from realtime_fer.core.errors import SourceError

#: The setting's value for whatever microphone the system prefers.
SYSTEM_MICROPHONE = "default"


@dataclass(frozen=True, slots=True)
class SoundFormat:
    """What a sink needs to know before the first packet.

    Attributes:
        codec: FFmpeg's name of it, such as 'aac'.
        codec_title: the codec's name for people.
        sample_rate: in Hz.
        start_s: of the first packet, seconds since the first video frame.
        template: the open PyAV stream that the packets come from; a sink makes its own stream like it.
        extradata: the codec's header where the template lacks it.
    """

    codec: str
    codec_title: str
    sample_rate: int
    start_s: float
    template: Any
    extradata: bytes | None = None


@dataclass(frozen=True, slots=True)
class SoundPacket:
    """One encoded packet.

    Attributes:
        start_s: seconds since the first video frame, 0 or more, strictly increasing.
        duration_s: 0 where the file does not say.
    """

    content: bytes
    start_s: float
    duration_s: float


@dataclass(frozen=True, slots=True)
class SoundBlock:
    """What a microphone heard for a moment.

    Attributes:
        samples: float32 (n,), mono, -1 to 1, read-only.
        start_s: when the first sample was heard, on the clock of the frames (``Frame.timestamp_s``), give or take a
            few milliseconds.
        sample_rate: in Hz, as the device states it; its own clock may differ slightly.
    """

    samples: npt.NDArray[np.float32]
    start_s: float
    sample_rate: int

    def __post_init__(self) -> None:
        if self.samples.ndim != 1 or self.samples.dtype != np.float32 or self.sample_rate <= 0:
            raise ValueError(f"samples must be (n,) float32, got {self.samples.shape} {self.samples.dtype}")
        self.samples.flags.writeable = False

    @property
    def duration_s(self) -> float:
        return len(self.samples) / self.sample_rate

    @property
    def level(self) -> float:
        """The loudest sample's amount, 0 to 1."""
        return float(np.abs(self.samples).max(initial=0.0))


class Microphone(Protocol):
    """A microphone that is opened once. ``open`` and ``close`` are called from one thread."""

    @property
    def name(self) -> str:
        """For people."""

    def open(self, on_block: Callable[[SoundBlock], None]) -> None:
        """Starts listening. ``on_block`` is called from a thread of the sound system; it returns at once.

        Raises:
            SourceError: there is no such microphone, or it cannot be opened.
        """

    def close(self) -> None:
        """Once it has returned, ``on_block`` is not called any more. May be called twice, and without ``open``."""


class PlayedFile(Protocol):
    """A file's sound that is being played.

    Attributes:
        volume: 0 to 1.
    """

    volume: float

    def close(self) -> None:
        """Nothing is heard any more. Returns at once."""

    def join(self, timeout_s: float) -> None:
        """Waits for the end after ``close``."""


class SoundDevices(Protocol):
    """Microphones and loudspeaker of this computer. Any thread, one at a time."""

    def microphones(self) -> list[str]:
        """Their names, ``SYSTEM_MICROPHONE`` first where the system prefers one. May take seconds.

        Raises:
            SourceError: the sound library is missing.
        """

    def microphone(self, name: str) -> Microphone:
        """The one of that name, not opened yet, whether it is there or not."""

    def play_file(
        self, path: Path, position: Callable[[], float | None], on_ready: Callable[[str | None], None], volume: float
    ) -> PlayedFile:
        """Plays a video file's sound in a thread of its own.

        Args:
            position: media time on the screen now, seconds; None where nothing is to be heard. Called from any thread.
            on_ready: called once from another thread: '' where the sound will be heard, else why not; None where the
                file has none.
            volume: 0 to 1.
        """


class NoSoundDevices:
    """For a window without sound."""

    def microphones(self) -> list[str]:
        return []

    def microphone(self, name: str) -> Microphone:
        raise SourceError("The microphone “{name}” is not connected.", name=name)

    def play_file(
        self, path: Path, position: Callable[[], float | None], on_ready: Callable[[str | None], None], volume: float
    ) -> PlayedFile:
        on_ready(None)
        return _Silence()


class _Silence:
    volume = 0.0

    def close(self) -> None:
        pass

    def join(self, timeout_s: float) -> None:
        pass
