from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import cv2
import numpy as np
import pytest

from realtime_fer.core.errors import SinkError
from realtime_fer.sinks.atomic_files import add_file, replace_file
from realtime_fer.sinks.images import ImageFolderSink, save_snapshot
from tests.sinks.conftest import half_red

NOW = datetime(2031, 5, 6, 7, 8, 9)


def test_a_snapshot_is_the_annotated_picture(tmp_path, make_result):
    result = make_result()
    paths = [save_snapshot(result, tmp_path / "new" / "snapshots", NOW, half_red) for _ in range(3)]
    assert [path.name for path in paths] == [
        "snapshot_2031-05-06_07-08-09.png",
        "snapshot_2031-05-06_07-08-09-2.png",
        "snapshot_2031-05-06_07-08-09-3.png",
    ]
    for path in paths:
        assert np.array_equal(cv2.imread(str(path)), half_red(result))
    assert sorted(paths) == sorted((tmp_path / "new" / "snapshots").iterdir())


def test_a_snapshot_that_cannot_be_written_is_one_sentence(tmp_path, make_result):
    (tmp_path / "file").write_text("")
    with pytest.raises(SinkError, match=r"^'[^']*' cannot be written: .*\.$"):
        save_snapshot(make_result(), tmp_path / "file" / "snapshots", NOW)


def test_a_full_disk_leaves_no_part_of_a_snapshot(small_disk, make_result):
    image = np.random.default_rng(0).integers(0, 255, (480, 640, 3), dtype=np.uint8)
    with pytest.raises(SinkError, match="disk is full"):
        save_snapshot(make_result(image=image), small_disk, NOW)
    assert list(small_disk.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="links are used on POSIX systems only")
def test_file_systems_without_links(tmp_path, monkeypatch):
    def refuse(source, target):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    assert [add_file(tmp_path / "a.png", content).name for content in (b"1", b"2")] == ["a.png", "a-2.png"]
    assert (tmp_path / "a.png").read_bytes() == b"1"
    assert (tmp_path / "a-2.png").read_bytes() == b"2"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_failed_replacement_leaves_the_old(tmp_path, monkeypatch):
    path = tmp_path / "a.json"
    replace_file(path, b"old")

    def refuse(source, target):
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(SinkError, match="Input/output error"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_pictures_keep_name_and_kind(tmp_path, make_result):
    with ImageFolderSink(tmp_path / "out", draw=half_red) as sink:
        for name in ("a.jpg", "b.PNG", "c.gif", "", "../../d.jpeg", "a.jpg", "sub/a.jpg", "..\\e.bmp", "/f.png"):
            sink.write(make_result(name=name, index=3))
    assert names(tmp_path / "out") == [
        *("a-2.jpg", "a.jpg", "b.PNG", "c.png", "d.jpeg", "e.bmp", "f.png", "frame_000003.png", "sub"),
    ]
    assert names(tmp_path / "out" / "sub") == ["a.jpg"]
    assert names(tmp_path) == ["out"]
    assert [path.name for path in sink.written][:2] == ["a.jpg", "b.PNG"]
    assert (tmp_path / "out" / "a.jpg").read_bytes()[:3] == b"\xff\xd8\xff"
    assert np.array_equal(cv2.imread(str(tmp_path / "out" / "b.PNG")), half_red(make_result()))


def test_an_input_is_never_overwritten(tmp_path, make_result):
    (tmp_path / "a.png").write_bytes(b"input")
    (tmp_path / "a_annotated.png").write_bytes(b"another input")
    for given in (tmp_path, tmp_path / "a.png"):
        ImageFolderSink(tmp_path / "." / "", input_path=given).write(make_result(name="a.png"))
    assert (tmp_path / "a.png").read_bytes() == b"input"
    assert (tmp_path / "a_annotated.png").read_bytes() == b"another input"
    assert names(tmp_path) == ["a.png", "a_annotated-2.png", "a_annotated-3.png", "a_annotated.png"]


def test_unknown_inputs_mean_no_file_is_replaced(tmp_path, make_result):
    (tmp_path / "a.png").write_bytes(b"perhaps the input")
    ImageFolderSink(tmp_path).write(make_result(name="a.png"))
    assert (tmp_path / "a.png").read_bytes() == b"perhaps the input"
    assert names(tmp_path) == ["a-2.png", "a.png"]


def test_another_run_replaces_its_results(tmp_path, make_result):
    (tmp_path / "in").mkdir()
    for _ in range(2):
        with ImageFolderSink(tmp_path / "out", input_path=tmp_path / "in") as sink:
            sink.write(make_result(name="a.png"))
    assert names(tmp_path / "out") == ["a.png"]


def test_an_unwritable_folder_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "out"):
        with pytest.raises(SinkError, match=r"^'[^']*' cannot be written: .*\.$"):
            ImageFolderSink(folder)
