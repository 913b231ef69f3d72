"""Microphones by PortAudio, with a stand-in for its binding."""

from __future__ import annotations

import builtins
import re
import sys
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from realtime_fer.core.errors import SourceError
from realtime_fer.core.sound import SoundBlock
from realtime_fer.sources.audio.microphone import PortAudioDevices, PortAudioMicrophone, library_version

ALSA = [
    "HDA Intel PCH: ALC255 Analog (hw:0,0)",
    "HDMI 0 (hw:0,3)",
    "USB  Microphone: Audio (hw:1,0)",
    "sysdefault",
    "surround51",
    "pulse",
    "default",
]


class PortAudioError(Exception):
    pass


class FakeStream:
    def __init__(self, library: FakeSoundDevice, **options: Any) -> None:
        self.library, self.options = library, options
        self.hear: Callable[..., None] = options["callback"]
        self.is_open = True
        if library.fault is not None:
            raise library.fault

    def start(self) -> None:
        self.library.stream = self

    def close(self, ignore_errors: bool) -> None:
        self.is_open = False


class FakeSoundDevice(ModuleType):
    """As ``sounddevice`` on a Linux computer with two microphones."""

    PortAudioError = PortAudioError

    def __init__(self) -> None:
        super().__init__("sounddevice")
        self.__version__ = "0.5.6"
        self.fault: Exception | None = None
        self.stream: FakeStream | None = None
        self.starts = 0
        self.names = list(ALSA)
        self.default = SimpleNamespace(hostapi=0)

    def _terminate(self) -> None:
        pass

    def _initialize(self) -> None:
        self.starts += 1

    def get_portaudio_version(self) -> tuple[int, str]:
        return 1246720, "PortAudio V19.6.0-devel, revision 396fe4b"

    def query_hostapis(self) -> tuple[dict[str, Any], ...]:
        default = self.names.index("default") if "default" in self.names else -1
        return ({"name": "ALSA", "devices": list(range(len(self.names))), "default_input_device": default},)

    def query_devices(self, index: int) -> dict[str, Any]:
        name = self.names[index]
        return {"name": name, "max_input_channels": 0 if "HDMI" in name else 2, "default_samplerate": 44100.0}

    def InputStream(self, **options: Any) -> FakeStream:
        return FakeStream(self, **options)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> FakeSoundDevice:
    fake = FakeSoundDevice()
    monkeypatch.setitem(sys.modules, "sounddevice", fake)
    return fake


def test_microphones_are_listed_by_name_without_what_leads_to_the_same_ones(library: FakeSoundDevice) -> None:
    assert PortAudioDevices().microphones() == [
        "default",
        "HDA Intel PCH: ALC255 Analog",
        "USB Microphone: Audio",
    ]
    library.names = library.names[:2]
    assert PortAudioDevices().microphones() == ["HDA Intel PCH: ALC255 Analog"], "what was unplugged is gone"
    assert library_version() == "sounddevice 0.5.6, PortAudio V19.6.0-devel"


def test_a_block_is_mono_and_carries_its_time_by_the_clock_of_the_frames(library: FakeSoundDevice) -> None:
    now = 1000.0
    heard: list[SoundBlock] = []
    microphone = PortAudioMicrophone("USB Microphone: Audio", clock=lambda: now)
    microphone.open(heard.append)
    stream = library.stream
    assert stream is not None
    assert (stream.options["device"], stream.options["channels"], stream.options["samplerate"]) == (2, 2, 44100)
    content = np.stack([np.full(441, 0.5), np.full(441, 0.1)], axis=1).astype(np.float32)
    # PortAudio's clock is 990 s behind; the second block's callback comes 5 ms late.
    stream.hear(content, 441, SimpleNamespace(currentTime=10.0, inputBufferAdcTime=9.9), None)
    now = 1000.015
    stream.hear(content, 441, SimpleNamespace(currentTime=10.01, inputBufferAdcTime=9.91), None)
    # A driver without times.
    stream.hear(content, 441, SimpleNamespace(currentTime=10.02, inputBufferAdcTime=0.0), None)
    assert [block.start_s for block in heard] == pytest.approx([999.9, 999.91, 1000.005])
    assert heard[0].samples == pytest.approx(np.full(441, 0.3))
    starts = library.starts
    assert PortAudioDevices().microphones(), "also while one listens"
    assert library.starts == starts, "starting PortAudio anew would end the stream"
    microphone.close()
    microphone.close()
    assert not stream.is_open
    PortAudioDevices().microphones()
    assert library.starts == starts + 1


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("Gone", "The microphone “Gone” is not connected."), ("default", "No microphone is connected.")],
)
def test_one_that_is_not_there_is_said(library: FakeSoundDevice, name: str, sentence: str) -> None:
    library.names = library.names[:2]
    with pytest.raises(SourceError, match=sentence):
        PortAudioMicrophone(name).open(print)


def test_one_that_another_program_holds_is_said(library: FakeSoundDevice) -> None:
    library.fault = PortAudioError("Device unavailable [PaErrorCode -9985]")
    with pytest.raises(SourceError, match=r"default microphone cannot be opened \(Device unavailable"):
        PortAudioMicrophone("default").open(print)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (ImportError("No module named 'sounddevice'"), "The package 'sounddevice' is missing"),
        (OSError("PortAudio library not found"), "The sound library PortAudio is missing.*libportaudio2"),
    ],
)
def test_a_missing_library_is_one_sentence(monkeypatch: pytest.MonkeyPatch, fault: Exception, sentence: str) -> None:
    real = builtins.__import__

    def refuse(name: str, *arguments: Any, **options: Any) -> Any:
        if name == "sounddevice":
            raise fault
        return real(name, *arguments, **options)

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(SourceError) as told:
        PortAudioDevices().microphones()
    assert re.search(sentence, told.value.sentence())
