"""Two networks on the same faces: made-up ones whose answers are known, and the command."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from realtime_fer.core.cards.model_input import InputSpec
from tests.train.made_up import write_fer2013
from train.__main__ import main
from train.data.labelled_faces import DatasetError
from train.measure.compare import as_text, compare, paired_interval
from train.measure.evaluate import FaceSource


class Always:
    """Answers one class whatever it sees."""

    input = InputSpec()

    def __init__(self, answer: str, class_names: tuple[str, ...]) -> None:
        self.class_names, self._answer = class_names, class_names.index(answer)

    def predict(self, inputs: np.ndarray) -> np.ndarray:
        return np.eye(len(self.class_names), dtype=np.float32)[np.full(len(inputs), self._answer)]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> FaceSource:
    """Two faces of each of the seven classes."""
    folder = write_fer2013(tmp_path_factory.mktemp("faces"))
    return FaceSource("PublicTest", images=folder / "public_test.zip", labels=folder / "labels.csv")


def test_only_faces_whose_class_both_have_count(source: FaceSource) -> None:
    happy, contempt = Always("happy", ("sad", "happy", "fear")), Always("contempt", ("contempt", "happy", "sad"))
    figures = compare(happy, contempt, source)
    assert (figures["n"], figures["left_out"], figures["classes"]) == (4, 10, ["sad", "happy"])
    assert (figures["accuracy_a"], figures["accuracy_b"], figures["difference"]) == (0.5, 0.0, -0.5)
    assert (figures["only_a_right"], figures["only_b_right"]) == (2, 0)
    low, high = figures["interval"]
    assert -1 <= low <= -0.5 <= high <= 0
    text = as_text(figures, "one", "other")
    assert "N 4 (10 of a class not both have left out)" in text
    assert "B minus A: -50.00 points" in text
    with pytest.raises(DatasetError, match="no class in common"):
        compare(happy, Always("angry", ("angry", "disgust")), source)


def test_the_interval_is_that_of_paired_answers() -> None:
    # 1000 faces; B alone is right on 80, A alone on 40: the difference is 4 points and, by the normal approximation,
    # its deviation sqrt((0.12 - 0.04 ** 2) / 1000) = 1.088 points.
    a, b = np.zeros(1000, bool), np.zeros(1000, bool)
    b[:80], a[80:120] = True, True
    a[200:700] = b[200:700] = True
    low, high = paired_interval(a, b)
    assert (low, high) == pytest.approx((0.04 - 1.96 * 0.01088, 0.04 + 1.96 * 0.01088), abs=0.002)
    assert paired_interval(a, b) == (low, high)
    assert paired_interval(b, a) == pytest.approx((-high, -low), abs=0.002)
    assert paired_interval(a, a) == (0.0, 0.0)


def test_the_command_compares_a_network_with_itself(
    checkout: Path, source: FaceSource, capsys: pytest.CaptureFixture[str]
) -> None:
    weights = str(checkout / "weights" / "fer-s.tflite")
    words = ["--images", str(source.images), "--labels", str(source.labels), "--usage", "PublicTest"]
    assert main(["evaluate", "--compare", weights, weights, *words, "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert (figures["n"], figures["difference"], figures["interval"]) == (14, 0.0, [0.0, 0.0])
    assert main(["evaluate", "--compare", weights, weights, *words]) == 0
    assert "B fer-s.tflite" in capsys.readouterr().out
    assert main(["evaluate", "--compare", weights, weights, *words, "--confusion", "x.png"]) == 2
    assert "--confusion takes one network" in capsys.readouterr().err
