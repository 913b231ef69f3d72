from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from realtime_fer.core.errors import SourceError
from realtime_fer.core.triggers.machine import Fired, Seen
from realtime_fer.core.triggers.trigger import Action, ActionKind, Trigger
from realtime_fer.sources.audio.chime import Chime

FIRED = Fired(Trigger("happy", (Action(ActionKind.SOUND, "high"),)), Seen(1, "", "happy", 0.9), 1.0)


class FakeLoudspeaker(ModuleType):
    """The library and its one stream."""

    class PortAudioError(Exception):
        pass

    def __init__(self, fault: str = "") -> None:
        super().__init__("sounddevice")
        self.fault, self.calls = fault, list[str]()

    def query_devices(self, kind: str) -> dict[str, Any]:
        if self.fault:
            raise self.PortAudioError(self.fault)
        return {"default_samplerate": 48000.0}

    def OutputStream(self, **_: Any) -> FakeLoudspeaker:
        return self

    def start(self) -> None:
        self.calls.append("start")

    def write(self, samples: Any) -> None:
        self.samples = samples

    def stop(self) -> None:
        self.calls.append("stop")

    def close(self, ignore_errors: bool) -> None:
        self.calls.append("close")


def test_a_tone_is_heard_that_begins_and_ends_softly(monkeypatch: pytest.MonkeyPatch) -> None:
    library = FakeLoudspeaker()
    monkeypatch.setitem(sys.modules, "sounddevice", library)
    assert Chime().perform("high", FIRED)
    assert library.calls == ["start", "stop", "close"]
    loud = np.abs(library.samples[:, 0])
    assert library.samples.dtype == np.float32
    assert loud.max() < 0.5
    assert max(loud[0], loud[-1]) < 0.01
    crossings = int((np.diff(np.sign(library.samples[:, 0])) != 0).sum())
    assert crossings / 2 / 0.3 == pytest.approx(880, rel=0.02)


def test_no_loudspeaker_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", FakeLoudspeaker("no device"))
    with pytest.raises(SourceError, match="no device"):
        Chime().perform("high", FIRED)
