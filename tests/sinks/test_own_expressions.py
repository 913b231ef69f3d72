"""Own expressions in tables, lines and facts: after all other columns, and only those taught when the table began."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

from realtime_fer.core.face_features.own_values import OwnValues
from realtime_fer.core.frame import FrameResult
from realtime_fer.sinks.csv_file import CsvSink
from realtime_fer.sinks.jsonl_file import JsonLinesSink
from realtime_fer.sinks.session import RecordingSink
from tests.sinks.conftest import MakeResult


def judged(result: FrameResult, *slugs: str) -> FrameResult:
    """The first face with 0.25 of each; of the others nothing is known."""
    values = np.full((len(result.faces), len(slugs)), np.nan, np.float32)
    values[:1] = 0.25
    return replace(result, own=OwnValues(tuple(map(str.title, slugs)), slugs, "f" * 64, values))


def test_the_table_has_a_column_for_each_that_was_known_at_its_beginning(
    tmp_path: Path, make_result: MakeResult
) -> None:
    with CsvSink(tmp_path / "t.csv", own=("skeptical", "smirk")) as sink:
        sink.write(judged(make_result(faces=2), "smirk", "later"), 0.0)
        sink.write(make_result(), 0.1)
        sink.write(make_result(faces=0), 0.2, marker="a note")
        sink.write_note(0, 0.0, "late")
    with (tmp_path / "t.csv").open(newline="") as file:
        header, first, second, *others = [row[-3:] for row in csv.reader(file)]
    assert header == ["strength", "own_skeptical", "own_smirk"]
    assert (first[1:], second[1:]) == (["", "0.2500"], ["", ""])
    assert [row[1:] for row in others] == [["", ""]] * 3


def test_a_line_has_an_object_for_each_face_where_any_was_taught(tmp_path: Path, make_result: MakeResult) -> None:
    with JsonLinesSink(tmp_path / "lines.jsonl") as sink:
        sink.write(judged(make_result(faces=2), "smirk"), 0.0)
        sink.write(make_result(), 0.1)
    lines = [json.loads(line) for line in (tmp_path / "lines.jsonl").read_text().splitlines()]
    assert [face["own"] for face in lines[0]["faces"]] == [{"smirk": 0.25}, {"smirk": None}]
    assert "own" not in lines[1]["faces"][0]


def test_the_facts_tell_which_file_and_from_when(tmp_path: Path, make_result: MakeResult) -> None:
    with RecordingSink(tmp_path, own=("smirk",)) as sink:
        sink.write(make_result())
        sink.write(judged(make_result(), "smirk"))
    facts = json.loads((sink.folder / "session.json").read_text())
    assert [(use["sha256"], use["names"], use["columns"]) for use in facts["own_expressions"]] == [
        ("f" * 64, ["Smirk"], ["own_smirk"])
    ]
    with RecordingSink(tmp_path) as sink:
        sink.write(make_result())
    assert "own_expressions" not in json.loads((sink.folder / "session.json").read_text())
