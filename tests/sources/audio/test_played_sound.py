"""A file's sound is heard when its picture is seen, also after a jump."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

from realtime_fer.sources.audio.played_sound import MOST_OFFSET_S, PlayedSound, SoundReader
from realtime_fer.sources.audio.player import FileSoundPlayer
from tests.sounding_clips import regular, write_clip

RATE = 44_100


def ramp(start_s: float, seconds: float, rate: int = 1000) -> np.ndarray:
    """Samples that tell their own media time."""
    times = start_s + np.arange(round(seconds * rate)) / rate
    return np.stack([times, times], axis=1).astype(np.float32)


@pytest.fixture
def sound() -> PlayedSound:
    made = PlayedSound(1000)
    made.append(0.0, ramp(0.0, 2.0))
    return made


def test_the_samples_of_a_moment_are_played_and_go_on_evenly(sound: PlayedSound) -> None:
    assert sound.play(0.5, 100)[0, 0] == pytest.approx(0.5)
    # The picture's clock jitters; the sound does not.
    assert sound.play(0.59, 100)[:, 0] == pytest.approx(ramp(0.6, 0.1)[:, 0])
    assert sound.play(0.71, 100)[:, 0] == pytest.approx(ramp(0.7, 0.1)[:, 0])


def test_what_is_too_far_off_jumps_to_the_picture(sound: PlayedSound) -> None:
    sound.play(0.5, 100)
    assert sound.play(0.6 + 1.1 * MOST_OFFSET_S, 10)[0, 0] == pytest.approx(0.6 + 1.1 * MOST_OFFSET_S, abs=0.001)


def test_a_pause_is_silent_and_what_is_not_read_yet_too(sound: PlayedSound) -> None:
    sound.play(0.5, 100)
    assert not sound.play(None, 100).any()
    assert sound.play(0.9, 10)[0, 0] == pytest.approx(0.9), "after a pause it begins where the picture is"
    assert not sound.play(7.0, 100).any()
    assert not sound.play(-1.0, 100).any()


def test_gaps_are_silent_overlaps_are_cut_and_what_was_played_is_forgotten() -> None:
    sound = PlayedSound(1000)
    sound.append(0.0, ramp(0.0, 1.0))
    sound.append(0.9, ramp(0.9, 0.2))
    sound.append(1.3, ramp(1.3, 0.7))
    assert sound.play(0.0, 2000)[:, 0] == pytest.approx(
        np.concatenate([ramp(0.0, 1.1), np.zeros((200, 2)), ramp(1.3, 0.7)])[:, 0]
    )
    sound.play(1.9, 10)
    assert sound.span_s[0] == pytest.approx(1.4, abs=0.02)


def beep_in(reader: SoundReader, until_s: float) -> float:
    """Media time of the first loud sample."""
    while (block := reader.next()) is not None and block[0] < until_s:
        loud = np.abs(block[1][:, 0]) > 0.1
        if loud.any():
            return float(block[0] + loud.argmax() / RATE)
    raise AssertionError("no beep")


@pytest.mark.parametrize(("name", "codec"), [("clip.mp4", "aac"), ("clip.mkv", "flac")])
def test_a_file_is_read_from_any_place(tmp_path: Path, name: str, codec: str) -> None:
    # The sound's codec brings its own delay, and the picture begins later than the sound.
    frames = [0.4 + t for t in regular(6.0)]
    clip = write_clip(tmp_path / name, codec, frames_at=frames, sound_s=[(0.0, 6.4)], beeps_at=[4.0])
    reader = SoundReader(clip, RATE)
    assert reader.has_sound
    assert beep_in(reader, 6.0) == pytest.approx(3.6, abs=0.02)
    for place in (3.0, 0.5, 3.5):
        reader.seek(place)
        assert beep_in(reader, 6.0) == pytest.approx(3.6, abs=0.02)
    reader.close()


def test_a_file_without_sound_or_that_is_none_is_silent(tmp_path: Path) -> None:
    silent, broken = write_clip(tmp_path / "silent.mp4", sound_s=()), tmp_path / "broken.mp4"
    broken.write_bytes(b"no video")
    for path in (silent, broken, tmp_path / "missing.mp4"):
        reader = SoundReader(path, RATE)
        assert not reader.has_sound
        assert reader.next() is None
        reader.seek(1.0)
        reader.close()


class FakeStream:
    def __init__(self, **options: Any) -> None:
        self.play: Callable[..., None] = options["callback"]
        self.closed = False

    def start(self) -> None:
        pass

    def close(self, ignore_errors: bool) -> None:
        self.closed = True


class FakeLoudspeaker(ModuleType):
    class PortAudioError(Exception):
        pass

    def __init__(self, fault: str = "") -> None:
        super().__init__("sounddevice")
        self.fault, self.streams = fault, list[FakeStream]()

    def _terminate(self) -> None:
        pass

    def _initialize(self) -> None:
        pass

    def query_devices(self, kind: str) -> dict[str, Any]:
        if self.fault:
            raise self.PortAudioError(self.fault)
        return {"default_samplerate": float(RATE)}

    def OutputStream(self, **options: Any) -> FakeStream:
        self.streams.append(FakeStream(**options))
        return self.streams[-1]


def played(
    path: Path, monkeypatch: pytest.MonkeyPatch, library: FakeLoudspeaker, position: Callable[[], float | None]
) -> tuple[FileSoundPlayer, str | None]:
    monkeypatch.setitem(sys.modules, "sounddevice", library)
    told, ready = list[str | None](), threading.Event()
    player = FileSoundPlayer(path, position, lambda why: (told.append(why), ready.set()), 1.0)
    assert ready.wait(10)
    return player, told[0]


def test_the_loudspeaker_gets_what_belongs_to_the_frame_on_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", frames_at=regular(3.0), sound_s=[(0.0, 3.0)])
    library, position, asked = FakeLoudspeaker(), [0.5], threading.Semaphore(0)

    def now() -> float | None:
        asked.release()
        return position[0]

    player, why = played(clip, monkeypatch, library, now)
    assert why == ""
    (stream,) = library.streams
    output = np.zeros((round(0.6 * RATE), 2), np.float32)
    # Read ahead: the second look comes after the first one's blocks.
    for _ in range(2):
        assert asked.acquire(timeout=10)
    # The device plays 0.1 s later than it asks.
    stamps = SimpleNamespace(currentTime=5.0, outputBufferDacTime=5.1)
    stream.play(output, len(output), stamps, None)
    assert 0.6 + (np.abs(output[:, 0]) > 0.1).argmax() / RATE == pytest.approx(1.0, abs=0.02)
    loud = float(np.abs(output).max())
    player.volume = 0.5
    position[0] = 0.5
    stream.play(output, len(output), stamps, None)
    assert np.abs(output).max() == pytest.approx(loud / 4, rel=0.05)
    position[0] = None  # type: ignore[call-overload]
    stream.play(output, len(output), stamps, None)
    assert not output.any()
    player.close()
    player.join(10)
    assert stream.closed


@pytest.mark.parametrize(
    ("sound_s", "fault", "why"),
    [((), "", None), (((0.0, 2.0),), "no device", "No loudspeaker can be opened (no device).")],
)
def test_no_sound_and_no_loudspeaker_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sound_s: tuple[Any, ...], fault: str, why: str | None
) -> None:
    clip = write_clip(tmp_path / "clip.mp4", sound_s=sound_s)
    player, told = played(clip, monkeypatch, FakeLoudspeaker(fault), lambda: None)
    assert told == why
    player.close()
    player.join(10)
