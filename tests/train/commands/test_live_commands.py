import json
from pathlib import Path

import cv2
import pytest

from realtime_fer.vision.registry import weights_folder
from tests.train.made_up import write_fer2013
from train.__main__ import main


@pytest.fixture
def fer2013(tmp_path: Path) -> Path:
    return write_fer2013(tmp_path / "fer2013", training=7, public_test=7)


def live(fer2013: Path, *more: str) -> int:
    return main(["live", "--data", str(fer2013), "--detector", "haar", "--scenes", "2", *more])


def test_two_models_on_the_same_scenes(fer2013: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    video = tmp_path / "video.avi"
    assert live(fer2013, "--model", "fer-xs", "--model", "cnn3", "--keep-film", str(video), "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert [model["model"] for model in report["models"]] == ["fer-xs", "cnn3"]
    assert report["data"] == [{"name": "FER2013 PublicTest by FER+ majority", "n": 7}]
    frames = {model["frames"] for model in report["models"]}
    assert frames == {sum(counts["frames"] for counts in report["models"][0]["classes"].values())}
    assert report["differences"][0]["model"] == "cnn3"
    reader = cv2.VideoCapture(str(video))
    assert int(reader.get(cv2.CAP_PROP_FRAME_COUNT)) == 2 * 36
    reader.release()


def test_the_same_seed_gives_the_same_figures(fer2013: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = []
    for seed in ("3", "3", "4"):
        assert live(fer2013, "--model", "fer-xs", "--seed", seed, "--scenes", "1", "--json") == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1] != said[2]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--model", "nobody"], "There is no model 'nobody'"),
        (["--model", "fer-xs", "--weights", str(weights_folder() / "fer-xs.tflite")], "fer-xs.tflite' is given twice"),
        (["--keep-film", "video.txt"], "A video must be an .mp4 or an .avi, not 'video.txt'"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    fer2013: Path, words: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert live(fer2013, *words) == 2
    assert sentence in capsys.readouterr().err


def test_a_model_is_asked_at_each_sensitivity(fer2013: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--model", "fer-xs", "--sensitivity", "off", "--sensitivity", "higher", "--json"]
    assert live(fer2013, *words) == 0
    report = json.loads(capsys.readouterr().out)
    assert [(model["model"], model["sensitivity"]) for model in report["models"]] == [
        ("fer-xs, off", "off"),
        ("fer-xs, higher", "higher"),
    ]
