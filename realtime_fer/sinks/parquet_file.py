"""The table of a recording as an Apache Parquet file, for data sets of many recordings."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from realtime_fer.core.errors import SinkError
from realtime_fer.core.face_features.gaze import GAZE
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.text.spreadsheet import from_cell
from realtime_fer.sinks.atomic_files import ClosedOnExit, cannot_write
from realtime_fer.sinks.csv_file import CsvSink

#: Of the columns' names and meanings. A program that reads files knows by it what they hold.
SCHEMA_VERSION = 1

#: Key of the file's metadata: a JSON object with ``schema``, ``program`` and ``source``.
METADATA_KEY = b"realtime_fer"

#: Columns of words, which few values share: stored once each, and numbered.
TEXT_COLUMNS = ("expression", "model", "sensitivity", "marker", "uncertain_because", GAZE)

_WHOLE_COLUMNS = ("frame", "face_id", "x", "y", "w", "h", "speaking", "blinks")

#: Bytes of the CSV that are converted at once.
_BLOCK_BYTES = 4_000_000


class ParquetSink(ClosedOnExit):
    """Results to a Parquet file: a row for each face in each frame. Called from one thread alone.

    >>> with ParquetSink("clip.parquet", source="clip.mp4", program="0.1.0") as sink:
    ...     for result in results:
    ...         sink.write(result, clock.advance_to(result.frame.timestamp_s))
    >>> pyarrow.parquet.read_table("clip.parquet").column_names[:4]
    ['source', 'frame', 'timestamp', 'face_id']

    Columns: ``source``, then those of ``CsvSink`` with the same values. Whole numbers are int32, ``timestamp`` is
    float64, the other numbers are float32; words are dictionary-encoded. An empty cell is null. What a cell's
    apostrophe protected in a spreadsheet stands without it.

    The rows go into a CSV beside the file first and are converted by ``close``, block by block: memory stays flat, and
    a sudden end of the program leaves the rows.

    Args:
        path: an existing file is replaced.
        source: what the rows were made of, as ``source`` of each.
        program: its version.
        blendshapes, gaze, own: as of ``CsvSink``.

    Raises:
        SinkError: the file cannot be created, or the library is missing; see also ``write`` and ``close``.
    """

    def __init__(
        self,
        path: Path | str,
        source: str,
        program: str,
        *,
        blendshapes: bool = False,
        gaze: bool = False,
        own: Sequence[str] = (),
    ) -> None:
        load_pyarrow()
        self.path = Path(path)
        self._metadata = {"schema": SCHEMA_VERSION, "program": program, "source": source}
        self._rows_path = self.path.with_name(f"{self.path.stem}-rows.csv")
        self._rows: CsvSink | None = CsvSink(self._rows_path, blendshapes=blendshapes, gaze=gaze, own=own)

    def write(self, result: FrameResult, t_s: float, marker: str = "") -> None:
        """As ``CsvSink.write``. Raises SinkError: the disk is full or the file lost."""
        assert self._rows is not None
        self._rows.write(result, t_s, marker)

    def write_note(self, frame: int, t_s: float, marker: str) -> None:
        """As ``CsvSink.write_note``. Raises SinkError."""
        assert self._rows is not None
        self._rows.write_note(frame, t_s, marker)

    def close(self) -> None:
        """Converts the rows. May be called twice.

        Raises:
            SinkError: the file cannot be written; then the rows stay as CSV.
        """
        if self._rows is None:
            return
        rows, self._rows = self._rows, None
        rows.close()
        if rows.frames:
            csv_to_parquet(self._rows_path, self.path, self._metadata)
        with suppress(OSError):
            self._rows_path.unlink()


def csv_to_parquet(table: Path, path: Path, metadata: dict[str, Any]) -> None:
    """Writes ``table``, a recording's CSV, as ``path``. Raises SinkError."""
    pa = load_pyarrow()
    import pyarrow.csv
    import pyarrow.parquet

    try:
        with pyarrow.csv.open_csv(
            table,
            read_options=pyarrow.csv.ReadOptions(block_size=_BLOCK_BYTES, use_threads=False),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=_read_types(pa, _columns_of(table)), strings_can_be_null=True, null_values=[""]
            ),
        ) as reader:
            schema = _schema(pa, reader.schema.names, metadata)
            with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as writer:
                for batch in reader:
                    writer.write_table(_typed(pa, batch, schema, str(metadata["source"])))
    except (OSError, pa.ArrowException) as error:
        raise cannot_write(path, error) from error


def load_pyarrow() -> ModuleType:
    """The library. Raises SinkError: it is not installed."""
    try:
        import pyarrow
    except ImportError:
        raise SinkError(
            "Parquet files need the library 'pyarrow', which is not installed.",
            "Run: pip install 'realtime-fer[archive]'",
        ) from None
    return pyarrow


def facts_of(path: Path) -> dict[str, Any]:
    """What the file's metadata says of it; empty where another program wrote it, or it is no Parquet file."""
    pa = load_pyarrow()
    import pyarrow.parquet

    try:
        facts = json.loads((pyarrow.parquet.read_schema(path).metadata or {}).get(METADATA_KEY, b"{}"))
    except (OSError, ValueError, pa.ArrowException):
        return {}
    return facts if isinstance(facts, dict) else {}


def _columns_of(table: Path) -> list[str]:
    with table.open(encoding="utf-8") as file:
        return file.readline().rstrip("\n").split(",")


def _read_types(pa: Any, names: list[str]) -> dict[str, Any]:
    return {name: pa.string() if name in TEXT_COLUMNS else _number_type(pa, name) for name in names}


def _number_type(pa: Any, name: str) -> Any:
    if name == "timestamp":
        return pa.float64()
    return pa.int32() if name in _WHOLE_COLUMNS else pa.float32()


def _schema(pa: Any, names: list[str], metadata: dict[str, Any]) -> Any:
    words = pa.dictionary(pa.int32(), pa.string())
    fields = [(name, words if name in TEXT_COLUMNS else _number_type(pa, name)) for name in names]
    return pa.schema([("source", words), *fields], metadata={METADATA_KEY: json.dumps(metadata).encode("utf-8")})


def _typed(pa: Any, batch: Any, schema: Any, source: str) -> Any:
    columns = [pa.array([source]).dictionary_encode().take(pa.array([0] * len(batch), pa.int32()))]
    for name in batch.schema.names:
        column = batch.column(name)
        columns.append(_words(pa, column) if name in TEXT_COLUMNS else column)
    return pa.table(columns, schema=schema)


def _words(pa: Any, column: Any) -> Any:
    encoded = column.dictionary_encode()
    words = [from_cell(word) for word in encoded.dictionary.to_pylist()]
    return pa.DictionaryArray.from_arrays(encoded.indices, pa.array(words, pa.string()))


def parquet_files(paths: list[Path]) -> Iterator[Path]:
    """The Parquet files that are named, and those in named folders and below, in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from sorted(found for found in path.rglob("*.parquet") if found.is_file())
        else:
            yield path
