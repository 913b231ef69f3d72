"""Parquet files of recordings, the summary of them, and the notebook that opens them."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stdout
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from realtime_fer.core.errors import SinkError
from realtime_fer.sinks.csv_file import CsvSink
from realtime_fer.sinks.parquet_file import SCHEMA_VERSION, ParquetSink, facts_of
from tests.commands.program import CommandLine
from tests.fakes import CLASSES, make_faces, make_result

MARKERS = {3: "=1+1", 5: 'told "now", loud'}


def results(expressions: list[str]) -> list[object]:
    """One face a frame, that shows each expression in turn; no face where it is ''."""
    made = []
    for index, name in enumerate(expressions):
        faces = make_faces((10, 8, 40, 38))
        one_hot = np.float32([[key == name for key in CLASSES]])
        faces = replace(
            faces,
            tracker_id=np.array([1]),
            probabilities=one_hot,
            smoothed=one_hot,
            label=np.array([CLASSES.index(name) if name else 0]),
        )
        made.append(make_result(faces if name else None, index=index, timestamp_s=index / 10))
    return made


def write(path: Path, source: str, expressions: list[str], also: CsvSink | None = None) -> None:
    with ParquetSink(path, source, "0.1", own=("smirk",)) as sink:
        for result in results(expressions):
            for table in (sink, also) if also else (sink,):
                table.write(result, result.frame.timestamp_s, MARKERS.get(result.frame.index, ""))
        for table in (sink, also) if also else (sink,):
            table.write_note(2, 0.2, "a late note")


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    folder = tmp_path / "results"
    (folder / "inner").mkdir(parents=True)
    write(folder / "a.parquet", "a.mp4", ["happy"] * 6 + ["sad"] * 2)
    write(folder / "inner" / "b.parquet", "inner/b.mp4", ["happy"] * 3 + [""] + ["surprise"] * 3)
    return folder


def test_the_rows_are_those_of_the_csv_with_types_and_without_a_spreadsheet_s_apostrophes(tmp_path: Path) -> None:
    with CsvSink(tmp_path / "a.csv", own=("smirk",)) as csv:
        write(tmp_path / "a.parquet", "a.mp4", ["happy", "", "sad", "", "sad", "happy"], csv)
    table = pq.read_table(tmp_path / "a.parquet")
    assert table["source"].unique().to_pylist() == ["a.mp4"]
    assert table.schema.field("face_id").type == pa.int32()
    assert all(pa.types.is_dictionary(table.schema.field(name).type) for name in ("source", "expression", "model"))
    rows = table.drop_columns(["source"]).to_pandas()
    expected = pandas.read_csv(tmp_path / "a.csv")
    assert list(rows) == list(expected)
    assert rows["marker"].dropna().tolist() == ["=1+1", 'told "now", loud', "a late note"]
    for name in expected:
        if pandas.api.types.is_numeric_dtype(expected[name]):
            assert np.allclose(rows[name].astype(float), expected[name], rtol=1e-6, equal_nan=True), name
        elif name != "marker":
            assert rows[name].astype(object).fillna("").tolist() == expected[name].fillna("").tolist(), name
    assert table.schema.field("own_smirk").type == pa.float32()
    assert facts_of(tmp_path / "a.parquet") == {"schema": SCHEMA_VERSION, "program": "0.1", "source": "a.mp4"}
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "a.parquet"}


def test_the_summary_counts_by_source_and_person_and_leaves_notes_out(command_line: CommandLine, dataset: Path) -> None:
    pq.write_table(pa.table({"x": [1]}), dataset / "foreign.parquet")
    done = command_line.run("summary", dataset)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "a.mp4, person 1: 8 faces: happy 75%, sad 25%",
        "inner/b.mp4, person 1: 6 faces: happy 50%, surprise 50%",
    ]
    assert "foreign.parquet" in done.stderr
    (group,) = json.loads(command_line.run("summary", dataset, "--by", "all", "--json").stdout)["groups"]
    assert group == {"faces": 14, "shares": {"happy": 0.64286, "surprise": 0.21429, "sad": 0.14286}}


def test_what_cannot_be_summed_up_is_refused_in_a_sentence(command_line: CommandLine, tmp_path: Path) -> None:
    assert "There is no Parquet file" in command_line.refused("summary", tmp_path)
    assert "There is no file or folder" in command_line.refused("summary", tmp_path / "nothing.parquet")
    newer = pa.schema([("x", pa.int32())], metadata={b"realtime_fer": json.dumps({"schema": SCHEMA_VERSION + 1})})
    pq.write_table(pa.table({"x": [1]}, schema=newer), tmp_path / "newer.parquet")
    assert "newer version" in command_line.refused("summary", tmp_path)


def test_a_full_disk_leaves_the_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq, "ParquetWriter", full)
    with pytest.raises(SinkError, match="disk is full"):
        write(tmp_path / "a.parquet", "a.mp4", ["happy"])
    assert "happy" in (tmp_path / "a-rows.csv").read_text()


def test_the_notebook_runs(checkout: Path, dataset: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(dataset.parent)
    cells = json.loads((checkout / "docs" / "dataset.ipynb").read_text(encoding="utf-8"))["cells"]
    names: dict[str, object] = {}
    with redirect_stdout(io.StringIO()):
        for cell in cells:
            if cell["cell_type"] == "code":
                exec("".join(cell["source"]), names)
    changes = names["changes"]
    assert [tuple(row) for row in changes[["source", "expression"]].to_numpy()] == [
        ("a.mp4", "happy"),
        ("a.mp4", "sad"),
        ("inner/b.mp4", "happy"),
        ("inner/b.mp4", "surprise"),
    ]
