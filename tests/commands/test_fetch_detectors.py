from __future__ import annotations

from pathlib import Path

import pytest

from realtime_fer.commands.fetch_detectors import fetch_detectors
from realtime_fer.core.errors import DetectorError
from realtime_fer.vision import network_files


def test_a_copy_of_the_file_for_blendshapes_is_taken(
    face_landmarker: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(network_files.CACHE_VARIABLE, str(tmp_path))
    assert fetch_detectors(blendshapes=True, file=str(face_landmarker)) == 0
    assert (tmp_path / "face_landmarker.task").read_bytes() == face_landmarker.read_bytes()
    assert capsys.readouterr().out.endswith(f"Ready: {tmp_path / 'face_landmarker.task'}\n")
    assert [path.name for path in tmp_path.iterdir()] == ["face_landmarker.task"], "the detector's are not fetched"


def test_a_file_is_only_for_blendshapes() -> None:
    with pytest.raises(DetectorError, match="only for --blendshapes"):
        fetch_detectors(file="copy.task")
