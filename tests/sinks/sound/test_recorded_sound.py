"""Sound and picture of a recording belong together, whatever the microphone's clock does."""

import json
from datetime import UTC, datetime
from pathlib import Path

import av
import numpy as np
import pytest

from realtime_fer.core.enums import Film
from realtime_fer.core.sound import SoundBlock
from realtime_fer.sinks.session import RecordingSink
from realtime_fer.sinks.sound.encoder import SoundEncoder
from realtime_fer.sinks.sound.recorded_sound import MOST_SILENCE_S, RecordedSound
from tests.sinks.sound.clapper import START_S, ClapperMicrophone, clicks_in, clicks_of, flashes_in, picture_at, sound_of

#: As a viewer notices it: ITU-R BT.1359 puts the limit at 45 ms for sound that leads.
MOST_OFFSET_S = 0.040

STARTED = datetime(2026, 5, 17, 14, 3, 22, tzinfo=UTC)


def record(
    folder: Path,
    microphone: ClapperMicrophone,
    seconds: float,
    fps: float = 10.0,
    claps_every_s: float = 5.0,
    film: Film = Film.ANNOTATED,
    silent_from_s: float = float("inf"),
) -> tuple[Path, list[float]]:
    """A recording of flashes and clicks at the same moments; the video, and the moments in its seconds."""
    first_s = START_S + 0.35
    claps = [float(first_s + t) for t in np.arange(1.0, seconds - 1, claps_every_s)]
    blocks = iter([block for block in microphone.blocks(first_s + seconds, claps) if block.start_s < silent_from_s])
    coming = next(blocks, None)
    with RecordingSink(folder, film=film, wall_clock=lambda: STARTED) as sink:
        sink.begin_listening("USB Microphone")
        for index in range(int(seconds * fps)):
            t_s = first_s + index / fps
            sink.write(picture_at(t_s, index, claps))
            heard: list[SoundBlock] = []
            # The sound system is 0.2 s behind.
            while coming is not None and coming.start_s < t_s - 0.2:
                heard.append(coming)
                coming = next(blocks, None)
            assert sink.write_heard(heard, t_s - 1.0) == ""
        sink.write_heard([block for block in (coming, *blocks) if block is not None], t_s - 1.0)
    # A flash is seen in the first frame after it.
    return sink.folder / "video.mp4", [clap - first_s for clap in claps]


CLOCKS = {
    "fast, late start": ClapperMicrophone(start_s=START_S + 1.2),
    "slow": ClapperMicrophone(true_rate=47_995.0),
    "44.1 kHz": ClapperMicrophone(rate=44_100, true_rate=44_120.0),
    "lost blocks": ClapperMicrophone(lost=frozenset([900, *range(1500, 1504), 2000, 2040])),
}


@pytest.mark.parametrize(
    ("microphone", "seconds", "fps"),
    [
        # Left alone, its clock would be 62 ms ahead at the end.
        pytest.param(
            ClapperMicrophone(true_rate=48_010.0, lost=frozenset([900, *range(2000, 2004), 12_000, 12_040])),
            300.0,
            2.0,
            id="five minutes",
        ),
        *(pytest.param(microphone, 60.0, 5.0, id=name) for name, microphone in CLOCKS.items()),
    ],
)
def test_sound_and_picture_stay_together(
    tmp_path: Path, microphone: ClapperMicrophone, seconds: float, fps: float
) -> None:
    video, claps = record(tmp_path, microphone, seconds, fps)
    samples, times = sound_of(video)
    clicks = clicks_of(samples, times)
    # The first clap may lie before a microphone that starts late.
    expected = [clap for clap in claps if clap + START_S + 0.35 > microphone.start_s]
    assert len(clicks) == len(expected)
    offsets = np.array(clicks) - np.array(expected)
    print(f"offset {1000 * offsets.min():.1f} to {1000 * offsets.max():.1f} ms, {len(offsets)} claps")
    assert np.abs(offsets).max() < MOST_OFFSET_S
    assert np.allclose(flashes_in(video), claps, atol=0.001)
    assert times[-1] == pytest.approx(seconds, abs=0.3)
    assert np.diff(times).max() < 0.001, "the sound has no hole"


def test_a_microphone_that_falls_silent_leaves_the_picture_whole(tmp_path: Path) -> None:
    video, claps = record(tmp_path, ClapperMicrophone(), 20.0, silent_from_s=START_S + 8.0, film=Film.BOTH)
    assert len(clicks_in(video)) == 2
    assert clicks_in(video.with_name("video-clean.mp4")) == clicks_in(video)
    assert len(flashes_in(video)) == len(claps) == 4
    samples, times = sound_of(video)
    assert times[-1] == pytest.approx(20.0, abs=0.1)
    assert np.abs(samples[times > 8.1]).max() < 0.001
    facts = json.loads((video.parent / "session.json").read_text())
    assert facts["sound"]["microphone"] == "USB Microphone"
    (silence,) = facts["sound"]["silences"]
    assert silence["from_s"] == pytest.approx(8.0 - 0.35, abs=0.05)
    assert silence["to_s"] == pytest.approx(20.0, abs=0.2)


def test_what_is_said_in_a_pause_is_silence_and_what_follows_is_in_time(tmp_path: Path) -> None:
    claps = [START_S + 1.0, START_S + 31.0]
    blocks = list(ClapperMicrophone().blocks(START_S + 33, claps))
    with RecordingSink(tmp_path, wall_clock=lambda: STARTED) as sink:
        sink.begin_listening("default")
        for index, t_s in enumerate([*np.arange(0, 2, 0.1), *np.arange(30, 33, 0.1)]):
            now = START_S + float(t_s)
            sink.write(picture_at(now, index, claps))
            sink.write_heard([b for b in blocks if now - 0.1 <= b.start_s < now], now - 1.0)
    video = sink.folder / "video.mp4"
    assert clicks_in(video) == pytest.approx([1.0, 31.0], abs=MOST_OFFSET_S)
    assert flashes_in(video) == pytest.approx([1.0, 31.0], abs=0.1)
    _, times = sound_of(video)
    assert np.diff(times).max() < 0.001


def test_a_silence_of_hours_is_made_in_small_portions() -> None:
    sound = RecordedSound("default")
    sound.add([], lambda t_s: t_s, 3600.0)
    assert len(sound.take(3600.0)) * 1024 / 48_000 == pytest.approx(MOST_SILENCE_S, abs=0.1)
    assert sound.facts["silences"] == [{"from_s": 0.0, "to_s": MOST_SILENCE_S}]


def test_a_recording_without_videos_takes_no_sound(tmp_path: Path) -> None:
    with RecordingSink(tmp_path, film=Film.NONE, wall_clock=lambda: STARTED) as sink:
        sink.begin_listening("default")
        sink.write(picture_at(0.0, 0, []))
        assert sink.write_heard(list(ClapperMicrophone(start_s=0.0).blocks(1.0, [])), 0.5) == ""
    assert "sound" not in json.loads((sink.folder / "session.json").read_text())


def test_sound_that_cannot_be_encoded_costs_no_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise av.error.InvalidDataError(1, "no")

    with RecordingSink(tmp_path, wall_clock=lambda: STARTED) as sink:
        sink.begin_listening("default")
        sink.write(picture_at(0.0, 0, []))
        monkeypatch.setattr(SoundEncoder, "encode", refuse)
        blocks = list(ClapperMicrophone(start_s=0.0).blocks(1.0, []))
        assert "cannot be encoded" in sink.write_heard(blocks, 0.5)
        assert sink.write_heard([], 1.0) == "", "it is told once"
        for index in range(1, 10):
            sink.write(picture_at(index / 10, index, []))
    with av.open(str(sink.folder / "video.mp4")) as container:
        assert len(list(container.decode(video=0))) == 10
    assert json.loads((sink.folder / "session.json").read_text())["complete"]
