"""A short form of the long run: the real window, a few dozen changes, nothing out of order and nothing left over."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory, threads and files are read from /proc")
def test_a_few_dozen_changes_leave_nothing_out_of_order(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache"),
    }
    command = [sys.executable, "scripts/soak.py", "--changes", "30", "--every", "0.25", "--minutes", "5", "--no-limits"]
    done = subprocess.run(
        command, cwd=CHECKOUT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "soak: all well." in done.stdout
    assert "Traceback" not in done.stderr
