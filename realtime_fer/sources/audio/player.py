"""Plays a video file's sound beside its picture, at the time of the frame that is on the screen."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from realtime_fer.core.errors import SourceError, reason_of
from realtime_fer.sources.audio.library import devices_now, stream_closed, stream_opened
from realtime_fer.sources.audio.played_sound import PlayedSound, SoundReader

logger = logging.getLogger(__name__)

#: So much is decoded ahead.
_AHEAD_S = 1.0

_BLOCK_S, _LATENCY_S = 0.03, 0.2
_TICK_S = 0.03


class FileSoundPlayer:
    """Owns the thread and the loudspeaker of one file. Made, and closed, by the GUI thread.

    Args:
        position: media time on the screen now; None where the sound is silent: paused, or at another speed than 1.
            Called from any thread.
        on_ready: called once from the thread: '' where the file's sound will be heard; else why not, or None for a file
            without sound.

    Attributes:
        volume: 0 to 1.
    """

    def __init__(
        self, path: Path, position: Callable[[], float | None], on_ready: Callable[[str | None], None], volume: float
    ) -> None:
        self._path, self._position, self._on_ready = path, position, on_ready
        self.volume = volume
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="file-sound", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """The thread ends as soon as the sound system lets it; nothing is heard any more."""
        self.volume = 0.0
        self._stopping.set()

    def join(self, timeout_s: float) -> None:
        self._thread.join(timeout_s)

    def _run(self) -> None:
        stream = reader = None
        try:
            with devices_now() as library:
                try:
                    rate = round(library.query_devices(kind="output")["default_samplerate"])
                    reader = SoundReader(self._path, rate)
                    if not reader.has_sound:
                        self._on_ready(None)
                        return
                    sound = PlayedSound(rate)
                    stream = self._opened(library, rate, sound)
                except (library.PortAudioError, ValueError) as error:
                    raise SourceError("No loudspeaker can be opened ({reason}).", reason=reason_of(error)) from error
                stream_opened()
            self._on_ready("")
            while not self._stopping.wait(_TICK_S):
                self._read_ahead(reader, sound)
        except SourceError as error:
            self._on_ready(error.sentence())
        except Exception as error:  # Whatever a driver does, the picture goes on.
            logger.exception("The file's sound failed")
            self._on_ready(str(error))
        finally:
            if reader is not None:
                reader.close()
            if stream is not None:
                stream.close(ignore_errors=True)
                stream_closed()

    def _opened(self, library: Any, rate: int, sound: PlayedSound) -> Any:
        def play(output: Any, frames: int, stamps: Any, _flags: Any) -> None:
            lead_s = max(0.0, min(1.0, stamps.outputBufferDacTime - stamps.currentTime))
            media_s = None if self._stopping.is_set() else self._position()
            samples = sound.play(None if media_s is None else media_s + lead_s, frames)
            # Loudness is heard by ratios, not by differences.
            output[:] = samples * np.float32(self.volume**2)

        stream = library.OutputStream(
            channels=2,
            samplerate=rate,
            blocksize=round(rate * _BLOCK_S),
            dtype="float32",
            # A busy computer must not break the sound off; the time of each block is known.
            latency=_LATENCY_S,
            callback=play,
        )
        stream.start()
        return stream

    def _read_ahead(self, reader: SoundReader, sound: PlayedSound) -> None:
        media_s = self._position()
        if media_s is None:
            return
        begin_s, end_s = sound.span_s
        if not begin_s - 0.1 <= media_s <= end_s + 0.5:
            sound.restart(max(0.0, media_s))
            reader.seek(max(0.0, media_s))
            end_s = media_s
        while end_s < media_s + _AHEAD_S and not self._stopping.is_set():
            block = reader.next()
            if block is None:
                return
            sound.append(*block)
            end_s = sound.span_s[1]
