"""Recordings that end early: what was recorded until then is kept, and why it ended is said."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import av
import numpy as np
import pytest

from realtime_fer.core.errors import SinkError
from realtime_fer.core.text.translation import install_translator
from realtime_fer.sinks.atomic_files import cannot_write
from realtime_fer.sinks.csv_file import CsvSink
from realtime_fer.sinks.session import RecordingSink
from realtime_fer.sinks.video_sink import VideoSink
from tests.sinks.recordings import facts_of, rows_of


def test_a_sudden_end_leaves_the_facts_of_a_second_before(tmp_path, make_result):
    sink = RecordingSink(tmp_path)
    for n in range(20):
        sink.write(make_result(n / 10, model_id="a" if n < 8 else "b"), "here" if n == 5 else "")
    facts = facts_of(sink.folder)
    sink.close()
    assert facts["complete"] is False
    assert [use["id"] for use in facts["models"]] == ["a", "b"]
    assert [marker["text"] for marker in facts["markers"]] == ["here"]
    assert facts["frames"] >= 10


def test_why_it_ended_early_is_kept_in_english_and_by_its_parts(tmp_path, make_result, monkeypatch):
    sink = RecordingSink(tmp_path)
    sink.write(make_result(0.0))

    def full(self, *arguments):
        raise cannot_write(Path("video.mp4"), OSError(errno.EACCES, "Permission denied"))

    monkeypatch.setattr(VideoSink, "write", full)
    install_translator(lambda context, text: text.upper(), "xx")
    try:
        with pytest.raises(SinkError):
            sink.write(make_result(0.1))
        sink.close()
    finally:
        install_translator(None)
    facts = facts_of(sink.folder)
    assert facts["ended_early"] == "'video.mp4' cannot be written: Permission denied."
    assert facts["ended_early_parts"] == {
        "template": "'{path}' cannot be written: {reason}.",
        "values": {"path": "video.mp4", "reason": "Permission denied"},
    }


@pytest.mark.parametrize("call", ["write", "write_note"])
def test_a_fault_in_the_program_is_kept_as_the_reason_too(tmp_path, make_result, monkeypatch, call):
    sink = RecordingSink(tmp_path)
    sink.write(make_result(0.0))

    def broken(self, *arguments):
        raise ZeroDivisionError("a bug")

    again = {
        "write": lambda: sink.write(make_result(0.1)),
        "write_note": lambda: sink.add_late_marker(0.0, "looks away"),
    }
    with monkeypatch.context() as patched:
        patched.setattr(CsvSink, call, broken)
        with pytest.raises(ZeroDivisionError):
            again[call]()
    sink.close()
    facts = facts_of(sink.folder)
    told = "The recording stopped because of a fault in the program (ZeroDivisionError: a bug)."
    assert facts["ended_early"] == told
    assert facts["ended_early_parts"]["values"] == {"kind": "ZeroDivisionError", "error": "a bug"}
    assert sink.summary is not None
    assert sink.summary.sentence == told


def test_a_fault_in_finishing_one_part_does_not_lose_the_others(tmp_path, make_result, monkeypatch):
    sink = RecordingSink(tmp_path)
    for n in range(3):
        sink.write(make_result(n / 10))
    close = VideoSink.close

    def broken(self):
        close(self)
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(VideoSink, "close", broken)
    with pytest.raises(ZeroDivisionError):
        sink.close()
    facts = facts_of(sink.folder)
    assert "ZeroDivisionError" in facts["ended_early"]
    assert facts["frames"] == len(rows_of(sink.folder / "expressions.csv")) == 3


def test_a_fault_at_the_start_leaves_no_folder(tmp_path, monkeypatch):
    def broken(self, *arguments, **options):
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(CsvSink, "__init__", broken)
    with pytest.raises(ZeroDivisionError):
        RecordingSink(tmp_path / "recordings")
    assert list((tmp_path / "recordings").iterdir()) == []


@pytest.mark.parametrize("part", [VideoSink, CsvSink])
def test_one_part_failing_does_not_lose_the_others(tmp_path, make_result, monkeypatch, part):
    sink = RecordingSink(tmp_path)
    for n in range(30):
        sink.write(make_result(n / 10))
    write = part.write

    def full(self, *arguments):
        raise SinkError("The disk is full.")

    monkeypatch.setattr(part, "write", full)
    with pytest.raises(SinkError, match="disk is full"):
        sink.write(make_result(3.0))
    monkeypatch.setattr(part, "write", write)
    with pytest.raises(SinkError, match="closed"):
        sink.write(make_result(3.1))
    sink.close()
    facts = facts_of(sink.folder)
    assert facts["complete"] is True
    assert facts["ended_early"] == "The disk is full."
    with av.open(str(sink.folder / "video.mp4")) as container:
        frames = sum(1 for _ in container.decode(video=0))
    assert frames == facts["frames"] == (30 if part is VideoSink else 31)
    assert len((sink.folder / "expressions.csv").read_text().splitlines()) == 31


def test_a_disk_that_fills_while_recording(small_disk, make_result):
    sink = RecordingSink(small_disk)
    noise = [np.random.default_rng(n).integers(0, 255, (80, 100, 3), dtype=np.uint8) for n in range(3)]

    def write_on() -> None:
        for n in range(600):
            sink.write(make_result(n / 30, image=noise[n % 3]))

    with pytest.raises(SinkError, match="disk is full"):
        write_on()
    sink.close()
    with av.open(str(sink.folder / "video.mp4")) as container:
        assert sum(1 for _ in container.decode(video=0)) == sink.summary.frames >= 10
    assert "disk is full" in sink.summary.sentence
    assert not [path for path in sink.folder.iterdir() if path.name.endswith(".partial")]
    assert facts_of(sink.folder)["started"]


def test_facts_that_cannot_be_written_are_said_at_close(tmp_path, make_result, monkeypatch):
    sink = RecordingSink(tmp_path)
    sink.write(make_result(0.0))

    def refuse(source, target):
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(SinkError, match="session"):
        sink.close()
    monkeypatch.undo()
    sink.close()
    assert facts_of(sink.folder)["complete"] is False
    assert sink.summary is not None
    assert sink.summary.frames == 1
    assert sorted(path.name for path in sink.folder.iterdir()) == ["expressions.csv", "session.json", "video.mp4"]


def test_an_unwritable_place_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SinkError, match=r"^'[^']*' cannot be written: .*\.$"):
        RecordingSink(tmp_path / "file" / "recordings")
