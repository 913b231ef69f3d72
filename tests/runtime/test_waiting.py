"""What comes to an end waits for detector and model; what is live does not."""

import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from realtime_fer.core.errors import ModelError
from realtime_fer.core.request import SourceRequest, request_of
from realtime_fer.runtime.capture.resolved_source import ResolvedSource
from realtime_fer.runtime.events import DetectorAdopted, ModelAdopted, ModelRefused, SourceEnded, SourceWaits
from tests.fakes import FakeClassifier, FakeSource, make_spec
from tests.runtime.studio import studio


class Loading:
    """A model whose loading a test holds up."""

    def __init__(self, refuse: bool = False) -> None:
        self.begun, self.go_on = threading.Event(), threading.Event()
        self._refuse = refuse

    def __call__(self, model_id: str) -> FakeClassifier:
        self.begun.set()
        assert self.go_on.wait(10)
        if self._refuse:
            raise ModelError("The model is damaged.")
        return FakeClassifier(make_spec(model_id))


def played(source: FakeSource, **changes: object) -> Callable[[SourceRequest], ResolvedSource]:
    return lambda request: replace(ResolvedSource(request, source), **changes)


def test_the_first_picture_of_a_file_is_taken_when_it_can_be_analysed(tmp_path: Path) -> None:
    loading, source = Loading(), FakeSource(3, step_s=0.02)
    with studio(tmp_path, make_slowly=loading, resolve=played(source)) as made:
        made.engine.start_recording()
        made.listener.wait_for(SourceWaits)
        made.listener.wait_for(DetectorAdopted)
        assert made.engine.take_view() is None
        loading.go_on.set()
        made.listener.wait_for(SourceEnded)
        kinds = [type(event) for event in made.listener.events]
        assert kinds.index(ModelAdopted) < kinds.index(SourceEnded)
    written = made.sinks[0].written
    assert [(result.frame.index, result.model_id) for result in written][:1] == [(0, "one")]
    assert {result.model_id for result in written} == {"one"}


def test_it_does_not_wait_for_a_model_that_cannot_be_had(tmp_path: Path) -> None:
    loading = Loading(refuse=True)
    with studio(tmp_path, make_slowly=loading, resolve=played(FakeSource(3, step_s=0.02))) as made:
        loading.go_on.set()
        made.listener.wait_for(ModelRefused)
        assert made.wait_for_view().model_id == ""


def test_nor_for_one_that_is_loaded_in_place_of_another(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.wait_for_view()
        made.make_slowly = loading = Loading()
        made.engine.load_model("two")
        assert loading.begun.wait(10)
        made.engine.open_source(request_of("second"))
        assert made.wait_for_view(lambda result: result.frame.source_generation == 1).model_id == "one"
        loading.go_on.set()


@pytest.mark.parametrize(("live", "at_once"), [(True, False), (False, True)])
def test_a_live_source_and_what_never_ends_are_shown_at_once(tmp_path: Path, live: bool, at_once: bool) -> None:
    loading = Loading()
    source = FakeSource(1_000_000, live=live, step_s=None if live else 0.001)
    with studio(tmp_path, make_slowly=loading, resolve=played(source, at_once=at_once)) as made:
        assert made.wait_for_view().model_id == ""
        assert not made.listener.of(SourceWaits)
        loading.go_on.set()


def test_another_source_may_be_chosen_meanwhile(tmp_path: Path) -> None:
    loading = Loading()
    with studio(tmp_path, make_slowly=loading) as made:
        made.listener.wait_for(SourceWaits)
        made.engine.open_source(request_of("second"))
        made.listener.wait_for(SourceWaits, count=2)
        loading.go_on.set()
        assert made.wait_for_view().frame.source_name == "second"


def test_the_program_ends_while_a_file_waits(tmp_path: Path) -> None:
    loading = Loading()
    with studio(tmp_path, make_slowly=loading) as made:
        made.listener.wait_for(SourceWaits)
        loading.go_on.set()
        made.engine.stop()
