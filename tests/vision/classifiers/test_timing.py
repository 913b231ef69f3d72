from __future__ import annotations

import hashlib
import sys
import threading
from pathlib import Path

import pytest

from realtime_fer.vision.classifiers import timing


def child_that(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "own_module_command", lambda *_: [sys.executable, "-c", code])


def test_shipped_models_are_timed_in_another_process() -> None:
    found = dict(timing.time_shipped(["fer-xs", "fer-s-7", "nobody"], 1, threading.Event()))
    assert found.keys() == {"fer-xs", "fer-s-7"}
    assert all(0.01 < ms < 1000 for ms in found.values())


def test_a_network_that_did_not_come_with_the_program_is_not_run(tmp_path: Path, checkout: Path) -> None:
    content = (checkout / "weights" / "fer-xs.tflite").read_bytes() + b"another"
    (tmp_path / "mine.tflite").write_bytes(content)
    card = (checkout / "weights" / "fer-xs.json").read_text(encoding="utf-8").replace("fer-xs.tflite", "mine.tflite")
    sha256 = hashlib.sha256(content).hexdigest()
    old = card.partition('"sha256": "')[2].partition('"')[0]
    (tmp_path / "mine.json").write_text(card.replace(old, sha256), encoding="utf-8")
    assert dict(timing.time_shipped([str(tmp_path / "mine.tflite")], 1, threading.Event())) == {}


def test_what_was_timed_by_the_end_of_its_time_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    code = """import sys, time
sys.stdout.write('["a", 1.5]\\n["b", 2')
sys.stdout.flush()
time.sleep(60)"""
    child_that(code, monkeypatch)
    assert dict(timing.time_shipped(["a", "b"], 1, threading.Event(), timeout_s=4.0)) == {"a": 1.5}


def test_a_stop_ends_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    child_that("import time; time.sleep(600)", monkeypatch)
    stopped = threading.Event()
    stopped.set()
    assert dict(timing.time_shipped(["a"], 1, stopped, timeout_s=600)) == {}


def test_where_no_process_can_be_started_nothing_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "own_module_command", lambda *_: ["/nowhere/python"])
    assert dict(timing.time_shipped(["a"], 1, threading.Event())) == {}
