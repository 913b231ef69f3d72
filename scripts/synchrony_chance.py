"""Measures how often the report's synchrony calls two series that never met one another's (p of 0.05 or less).

    python scripts/synchrony_chance.py --pairs 150 --seconds 90

Each pair is two independent random series that change as slowly as expressions do.
"""

from __future__ import annotations

import argparse

import numpy as np

from realtime_fer.core.text.printable import say
from realtime_fer.report.synchrony import synchrony

_FPS = 30


def wandering(random: np.random.Generator, frames: int) -> np.ndarray:
    noise = random.normal(size=frames + 60)
    made = np.convolve(noise, np.exp(-np.arange(60) / 15), "valid")[:frames]
    return np.asarray(0.3 * made / made.std())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pairs", type=int, default=150)
    parser.add_argument("--seconds", type=int, default=90)
    asked = parser.parse_args()
    random, times = np.random.default_rng(7), np.arange(_FPS * asked.seconds) / _FPS
    chances = []
    for pair in range(asked.pairs):
        found = synchrony((times, wandering(random, len(times))), (times, wandering(random, len(times))), pair)
        if found is not None:
            chances.append(found.chance)
    share = np.mean(np.array(chances) <= 0.05)
    say(f"{len(chances)} independent pairs of {asked.seconds} s: p <= 0.05 in {100 * share:.1f} %")


if __name__ == "__main__":
    main()
