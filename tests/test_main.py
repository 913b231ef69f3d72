"""``main.py`` where the packages it needs are not installed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_missing_packages_are_said_in_a_sentence(checkout: Path) -> None:
    # -S leaves out site-packages, -E and -s what the environment and the user add.
    done = subprocess.run(
        [sys.executable, "-E", "-s", "-S", checkout / "main.py"], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2
    assert "is not installed" in done.stderr
    assert "realtime_fer" not in done.stderr.partition(" is not")[0]
    assert "make run" in done.stderr
    assert "Traceback" not in done.stderr
