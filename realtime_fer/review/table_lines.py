"""The lines of a recording's table in chunks, past those that are damaged."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from realtime_fer.core.errors import ReviewError, reason_of
from realtime_fer.core.system.bounded_files import open_regular
from realtime_fer.review.rows import NEEDED

_CHUNK = 20_000

#: Called with 0 to 1; raises whatever ends the reading.
Progress = Callable[[float], None]


def chunks_of(
    path: Path, progress: Progress, left_out: Callable[[], None] = lambda: None
) -> Iterator[tuple[list[str], list[list[str]]]]:
    """The header and some lines, again and again; each line has as many cells as the header.

    Args:
        left_out: called for each line that is damaged.

    Raises:
        ReviewError: it cannot be read, or is no table of a recording.
    """
    try:
        with open_regular(path) as raw:
            whole = max(1, raw.seek(0, io.SEEK_END))
            raw.seek(0)
            file = io.TextIOWrapper(raw, "utf-8", "replace", newline="")
            # A damaged file may hold zero bytes, which the csv module refuses.
            lines = csv.reader(line.replace("\0", "") for line in file)
            header = next(lines, [])
            if not set(NEEDED) <= set(header):
                raise ReviewError("'{path}' is not the table of a recording.", path=path)
            while chunk := list(islice(_whole_lines(lines, len(header), left_out), _CHUNK)):
                yield header, chunk
                progress(min(1.0, raw.tell() / whole))
    except (OSError, csv.Error) as error:
        raise ReviewError("'{path}' cannot be read: {reason}.", path=path, reason=reason_of(error)) from error


def _whole_lines(lines: Iterator[list[str]], length: int, left_out: Callable[[], None]) -> Iterator[list[str]]:
    while True:
        try:
            cells = next(lines)
        except StopIteration:
            return
        except csv.Error:
            left_out()
            continue
        if len(cells) == length:
            yield cells
        else:
            left_out()
