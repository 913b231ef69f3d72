"""The review of a recording in the real window, and what a kill leaves of it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from realtime_fer.core.corrections.annotations import FILE_NAME, read_annotations
from realtime_fer.core.enums import Film
from realtime_fer.sinks.session import RecordingSink
from tests.e2e.program import Program, until
from tests.sinks.conftest import build_result

pytestmark = pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool")


def test_a_kill_costs_at_most_the_last_second_of_corrections(start: Callable[..., Program], tmp_path: Path) -> None:
    with RecordingSink(tmp_path, film=Film.CLEAN) as sink:
        for frame in range(20):
            sink.write(build_result(frame / 10, faces=2))
    folder = sink.folder
    program = start("review", str(folder))
    until(lambda: "Review: " in program.title(), "the window has its title")

    def is_hidden() -> bool:
        # A key before the recording is shown goes nowhere; one after it hides, which is saved within a second, and
        # another one would show the person again.
        program.press("h")
        end = time.monotonic() + 2
        while not (folder / FILE_NAME).is_file() and time.monotonic() < end:
            time.sleep(0.05)
        return (folder / FILE_NAME).is_file() and bool(read_annotations(folder).hidden)

    until(is_hidden, "a person is hidden and saved")
    program.press("k")
    edited_s = time.monotonic()
    until(lambda: read_annotations(folder).markers, "the marker is saved", timeout_s=10)
    assert time.monotonic() - edited_s < 2
    program.process.kill()
    program.process.communicate()
    kept = read_annotations(folder)
    assert kept.markers

    again = start("review", str(folder))
    until(lambda: "Review: " in again.title(), "the killed program's claim holds nobody up")

    def is_split() -> bool:
        again.press("End", "comma", "comma", "s")
        return bool(read_annotations(folder).splits)

    until(is_split, "a person is split and saved")
    again.press("ctrl+w")
    _, said = again.process.communicate(timeout=60)
    assert (again.process.returncode, said) == (0, "")
    assert read_annotations(folder).markers == kept.markers
