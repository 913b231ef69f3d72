"""Sessions as the program records them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from realtime_fer.core.frame import FrameResult
from realtime_fer.sinks.session import RecordingSink
from tests.sinks.conftest import build_result

MakeSession = Callable[..., Path]


@pytest.fixture
def make_session(tmp_path: Path) -> MakeSession:
    """A finished session of the results given, or of three seconds with two faces."""

    def make(
        results: list[FrameResult] | None = None, markers: dict[int, str] | None = None, **options: object
    ) -> Path:
        given = {"source": "desk camera", "program": "1.2.3", "packages": {"av": "18"}, "settings": {"film": "both"}}
        with RecordingSink(tmp_path, session_facts=given, **options) as sink:  # type: ignore[arg-type]
            for at, result in enumerate(results or [build_result(n / 10, faces=2) for n in range(30)]):
                sink.write(result, (markers or {}).get(at, ""))
            sink.set_dropped(recording=3, capture=0)
        return sink.folder

    return make
