"""``realtime-fer summary``: how often each expression was seen in a data set of Parquet files, by source and person.

A worked example too: the question is one SQL statement, put to the files by DuckDB, and ``QUESTION`` is its text.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from realtime_fer.commands.annotation.outputs import refuse_addresses
from realtime_fer.core.errors import SinkError, reason_of
from realtime_fer.core.text.printable import counted, escape_unprintable, say, say_json
from realtime_fer.sinks.parquet_file import SCHEMA_VERSION, facts_of, parquet_files

#: What each row of the answer stands for, and the columns that make it so.
GROUPS = {
    "person": ("source", "face_id"),
    "source": ("source",),
    "model": ("model",),
    "all": (),
}

#: Faces that no model read are no expression; rows without a face hold notes.
QUESTION = """
SELECT {columns}{comma} expression, count(*) AS faces
FROM read_parquet(?, union_by_name = true)
WHERE face_id IS NOT NULL AND expression IS NOT NULL AND expression <> 'not analysed'
GROUP BY ALL
ORDER BY ALL
"""

_LONGEST_NAME = 40


def summary(names: Sequence[str], *, by: str, as_json: bool) -> int:
    """Prints the shares.

    Args:
        names: Parquet files and folders of them.
        by: a key of ``GROUPS``.

    Returns:
        Exit code 0.

    Raises:
        SinkError: there is no file that can be read, or the library is missing.
    """
    refuse_addresses(*names)
    files, left_out = _files(names)
    groups = _groups(_asked(files, by), GROUPS[by])
    if as_json:
        say_json({"files": len(files), "left_out": left_out, "by": by, "groups": groups})
        return 0
    for group in groups:
        shares = ", ".join(f"{name} {share:.0%}" for name, share in group["shares"].items() if share >= 0.005)
        say(f"{_named(group, by)}: {counted(group['faces'], 'face')}: {shares}")
    if not groups:
        say("No model read a face in these files.")
    for path in left_out:
        say(f"Left out, since it is not of this program: {path}", error=True)
    return 0


def _files(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """The files of this program, and the others. Raises SinkError."""
    files: list[str] = []
    left_out: list[str] = []
    for path in parquet_files([Path(name) for name in names]):
        if not path.is_file():
            raise SinkError("There is no file or folder '{path}'.", path=path)
        schema = facts_of(path).get("schema")
        if isinstance(schema, int) and schema > SCHEMA_VERSION:
            raise SinkError("'{path}' was written by a newer version of this program.", "Update it.", path=path)
        (files if schema == SCHEMA_VERSION else left_out).append(str(path))
    if not files:
        raise SinkError(
            "There is no Parquet file of this program in {names}.",
            "Make some with: realtime-fer annotate --parquet",
            names=" and ".join(f"'{name}'" for name in names),
        )
    return files, left_out


def _asked(files: list[str], by: str) -> list[tuple[Any, ...]]:
    """Rows of the group's values, the expression and the number of faces. Raises SinkError."""
    try:
        import duckdb
    except ImportError:
        raise SinkError(
            "The summary needs the library 'duckdb', which is not installed.",
            "Run: pip install 'realtime-fer[archive]'",
        ) from None
    columns = ", ".join(GROUPS[by])
    question = QUESTION.format(columns=columns, comma="," if columns else "")
    # It would fetch extensions from its makers' server.
    config: dict[str, Any] = {"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
    try:
        with duckdb.connect(config=config) as connection:
            return connection.execute(question, [files]).fetchall()
    except (duckdb.Error, OSError) as error:
        raise SinkError("The files cannot be read: {reason}.", reason=reason_of(error)) from error


def _groups(rows: list[tuple[Any, ...]], columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """One for each value of ``columns``: these, ``faces`` and ``shares``, the largest first."""
    counts: dict[tuple[Any, ...], dict[str, int]] = {}
    for *key, expression, faces in rows:
        counts.setdefault(tuple(key), {})[expression] = faces
    return [
        {
            **dict(zip(columns, key, strict=True)),
            "faces": sum(by_expression.values()),
            "shares": {
                name: round(faces / sum(by_expression.values()), 5)
                for name, faces in sorted(by_expression.items(), key=lambda item: (-item[1], item[0]))
            },
        }
        for key, by_expression in counts.items()
    ]


def _named(group: dict[str, Any], by: str) -> str:
    """'clip.mp4, person 2', cut where the name of a file is long."""
    if by == "all":
        return "All"
    name = escape_unprintable(str(group[GROUPS[by][0]]))
    name = name if len(name) <= _LONGEST_NAME else f"…{name[1 - _LONGEST_NAME :]}"
    return f"{name}, person {group['face_id']}" if by == "person" else name
