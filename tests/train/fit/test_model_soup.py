from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from realtime_fer.core.errors import ModelError  # noqa: E402
from tests.train.made_up import write_fer2013  # noqa: E402
from train.__main__ import main  # noqa: E402
from train.fit.checkpoint import load_checkpoint, load_state  # noqa: E402
from train.fit.model_soup import model_soup  # noqa: E402

FACES = np.random.default_rng(2).integers(0, 256, (32, 48, 48)).astype(np.uint8)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    """A data set, and two runs that began from the same weights with different seeds."""
    folder = tmp_path_factory.mktemp("runs")
    data = write_fer2013(folder / "fer2013")
    recipe = folder / "cnn3.toml"
    recipe.write_text('model = "cnn3"\nepochs = 1\nbatch = 14\nlearning_rate = 0.01\n')
    words = ["fit", "--recipe", str(recipe), "--data", str(data), "--device", "cpu"]
    assert main([*words, "--run", str(folder / "start")]) == 0
    for seed in ("8", "9"):
        start = ["--start-from", str(folder / "start" / "best.pt"), "--seed", seed]
        assert main([*words, *start, "--run", str(folder / seed)]) == 0
    return data, [folder / seed / "best.pt" for seed in ("8", "9")]


def test_the_mean_of_weights_is_written_with_norms_of_its_own(
    runs: tuple[Path, list[Path]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, paths = runs
    words = [word for path in paths for word in ("--checkpoint", str(path))]
    assert main(["average", *words, "--data", str(data), "--out", str(tmp_path / "mean" / "best.pt")]) == 0
    said = capsys.readouterr().out
    assert said.count("(N 14)") == 3
    one, other, mean = (load_state(path)["network"] for path in (*paths, tmp_path / "mean" / "best.pt"))
    weights = [name for name in one if name.endswith("weight")]
    assert any(not torch.equal(one[name], other[name]) for name in weights)
    assert all(torch.allclose(mean[name], (one[name] + other[name]) / 2) for name in weights)
    norms = [name for name in one if name.endswith("running_mean")]
    assert norms
    assert any(not torch.allclose(mean[name], (one[name] + other[name]) / 2) for name in norms)
    assert load_state(tmp_path / "mean" / "best.pt")["averaged"] == [
        {"recipe": "cnn3", "seed": 8, "epoch": 1, "norms_of": 42},
        {"recipe": "cnn3", "seed": 9, "epoch": 1, "norms_of": 42},
    ]
    assert load_checkpoint(tmp_path / "mean" / "best.pt").recipe["seed"] == 8


def test_only_runs_of_one_network_and_its_classes_have_a_mean(
    runs: tuple[Path, list[Path]], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, paths = runs
    state = load_state(paths[1])
    torch.save({**state, "class_names": state["class_names"][::-1]}, tmp_path / "other.pt")
    with pytest.raises(ModelError, match="of other classes"):
        model_soup([paths[0], tmp_path / "other.pt"], FACES)
    torch.save({"network": {}}, tmp_path / "none.pt")
    with pytest.raises(ModelError, match="no entry"):
        model_soup([paths[0], tmp_path / "none.pt"], FACES)
    words = ["average", "--checkpoint", str(paths[0]), "--data", str(data), "--out", str(tmp_path / "o.pt")]
    assert main(words) == 2
    assert "two checkpoints" in capsys.readouterr().err
