"""A video in the real window, by a player's keys: the very frames that they ask for are on the screen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.e2e.program import Program, until
from tests.sources.clips import number_of, write_numbered

pytestmark = pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool")


def test_jumps_and_steps_show_the_very_frame(
    start: Callable[..., Program], screen: Callable[[], np.ndarray], tmp_path: Path
) -> None:
    # 20 seconds.
    clip = write_numbered(tmp_path / "numbers.mp4", range(500), key_every=50)

    def number() -> int:
        """Of the frame on the screen; -1 while there is none."""
        seen = screen().astype(int)
        value = seen[..., 1]
        # The two greys of the numbers; the window's own colours are no pure greys.
        grey = (np.ptp(seen, axis=2) < 4) & ((abs(value - 48) < 10) | (abs(value - 208) < 10))
        rows, columns = np.flatnonzero(grey.sum(axis=1) > 300), np.flatnonzero(grey.sum(axis=0) > 200)
        if not len(rows) or not len(columns):
            return -1
        return number_of(seen[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])

    def shows(wanted: int) -> None:
        until(lambda: number() == wanted, f"frame {wanted} is shown", 30)

    program = start("--source", str(clip), "--detector", "haar")
    until(lambda: number() > 0, "the video plays")
    program.press("space", "Home")
    shows(0)
    program.press("period", "period", "comma")
    shows(1)
    program.press("shift+Right")
    shows(26)
    program.press("Right", "Right")
    shows(276)
    program.press("End")
    shows(499)
    program.press("Left")
    shows(374)
    program.press("bracketleft", "equal", "space")
    until(lambda: number() > 380, "it plays on from there")
    program.press("space")
    code, said = program.quit()
    assert (code, said) == (0, ""), said
