"""What the composition root makes of a person's choices."""

from __future__ import annotations

from contextlib import suppress

import pytest

from realtime_fer.assembly import build_engine_parts
from realtime_fer.core.errors import SourceError
from realtime_fer.core.request import request_of
from realtime_fer.core.settings import Settings
from realtime_fer.sources import CameraDescription, cameras


@pytest.mark.parametrize(
    ("request_", "runs"),
    [("Desk Camera", "2"), ("auto", "2"), ("2", "2"), ("/dev/video2", "/dev/video2"), ("demo", "demo")],
)
def test_a_camera_runs_under_its_number_whatever_it_was_asked_for_as(
    monkeypatch: pytest.MonkeyPatch, request_: str, runs: str
) -> None:
    monkeypatch.setattr(cameras, "list_cameras", lambda: [CameraDescription(2, "Desk Camera", "/dev/video2", "V4L2")])
    resolved = build_engine_parts(Settings()).resolve_source(request_of(request_))
    assert (resolved.request.value, resolved.source.name) == (runs, "demo" if runs == "demo" else "Desk Camera")


def test_a_camera_that_came_back_under_another_number_keeps_the_one_it_is_known_by(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    listed = [CameraDescription(0, "Desk Camera", "/dev/video0", "V4L2")]
    monkeypatch.setattr(cameras, "list_cameras", lambda: listed)
    resolve = build_engine_parts(Settings()).resolve_source
    resolve(request_of("0"))
    listed[:] = [CameraDescription(2, "Desk Camera", "/dev/video2", "V4L2")]
    resolved = resolve(request_of("0"))
    assert (resolved.request.value, resolved.source.name) == ("0", "Desk Camera")


def test_a_camera_given_by_its_name_gives_its_number_a_new_meaning(monkeypatch: pytest.MonkeyPatch) -> None:
    listed = [CameraDescription(2, "Other", "/dev/video2", "V4L2")]
    monkeypatch.setattr(cameras, "list_cameras", lambda: listed)
    resolve = build_engine_parts(Settings()).resolve_source
    resolve(request_of("2"))
    listed[:] = [CameraDescription(2, "Desk Camera", "/dev/video7", "V4L2")]
    assert resolve(request_of("Desk Camera")).request == request_of("2")
    assert resolve(request_of("2")).source.name == "Desk Camera", "it is opened again under its number"


@pytest.mark.parametrize("word", ["auto", "2", "/dev/video2", "Desk Camera", "no such camera"])
def test_cameras_are_listed_once_for_each_opening(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    """It takes seconds on some machines."""
    asked: list[str] = []

    def listed() -> list[CameraDescription]:
        asked.append(word)
        return [CameraDescription(2, "Desk Camera", "/dev/video2", "V4L2")]

    monkeypatch.setattr(cameras, "list_cameras", listed)
    parts = build_engine_parts(Settings())
    request = request_of(word)
    parts.source_chosen(request)
    for opening in (1, 2):
        with suppress(SourceError):
            parts.resolve_source(request)
        assert len(asked) == opening
