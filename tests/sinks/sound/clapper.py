"""A made-up clapper: at known moments a picture flashes and a microphone clicks, each by a clock of its own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np

from realtime_fer.core.frame import Frame, FrameResult
from realtime_fer.core.sound import SoundBlock
from tests.fakes import make_result

CLICK_S = 0.02
START_S = 5000.0


@dataclass(frozen=True)
class ClapperMicrophone:
    """Blocks of a card that states ``rate`` and counts ``true_rate`` samples a second of the frames' clock.

    Attributes:
        jitter_s: the measured times are wrong by at most so much.
        late: of so many blocks one is told 60 ms late, as when the computer is busy.
        lost: numbers of blocks that never come.
    """

    rate: int = 48_000
    true_rate: float = 48_005.0
    start_s: float = START_S
    jitter_s: float = 0.004
    late: int = 97
    lost: frozenset[int] = frozenset()

    def blocks(self, until_s: float, claps: list[float]) -> Iterator[SoundBlock]:
        size = self.rate // 50
        random = np.random.default_rng(7)
        for number in range(int((until_s - self.start_s) * self.true_rate / size)):
            begin_s = self.start_s + number * size / self.true_rate
            error_s = random.uniform(-self.jitter_s, self.jitter_s) + (0.06 if number % self.late == 0 else 0.0)
            if number not in self.lost:
                yield SoundBlock(self._heard(begin_s, size, claps), begin_s + error_s, self.rate)

    def _heard(self, begin_s: float, size: int, claps: list[float]) -> np.ndarray:
        samples = np.zeros(size, np.float32)
        times = begin_s + np.arange(size) / self.true_rate
        for clap_s in claps:
            if begin_s - CLICK_S < clap_s < times[-1]:
                sounding = (times >= clap_s) & (times < clap_s + CLICK_S)
                samples[sounding] = 0.8 * np.sin(2 * np.pi * 1500 * (times[sounding] - clap_s))
        return samples


def picture_at(t_s: float, index: int, claps: list[float]) -> FrameResult:
    """White from a clap on for 0.2 s, else black."""
    base = make_result(timestamp_s=t_s, index=index)
    value = 255 if any(clap_s <= t_s < clap_s + 0.2 for clap_s in claps) else 0
    image = np.full((48, 64, 3), value, np.uint8)
    return FrameResult(Frame(image, index, t_s), base.faces, base.class_names, image.copy(), model_id="fake")


def flashes_in(video: Path) -> list[float]:
    """When the picture turns white, seconds."""
    found, was_white = [], False
    with av.open(str(video)) as container:
        for frame in container.decode(container.streams.video[0]):
            # A picture of one colour: the first row of its luma tells it, at no conversion.
            is_white = float(np.frombuffer(frame.planes[0], np.uint8)[: frame.width].mean()) > 128
            if is_white and not was_white:
                found.append(float(frame.time))
            was_white = is_white
    return found


def sound_of(video: Path) -> tuple[np.ndarray, np.ndarray]:
    """Samples and the time of each, seconds."""
    samples, times = [], []
    with av.open(str(video)) as container:
        stream = container.streams.audio[0]
        for frame in container.decode(stream):
            content = frame.to_ndarray()[0]
            samples.append(content)
            times.append(float(frame.time) + np.arange(len(content)) / frame.sample_rate)
    return np.concatenate(samples), np.concatenate(times)


def clicks_in(video: Path) -> list[float]:
    """When each click begins, seconds."""
    return clicks_of(*sound_of(video))


def clicks_of(samples: np.ndarray, times: np.ndarray) -> list[float]:
    """As ``clicks_in``, of a sound that was read already."""
    loud = times[np.abs(samples) > 0.3]
    return [float(t) for t, before in zip(loud, [-1.0, *loud[:-1]], strict=True) if t - before > 0.3]
