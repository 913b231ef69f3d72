"""What tests of recordings share: a clock, and reading what was written."""

from __future__ import annotations

import csv
import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

import av

START = datetime(2031, 5, 6, 7, 8, 9, 250_000, timezone(timedelta(hours=2)))


class FakeWallClock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now


def facts_of(folder: Path) -> dict:
    return json.loads((folder / "session.json").read_text(encoding="utf-8"))


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def lines_of(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def video_times_of(path: Path) -> list[float]:
    """Seconds of every frame, to the five digits that the tables have."""
    with av.open(str(path)) as container:
        return [round(float(frame.pts * frame.time_base), 5) for frame in container.decode(video=0)]
