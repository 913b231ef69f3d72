"""A short sound that says that something has happened."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from realtime_fer.core.errors import SourceError, reason_of
from realtime_fer.core.triggers.machine import Fired
from realtime_fer.core.triggers.trigger import Sound
from realtime_fer.sources.audio.library import devices_now, stream_closed, stream_opened

_HERTZ = {Sound.LOW: 392.0, Sound.MIDDLE: 587.3, Sound.HIGH: 880.0}
_LENGTH_S, _LOUDNESS = 0.3, 0.3


class Chime:
    """Plays one of three tones on the system's loudspeaker; as an action of a trigger. Used by one thread."""

    is_busy = False

    def perform(self, text: str, fired: Fired) -> bool:
        """Returns when it was heard.

        Raises:
            SourceError: there is no loudspeaker.
        """
        with devices_now(anew=False) as library:
            try:
                rate = round(library.query_devices(kind="output")["default_samplerate"])
                stream = library.OutputStream(channels=1, samplerate=rate, dtype="float32")
            except (library.PortAudioError, ValueError) as error:
                raise SourceError("No loudspeaker can be opened ({reason}).", reason=reason_of(error)) from error
            stream_opened()
        try:
            stream.start()
            stream.write(_tone(_HERTZ[Sound(text)], rate))
            stream.stop()
        except library.PortAudioError as error:
            raise SourceError("No loudspeaker can be opened ({reason}).", reason=reason_of(error)) from error
        finally:
            stream.close(ignore_errors=True)
            stream_closed()
        return True

    def outcomes(self) -> Sequence[tuple[str, str]]:
        return ()

    def stop(self) -> None:
        """Nothing goes on."""


def _tone(hertz: float, rate: int) -> npt.NDArray[np.float32]:
    """float32 (n, 1), which begins and ends softly."""
    t_s = np.arange(round(rate * _LENGTH_S)) / rate
    shape = np.minimum(1.0, t_s / 0.01) * np.exp(-t_s * 9) * np.minimum(1.0, (_LENGTH_S - t_s) / 0.03)
    return (_LOUDNESS * shape * np.sin(2 * np.pi * hertz * t_s)).astype(np.float32)[:, np.newaxis]
