"""The examples in the docstrings of the sinks run, and print what they say."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import pytest

from realtime_fer.sinks.csv_file import CsvSink
from realtime_fer.sinks.images import ImageFolderSink, PictureSink
from realtime_fer.sinks.jsonl_file import JsonLinesSink
from realtime_fer.sinks.recording_time import RecordingClock
from realtime_fer.sinks.session import RecordingSink
from realtime_fer.sinks.video_sink import VideoSink
from tests.examples import run_example

SINKS = (CsvSink, JsonLinesSink, VideoSink, PictureSink, ImageFolderSink, RecordingSink)


@pytest.mark.parametrize("sink", SINKS, ids=lambda sink: sink.__name__)
def test_the_example_prints_what_it_says(sink, tmp_path, make_result, monkeypatch):
    monkeypatch.chdir(tmp_path)
    results = [make_result(n / 10, index=n, faces=2) for n in range(3)]
    names = {"results": results, "RecordingClock": RecordingClock, "Path": Path, "json": json, "cv2": cv2}
    run_example(sink, names | {sink.__name__: sink for sink in SINKS})
