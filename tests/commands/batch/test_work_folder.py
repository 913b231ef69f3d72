"""Two batches at the same time, and what a sudden end leaves."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from realtime_fer.commands.batch.work_folder import WORK_FOLDER_NAME, WorkFolder
from realtime_fer.core.errors import SinkError

A_BATCH = """
import sys
from pathlib import Path
from realtime_fer.commands.batch.work_folder import WorkFolder
with WorkFolder(Path(sys.argv[1])) as folder:
    (folder.path / "video.mp4").write_bytes(b"half a video")
    print(folder.path, flush=True)
    sys.stdin.read()
"""


def other_batch(output: Path) -> tuple[subprocess.Popen[str], Path]:
    process = subprocess.Popen(
        [sys.executable, "-c", A_BATCH, str(output)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_another_batchs_folder_stays_until_that_batch_is_over(tmp_path: Path) -> None:
    process, other = other_batch(tmp_path)
    try:
        with WorkFolder(tmp_path) as folder:
            assert folder.path.is_dir()
            assert folder.path != other
            assert (other / "video.mp4").read_bytes() == b"half a video"
        assert not folder.path.exists()
        assert (other / "video.mp4").exists()
        process.kill()
        process.wait()
        assert (other / "video.mp4").exists(), "a sudden end leaves it"
        with WorkFolder(tmp_path) as folder:
            assert not other.exists()
            assert len(list(folder.path.parent.iterdir())) == 2, "the folder and that it is in use"
    finally:
        process.kill()
        process.communicate()
    assert list(tmp_path.iterdir()) == []


def test_a_batch_that_ends_removes_its_own_alone(tmp_path: Path) -> None:
    with WorkFolder(tmp_path) as first:
        (first.path / "video.mp4").write_bytes(b"x")
        with WorkFolder(tmp_path) as second:
            assert first.path.is_dir()
        assert not second.path.exists()
        assert (first.path / "video.mp4").exists()
    assert list(tmp_path.iterdir()) == []


def test_what_nobody_claims_goes_once_it_is_old(tmp_path: Path) -> None:
    unclaimed = tmp_path / WORK_FOLDER_NAME / "0"
    unclaimed.mkdir(parents=True)
    (unclaimed / "video.mp4").write_bytes(b"x")
    with WorkFolder(tmp_path):
        assert unclaimed.exists()
    long_ago_s = time.time() - 30 * 86400
    for path in (unclaimed / "video.mp4", unclaimed):
        os.utime(path, (long_ago_s, long_ago_s))
    with WorkFolder(tmp_path):
        assert not unclaimed.exists()
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_taken_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / WORK_FOLDER_NAME).write_text("a person's own")
    with pytest.raises(SinkError, match="cannot be written"), WorkFolder(tmp_path):
        pass
    assert (tmp_path / WORK_FOLDER_NAME).read_text() == "a person's own"
