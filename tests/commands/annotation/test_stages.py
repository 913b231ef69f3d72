"""Stages that overlap: nothing is lost, swapped or written after an error, and the numbers are those of one thread."""

from __future__ import annotations

import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import cv2
import pytest

from realtime_fer import assembly
from realtime_fer.commands.annotation import run
from realtime_fer.commands.annotation.request import AnnotateRequest
from realtime_fer.commands.annotation.run import RunProgress, annotate_source
from realtime_fer.commands.annotation.stages import StageTimes, WriteBehind
from realtime_fer.core.enums import Film
from realtime_fer.core.errors import ModelError, SinkError
from realtime_fer.core.frame import Frame
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.request import request_of
from realtime_fer.core.settings import Settings
from realtime_fer.sinks.comparison import ComparisonCsvSink
from realtime_fer.sinks.csv_file import CsvSink
from realtime_fer.sinks.jsonl_file import JsonLinesSink
from realtime_fer.sinks.recording_time import RecordingClock
from realtime_fer.sinks.video_sink import VideoSink
from realtime_fer.sources import DemoSource, source_for
from realtime_fer.vision.pipeline import ExpressionPipeline
from tests.fakes import FakeSource
from tests.sinks.conftest import build_result


class Written:
    """What was written, and in which thread; the writing can be held up, and fail at one item."""

    def __init__(self, fails_at: int | None = None) -> None:
        self.items: list[int] = []
        self.told: list[int] = []
        self.threads: set[int] = set()
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        self._fails_at = fails_at

    def write(self, item: int) -> None:
        assert self.may_go_on.wait(20)
        if item == self._fails_at:
            raise SinkError("The disk is full.")
        self.items.append(item)
        self.threads.add(threading.get_ident())

    def tell(self, item: int) -> None:
        assert item in self.items
        assert threading.get_ident() not in self.threads
        self.told.append(item)


def put_all(written: Written, items: int, most: int = 8, raises: BaseException | None = None) -> None:
    """Puts so many, and then raises."""
    with WriteBehind(written.write, written.tell, most) as behind:
        for item in range(items):
            behind.put(item)
        if raises is not None:
            raise raises


def test_everything_is_written_in_order_in_one_other_thread_and_told_here() -> None:
    written = Written()
    put_all(written, 50, most=3)
    assert written.items == written.told == list(range(50))
    assert len(written.threads) == 1


def test_no_more_than_a_few_wait() -> None:
    written = Written()
    written.may_go_on.clear()
    with WriteBehind(written.write, written.tell, most=2) as behind:
        behind.put(0)
        behind.put(1)
        # The third waits until the first is written.
        threading.Timer(0.05, written.may_go_on.set).start()
        behind.put(2)
        assert 0 in written.items


def test_after_an_error_nothing_more_is_written_and_it_is_raised() -> None:
    written = Written(fails_at=2)
    with pytest.raises(SinkError, match="disk is full"):
        put_all(written, 8)
    assert written.items == written.told == [0, 1]


def test_what_precedes_an_error_of_another_stage_is_written() -> None:
    written = Written()
    with pytest.raises(ValueError, match="model"):
        put_all(written, 3, raises=ValueError("model"))
    assert written.items == written.told == [0, 1, 2]


def test_the_earlier_of_two_errors_counts() -> None:
    written = Written(fails_at=1)
    with pytest.raises(SinkError):
        put_all(written, 3, raises=ValueError("a later frame's"))
    assert written.items == [0]


def test_ctrl_c_ends_it_after_the_item_that_is_being_written() -> None:
    written = Written()
    written.may_go_on.clear()
    threading.Timer(0.05, written.may_go_on.set).start()
    with pytest.raises(KeyboardInterrupt):
        put_all(written, 5, raises=KeyboardInterrupt())
    assert written.items in ([], [0])


def clip_of(path: Path, faces: int, times_s: Sequence[float]) -> Path:
    source = DemoSource(480, 270, faces=faces)
    source.open()
    with VideoSink(path) as sink:
        for index, t_s in enumerate(times_s):
            read = source.read()
            assert read is not None
            sink.write(build_result(t_s, image=read.image_bgr, index=index), t_s)
    return path


def serially(clip: Path, folder: Path, seconds: float, compare: str | None) -> None:
    """Frame by frame in this thread, without any stage."""
    detector, _ = assembly.build_detector_or_fallback(None)
    pipeline = ExpressionPipeline(detector, assembly.build_classifier(Settings.model, 1))
    if compare:
        pipeline.adopt_comparison(assembly.build_classifier(compare, 1))
    pipeline.set_options(PipelineOptions(mirror=False))
    source = source_for(request_of(str(clip)))
    source.open()
    clock = RecordingClock()
    sinks = [CsvSink(folder / "a.csv"), JsonLinesSink(folder / "a.jsonl")]
    if compare:
        sinks.append(ComparisonCsvSink(folder / "a-comparison.csv"))
    index = 0
    while (read := source.read()) is not None and (read.media_time_s or 0.0) < seconds:
        time_s = read.media_time_s or 0.0
        frame = Frame(
            read.image_bgr,
            index,
            time_s,
            name=read.name,
            media_time_s=read.media_time_s,
            source_name=source.name,
        )
        result, t_s = pipeline.process(frame), clock.advance_to(time_s)
        for sink in sinks:
            sink.write(result, t_s)
        index += 1
    for sink in sinks:
        sink.close()
    source.close()
    pipeline.close()


def check_same_tables(clip: Path, folder: Path, seconds: float, compare: str | None = None) -> None:
    alone, overlapping = folder / "alone", folder / "overlapping"
    alone.mkdir()
    overlapping.mkdir()
    serially(clip, alone, seconds, compare)
    done: list[RunProgress] = []
    times = StageTimes()
    request = AnnotateRequest(
        request_of(str(clip)),
        output=None if clip.is_dir() else overlapping / "a.mp4",
        csv=overlapping / "a.csv",
        jsonl=overlapping / "a.jsonl",
        film=Film.NONE if clip.is_dir() else Film.ANNOTATED,
        compare=compare,
        seconds=seconds,
        threads=1,
    )
    interval_s = sys.getswitchinterval()
    summary = annotate_source(request, done.append, times)
    assert sys.getswitchinterval() == interval_s
    assert [progress.done for progress in done] == list(range(1, summary["frames"] + 1))
    assert min(times.seconds.values()) > 0
    for path in sorted(alone.iterdir()):
        assert path.read_bytes() == (overlapping / path.name).read_bytes(), path.name
    assert summary["faces"] > summary["frames"] // 2


@pytest.mark.parametrize(
    ("faces", "times_s", "compare"),
    [
        pytest.param(1, [i / 30 for i in range(40)], None, id="one face"),
        pytest.param(4, [i / 25 for i in range(30)], None, id="four faces"),
        pytest.param(
            2, [0.0, 0.04, 0.3, 0.32, 0.34, 0.9, 1.0, 1.01, 1.5, 1.9], "fer-xs", id="variable rate, two models"
        ),
    ],
)
def test_the_tables_are_those_of_one_thread_to_the_byte(
    tmp_path: Path, faces: int, times_s: list[float], compare: str | None
) -> None:
    check_same_tables(clip_of(tmp_path / "clip.mp4", faces, times_s), tmp_path, 100.0, compare)


def test_so_are_those_of_a_folder_of_pictures(tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    source = DemoSource(480, 270, faces=1)
    source.open()
    for number, side in enumerate((270, 200, 150, 100, 200, 96)):
        read = source.read()
        assert read is not None
        image = cv2.resize(read.image_bgr[:, 105:375], (side, side), interpolation=cv2.INTER_AREA)
        assert cv2.imwrite(str(folder / f"{number}.png"), image)
    check_same_tables(folder, tmp_path, 100.0)


@pytest.mark.parametrize(
    "name",
    ["face-demographics-walking.gif", "head-pose-face-detection-female-and-male.gif", "hungry.mkv", "thanks.mkv"],
)
def test_so_are_those_of_real_clips(media_folder: Path, tmp_path: Path, name: str) -> None:
    check_same_tables(media_folder / name, tmp_path, 1.0)


@pytest.mark.parametrize("live", [True, False])
def test_what_a_live_source_sends_does_not_wait_for_the_networks(
    live: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are loaded before it is opened; a file is opened first, since that may be refused at once."""
    source = FakeSource(live=live)

    def refuse(*_: object) -> None:
        raise ModelError("There is no such model.")

    monkeypatch.setattr(assembly, "build_classifier", refuse)
    monkeypatch.setattr(run, "source_for", lambda _: source)
    request = AnnotateRequest(request_of("rtsp://host/stream"), film=Film.NONE, csv=tmp_path / "table.csv")
    with pytest.raises(ModelError):
        annotate_source(request, lambda _: None)
    assert source.opened == (not live)
