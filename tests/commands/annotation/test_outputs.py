"""What annotate may write without destroying what it reads, or itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from realtime_fer.commands.annotation.outputs import refuse_addresses, refuse_overwriting
from realtime_fer.core.errors import SinkError
from realtime_fer.core.request import request_of


@pytest.fixture
def video(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """In the home folder, which is the current one too."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "a video.mp4"
    path.write_bytes(b"video")
    return path


@pytest.mark.parametrize("word", ["{path}", "a video.mp4", "./x/../a video.mp4", "~/a video.mp4", "{url}", " {url} "])
def test_the_source_is_refused_however_it_is_called(video: Path, word: str) -> None:
    (video.parent / "x").mkdir()
    source = word.format(path=video, url=video.as_uri())
    with pytest.raises(SinkError, match="is the source itself"):
        refuse_overwriting(request_of(source), [video])
    os.link(video, video.with_name("other.mp4"))
    with pytest.raises(SinkError, match="is the source itself"):
        refuse_overwriting(request_of(source), [Path("other.mp4")])
    refuse_overwriting(request_of(source), [video.with_name("new.mp4"), Path("new.csv")])


@pytest.mark.parametrize("other", ["z", "./z", "x/../z"])
def test_two_outputs_of_one_name_are_refused(video: Path, other: str) -> None:
    (video.parent / "x").mkdir()
    with pytest.raises(SinkError, match="Two outputs have the name"):
        refuse_overwriting(request_of("demo"), [Path("video.mp4"), Path("z"), Path(other)])
    video.with_name("z").write_text("from before")
    with pytest.raises(SinkError, match="Two outputs"):
        refuse_overwriting(request_of("demo"), [Path("z"), Path(other)])


def test_a_picture_of_the_sources_folder_is_refused(video: Path) -> None:
    (video.parent / "day").mkdir()
    (video.parent / "day" / "one.jpg").write_bytes(b"picture")
    with pytest.raises(SinkError, match="one of the source's pictures"):
        refuse_overwriting(request_of("~/day"), [Path("out"), Path("day/one.jpg")])
    refuse_overwriting(request_of("day"), [Path("out"), Path("day/two.jpg"), Path("one.jpg")])


def test_standard_output_is_no_place_for_results() -> None:
    with pytest.raises(SinkError, match="Results cannot be written to standard output"):
        refuse_addresses(None, "-")
