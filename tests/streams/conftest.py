from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest

from realtime_fer.core.frame import FrameResult
from realtime_fer.sinks.jsonl_file import frame_object
from realtime_fer.streams.hub import LiveHub
from realtime_fer.streams.server import LiveServer
from tests.fakes import CLASSES, make_faces, make_result

MakeServer = Callable[..., LiveServer]


def with_faces(number: int = 0, faces: int = 2) -> FrameResult:
    found = make_faces(*((10 + 20 * face, 8, 25 + 20 * face, 38) for face in range(faces)))
    found = found.with_tracker_id(np.arange(1, faces + 1, dtype=np.int64))
    chances = np.full((faces, len(CLASSES)), 0.05, np.float32)
    chances[:, 3] = 0.7
    found = found.with_probabilities(chances, chances)
    return make_result(found, index=number, timestamp_s=100 + number / 30)


@pytest.fixture
def hub() -> Iterator[LiveHub]:
    made = LiveHub(frame_object, clock=lambda: 200.0, wall_clock=lambda: 1_700_000_200.0)
    yield made
    made.close()


@pytest.fixture
def serve(hub: LiveHub) -> Iterator[MakeServer]:
    made: list[LiveServer] = []

    def start(port: int = 18771, **options: object) -> LiveServer:
        server = LiveServer(hub, port, **options)  # type: ignore[arg-type]
        made.append(server)
        server.start()
        assert server.wait_started(30)
        assert server.problem == ""
        return server

    yield start
    for server in made:
        server.stop()
