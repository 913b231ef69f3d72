"""A worker loads each model once, and lends it to one video after the other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from realtime_fer import assembly
from realtime_fer.commands.annotation.request import AnnotateRequest
from realtime_fer.commands.cluster import task
from realtime_fer.commands.cluster.kept_models import KeptModels
from realtime_fer.core.enums import DetectorName, Film
from realtime_fer.core.errors import ModelError
from realtime_fer.core.protocols import ExpressionClassifier
from realtime_fer.core.request import request_of

FACES = np.zeros((1, 48, 48, 1), np.float32)


class Loader:
    def __init__(self) -> None:
        self.loaded: list[tuple[str, int]] = []

    def __call__(self, model: str, threads: int) -> ExpressionClassifier:
        self.loaded.append((model, threads))
        return assembly.build_classifier(model, threads)


@pytest.fixture
def load() -> Loader:
    return Loader()


def test_one_video_after_the_other_gets_the_same_model(load: Loader) -> None:
    models = KeptModels(load)
    first = models.lend("fer-xs", 1)
    expected = first.predict(FACES)
    first.close()
    first.close()  # a second time gives nothing back
    second, third = models.lend("fer-xs", 1), models.lend("fer-xs", 1)
    assert load.loaded == [("fer-xs", 1)] * 2, "two at the same time need one each"
    assert np.array_equal(second.predict(FACES), expected)
    assert np.array_equal(third.predict(FACES), expected)
    models.lend("fer-xs", 2)
    assert load.loaded[2:] == [("fer-xs", 2)]


def test_a_model_that_raised_an_error_is_not_lent_again(load: Loader, monkeypatch: pytest.MonkeyPatch) -> None:
    models = KeptModels(load)
    lent = models.lend("fer-xs", 1)

    def fail(_: np.ndarray) -> np.ndarray:
        raise ModelError("No probabilities.")

    monkeypatch.setattr(lent._classifier, "predict", fail)  # type: ignore[attr-defined]
    with pytest.raises(ModelError, match="No probabilities"):
        lent.predict(FACES)
    lent.close()
    assert models.lend("fer-xs", 1).predict(FACES).shape == (1, 8)
    assert len(load.loaded) == 2


def test_two_videos_of_a_worker_load_the_model_once(
    load: Loader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(task, "_MODELS", KeptModels(load))
    tables = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for table in tables:
        request = AnnotateRequest(
            request_of("demo"), film=Film.NONE, model="fer-xs", detector=DetectorName.HAAR, seconds=0.2, csv=table
        )
        assert task._annotate(request)["problem"] == ""
    assert len(load.loaded) == 1
    assert tables[0].read_bytes() == tables[1].read_bytes()
