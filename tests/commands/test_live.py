"""``realtime-fer live`` from outside: lines of JSON while the source runs."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
from importlib import resources
from pathlib import Path

import jsonschema
import numpy as np
import pytest

from realtime_fer.arguments.parser import build_parser
from realtime_fer.assembly import recorded_triggers
from realtime_fer.commands.live.remote import _COMMANDS, RemoteControl
from realtime_fer.commands.live.request import request_from
from realtime_fer.commands.live.table import LiveTable
from realtime_fer.commands.live.triggers import SourceTriggers
from realtime_fer.core.live import COMMANDS
from realtime_fer.core.settings import Settings
from realtime_fer.core.triggers.trigger import Action, ActionKind, Trigger
from tests.commands.program import CHECKOUT, CommandLine, run_program
from tests.fakes import CLASSES, make_faces, make_result

LIVE = [sys.executable, str(CHECKOUT / "main.py"), "live", "demo", "--width", "320", "--detector", "haar"]


def test_the_demo_becomes_lines_that_the_schema_knows() -> None:
    schema = json.loads((resources.files("realtime_fer.assets") / "live.schema.json").read_text("utf-8"))
    with subprocess.Popen(LIVE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        named, session = "not analysed", set()
        for text in process.stdout:
            line = json.loads(text)
            jsonschema.validate(line, schema)
            session.add(line["session"])
            named = line["faces"][0]["expression"] if line["faces"] else ""
            if named not in ("", "uncertain", "not analysed"):
                break
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
    assert named not in ("uncertain", "not analysed"), errors
    assert len(session) == 1
    assert process.returncode == 1
    assert errors.endswith("realtime-fer: stopped.\n")


def test_two_sources_share_clock_and_table_and_end_after_the_seconds_that_were_asked_for(tmp_path: Path) -> None:
    table = tmp_path / "both.csv"
    sources = ("--source", "demo", "--source", "demo", "--csv", str(table))
    done = run_program("live", *sources, "--json", "-", "--seconds", "1", "--width", "320", "--detector", "haar")
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert {line["source_index"] for line in lines} == {0, 1}
    assert lines[-1]["timestamp"] < 3.0
    told = {
        (line["source"], str(line["source_index"]), str(line["frame"]), f"{line['timestamp']:.5f}") for line in lines
    }
    header, *rows = csv.reader(table.read_text().splitlines())
    assert header[-2:] == ["source", "source_index"]
    assert {(*row[-2:], row[0], row[1]) for row in rows} <= told
    assert {row[-1] for row in rows} == {"0", "1"}


def test_a_table_that_is_there_is_not_replaced(command_line: CommandLine, tmp_path: Path) -> None:
    table = tmp_path / "kept.csv"
    table.write_text("mine")
    assert "There is already a file" in command_line.refused("live", "demo", "--csv", str(table))
    assert table.read_text() == "mine"


def test_a_table_without_a_frame_does_not_stay(tmp_path: Path) -> None:
    LiveTable(tmp_path / "new.csv", Settings()).close()
    assert list(tmp_path.iterdir()) == []


def test_a_reader_that_goes_away_ends_it_quietly() -> None:
    with subprocess.Popen(LIVE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert json.loads(process.stdout.readline())["type"] == "frame"
        process.stdout.close()
        assert process.wait(30) == 1
        assert "Traceback" not in process.stderr.read()


def test_a_source_that_is_not_there_is_refused(command_line: CommandLine, tmp_path: Path) -> None:
    assert "There is no file" in command_line.refused("live", str(tmp_path / "no.mp4"))


class FakeEngine:
    def __init__(self) -> None:
        self.calls: list[tuple[object, ...]] = []

    def __getattr__(self, name: str) -> object:
        return lambda *given: self.calls.append((name, *given))


def test_commands_and_markers_reach_each_source(capsys: pytest.CaptureFixture[str]) -> None:
    woken: list[int] = []
    remote = RemoteControl(lambda: woken.append(1), lambda: {"fer-s"})
    for command, text in (("start_recording", ""), ("marker", "here"), ("model", "fer-s"), ("model", "/home/a.tflite")):
        remote.run(command, text)
    remote.take_marker("there", 5.0)
    engines = [FakeEngine(), FakeEngine()]
    remote.run_waiting(engines)  # type: ignore[arg-type]
    wanted = [("start_recording",), ("add_marker", "here", None), ("load_model", "fer-s"), ("add_marker", "there", 5.0)]
    assert [engine.calls for engine in engines] == [wanted, wanted]
    assert "There is no model '/home/a.tflite'." in capsys.readouterr().err
    assert len(woken) == 5
    assert set(_COMMANDS) == set(COMMANDS)


def test_what_does_not_fit_together_is_refused(command_line: CommandLine) -> None:
    assert "There is no source." in command_line.refused("live")
    assert "Add --websocket" in command_line.refused("live", "demo", "--commands")


def test_triggers_of_a_file_that_cannot_work_here_are_refused(command_line: CommandLine, tmp_path: Path) -> None:
    path = tmp_path / "triggers.json"
    path.write_text('{"expression": "happy", "actions": [{"do": "command", "text": "say hi"}]}')
    assert "A trigger runs 'say hi'." in command_line.refused("live", "demo", "--trigger", str(path))
    path.write_text('{"expression": "happy", "person": "Anna", "actions": ["marker"]}')
    assert "nobody has a name" in command_line.refused("live", "demo", "--trigger", str(path))
    assert "cannot be read" in command_line.refused("live", "demo", "--trigger", str(tmp_path / "none.json"))
    path.write_text('{"expression": "own_thinking", "actions": ["marker"]}')
    assert "Add --own-expressions" in command_line.refused("live", "demo", "--trigger", str(path))
    assert "Add --trigger FILE." in command_line.refused("live", "demo", "--run-commands")


def test_a_trigger_marks_records_and_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    actions = tuple(Action(kind) for kind in (ActionKind.MARKER, ActionKind.SNAPSHOT, ActionKind.START_RECORDING))
    made = SourceTriggers([Trigger("happy", actions, hold_s=0.5)], lambda: None)
    faces = make_faces((10, 8, 25, 38)).with_tracker_id(np.array([4], np.int64))
    chances = np.zeros((1, len(CLASSES)), np.float32)
    chances[0, CLASSES.index("happy")] = 0.9
    engine = FakeEngine()
    for step in range(8):
        result = make_result(faces.with_probabilities(chances, chances), index=step, timestamp_s=1 + step / 10)
        made.give(result)
        made.run_waiting(engine)  # type: ignore[arg-type]
    made.stop()
    assert engine.calls == [("add_marker", "#4 happy", 1.5), ("take_snapshot",), ("start_recording",)]
    assert capsys.readouterr().err == "realtime-fer: Trigger: #4 happy, 90 %.\n"


def test_a_recording_without_a_window_tells_its_triggers(tmp_path: Path) -> None:
    path = tmp_path / "triggers.json"
    path.write_text('{"expression": "happy", "actions": ["start_recording"]}')
    request = request_from(build_parser().parse_args(["live", "demo", "--trigger", str(path)]), {})
    assert recorded_triggers(request.settings)[0]["actions"] == ["start_recording"]
