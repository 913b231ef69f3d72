"""What shows people is its owner's alone, whatever the umask is; a folder that a person chose stays as it was."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from realtime_fer import assembly
from realtime_fer.core.enums import Film
from realtime_fer.core.settings import Settings
from realtime_fer.core.settings.settings_file import load_settings, save_settings
from realtime_fer.sinks import atomic_files
from realtime_fer.sinks.images import ImageFolderSink, PictureSink, save_snapshot
from realtime_fer.sinks.session import RecordingSink
from realtime_fer.sinks.video_sink import VideoSink
from tests.sinks.conftest import build_result, other_comparison
from tests.sinks.recordings import START

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows knows no modes")


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def others_may(folder: Path) -> list[str]:
    """What is in the folder, at any depth, and not its owner's alone."""
    return [str(path) for path in folder.rglob("*") if stat.S_IMODE(path.stat().st_mode) & 0o077]


def test_a_recording_with_all_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    replacing = os.replace

    def watching(source: Path, target: Path) -> None:
        seen.extend(others_may(tmp_path / "new"))
        replacing(source, target)

    monkeypatch.setattr(atomic_files.os, "replace", watching)
    result = build_result()
    with RecordingSink(tmp_path / "new" / "recordings", film=Film.BOTH, jsonl=True) as sink:
        for n in range(3):
            sink.write(build_result(n / 10, comparison=other_comparison()), "here")
    save_snapshot(result, sink.folder / "snapshots", START)
    assembly.write_report(sink.folder)
    assert len(list(sink.folder.rglob("*"))) == 9
    assert others_may(tmp_path) == []
    assert seen == [], "not even while they are made"


def test_a_file_that_is_replaced_becomes_private_and_a_folder_that_was_there_stays(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    old = [tmp_path / name for name in ("video.mp4", "still.png", "picture.png", "report.html")]
    for path in old:
        path.write_bytes(b"old")
        path.chmod(0o644)
    with VideoSink(old[0]) as video:
        assert stat.S_IMODE(old[0].stat().st_mode) == 0o644, "nothing is changed before there is a picture"
        video.write(build_result(), 0.0)
    PictureSink(old[1]).write(build_result())
    with ImageFolderSink(tmp_path, input_path=tmp_path / "elsewhere" / "a.png") as pictures:
        pictures.write(build_result(name="picture.png"))
    atomic_files.replace_file(old[3], b"page")
    assert others_may(tmp_path) == []
    assert stat.S_IMODE(tmp_path.stat().st_mode) == 0o755


@pytest.mark.parametrize("link", [os.link, None])
def test_a_picture_beside_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, link: Callable[..., None] | None
) -> None:
    def no_links(*_: object) -> None:
        raise OSError("no links on this disk")

    monkeypatch.setattr(os, "link", link or no_links)
    with ImageFolderSink(tmp_path / "new") as pictures:
        pictures.write(build_result(name="a.png"))
        pictures.write(build_result(name="a.png"))
    assert len(list((tmp_path / "new").iterdir())) == 2
    assert others_may(tmp_path) == []


def test_the_settings_and_a_damaged_file_of_them(tmp_path: Path) -> None:
    path = tmp_path / "config" / "settings.json"
    save_settings(Settings(recent_sources=("rtsp://me:secret@door/live",)), path)
    assert others_may(tmp_path) == []
    path.chmod(0o644)
    save_settings(load_settings(path)[0], path)
    assert others_may(tmp_path) == []
    path.write_text("{")
    path.chmod(0o644)
    assert load_settings(path)[1]
    assert [each.name for each in path.parent.iterdir()] == ["settings.damaged"]
    assert others_may(tmp_path) == []
