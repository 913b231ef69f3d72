"""What the composition root makes of a person's choices."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from realtime_fer.assembly import (
    build_engine_parts,
    claim_review,
    recorded_settings,
    recorded_triggers,
    take_lsl_place,
)
from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.errors import ModelError, SinkError, SourceError
from realtime_fer.core.request import request_of
from realtime_fer.core.settings import Settings
from realtime_fer.core.triggers.trigger import Action, ActionKind, Trigger
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.engine import Engine
from realtime_fer.runtime.events import ModelAdopted
from realtime_fer.sources import CameraDescription, cameras
from realtime_fer.vision import registry
from realtime_fer.vision.registry import ModelRegistry
from tests.fakes import FakeSource, Listener


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


class CountingRegistry(ModelRegistry):
    """Notes which cards are read."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.read: list[str] = []
        read_card = registry.read_model_spec

        def note(path: Path) -> ModelSpec:
            self.read.append(path.name)
            return read_card(path)

        monkeypatch.setattr(registry, "read_model_spec", note)
        super().__init__()


def test_a_switch_of_the_model_reads_its_card_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    models, listener = CountingRegistry(monkeypatch), Listener()
    parts = build_engine_parts(Settings(threads=1), registry=models)
    gate = threading.Semaphore(0)
    source = FakeSource(frames=1_000_000, live=True, gate=gate)
    engine = Engine(replace(parts, resolve_source=lambda request: ResolvedSource(request, source)), listener)
    try:
        engine.start(request_of("0"), "haar", "fer-xs")
        listener.wait_for(ModelAdopted)
        models.read.clear()
        engine.load_model("fer-xs-7")
        listener.wait_for(ModelAdopted, count=2)
    finally:
        gate.release(1_000)
        engine.stop()
    assert models.read == ["fer-xs-7.json"]


def test_a_model_that_was_exported_anew_is_read_anew(tmp_path: Path) -> None:
    card = json.loads((registry.weights_folder() / "fer-xs.json").read_text(encoding="utf-8"))
    path = tmp_path / "own.json"
    path.write_text(json.dumps({**card, "id": "own", "name": "First"}), encoding="utf-8")
    models = ModelRegistry(tmp_path)
    path.write_text(json.dumps({**card, "id": "own", "name": "Second"}), encoding="utf-8")
    assert (models.spec("own").name, models.reread("own").name) == ("First", "Second")
    path.write_text(json.dumps({**card, "id": "other"}), encoding="utf-8")
    with pytest.raises(ModelError, match="There is no model 'own'"):
        models.reread("own")


def test_what_a_recording_says_of_mirroring_comes_from_its_frames() -> None:
    """The setting is for cameras, and a recorded file is not mirrored."""
    assert "mirror" not in recorded_settings(Settings(mirror=True))


def test_a_recording_tells_its_triggers_without_what_is_private() -> None:
    actions = (Action(ActionKind.MARKER), Action(ActionKind.COMMAND, "say secret"))
    kept = tuple(one.as_json() for one in (Trigger("happy", actions, "Anna"), Trigger("sad", actions[:1], is_on=False)))
    (told,) = recorded_triggers(Settings(triggers=kept))
    assert (told["expression"], told["person"], told["actions"]) == ("happy", True, ["marker", "command"])
    assert "Anna" not in str(told)
    assert "secret" not in str(told)


def test_a_recording_is_reviewed_by_one_program_at_a_time(tmp_path: Path) -> None:
    release = claim_review(tmp_path)
    assert release is not None
    assert claim_review(tmp_path) is None
    release()
    assert list(tmp_path.iterdir()) == [], "nothing is left in the recording's folder"
    again = claim_review(tmp_path)
    assert again is not None
    again()
    with pytest.raises(SinkError, match="does not exist"):
        claim_review(tmp_path / "gone")


def test_programs_on_one_computer_have_lsl_places_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platformdirs.user_cache_dir", lambda *name, **options: str(tmp_path / "cache"))
    first, second = take_lsl_place(), take_lsl_place()
    assert (first.number, second.number) == (1, 2)
    assert first.source_id != second.source_id
    first.release()
    again = take_lsl_place()
    assert again.source_id == first.source_id
    again.release()
    second.release()
