"""A queue of analyses with children that do what a test tells them to, and a window in which a file plays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from realtime_fer.core.request import request_of
from realtime_fer.core.settings import Settings
from realtime_fer.gui.analyse.analyses import Analyses
from realtime_fer.runtime.analyses.child import AnalysisEnd, AnalysisProgress
from realtime_fer.runtime.analyses.request import AnalysisRequest
from realtime_fer.runtime.events import SourceOpened


@dataclass
class FakeChild:
    """A child that does what the test tells it to."""

    request: AnalysisRequest
    on_progress: Callable[[AnalysisProgress], None]
    on_end: Callable[[AnalysisEnd], None]
    asked: list[str] = field(default_factory=list)

    def start(self) -> None:
        self.asked.append("start")

    def request_stop(self) -> None:
        self.asked.append("stop")

    def join(self, timeout_s: float) -> bool:
        self.asked.append("join")
        return True


class Children:
    """Makes them and keeps them."""

    def __init__(self) -> None:
        self.made: list[FakeChild] = []

    def __call__(self, *arguments: Any) -> FakeChild:
        self.made.append(FakeChild(*arguments))
        return self.made[-1]


@pytest.fixture
def children() -> Children:
    return Children()


@pytest.fixture
def analyses(qtbot: Any, children: Children) -> Analyses:
    return Analyses(make_child=children)


@pytest.fixture
def ask(tmp_path: Path) -> Callable[..., AnalysisRequest]:
    return lambda name="clip.mp4": AnalysisRequest(tmp_path / name, tmp_path / "recordings", Settings())


def progress(done: int, expected: int | None = 100) -> AnalysisProgress:
    return AnalysisProgress(done, expected, done / 25, done / 50)


# The window


@pytest.fixture
def playing(stage: Any, tmp_path: Path, children: Children) -> Any:
    """A window in which a file plays, and whose analyses are made up."""
    clip = tmp_path / "clip.mp4"
    clip.write_bytes(b"film")
    stage.window.analyse.analyses.make_child = children
    stage.window.sources.open(str(clip))
    stage.say(SourceOpened(request_of(str(clip)), "clip.mp4", False))
    stage.engine.calls.clear()
    return stage
