"""The form of a network that LiteRT runs faster says what the network says."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

from train.export.deployable import PoolByConvolution, StemOfShifts, StemOfSquares, deployable  # noqa: E402
from train.models import create_model  # noqa: E402
from train.models.fer_l import FerL  # noqa: E402


def unlike_new(network: nn.Module) -> nn.Module:
    """With every batch norm and weight away from the values it is made with."""
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.weight.uniform_(0.5, 1.5)
                module.bias.normal_(0, 0.2)
                module.running_mean.normal_(0, 0.2)
                module.running_var.uniform_(0.5, 2)
    return network.eval()


@pytest.mark.parametrize("name", ["fer-xs", "fer-s", "fer-l"])
def test_it_says_the_same(name: str) -> None:
    torch.manual_seed(4)
    network = unlike_new(create_model(name, 7, 8))
    grey = (torch.rand(5, 1, 48, 48) * torch.tensor([20.0, 90, 150, 200, 255]).view(5, 1, 1, 1)).round()
    rewritten = deployable(network)
    kinds = {type(module) for module in rewritten.modules()}
    assert PoolByConvolution in kinds
    assert (StemOfShifts if name == "fer-l" else StemOfSquares) in kinds
    with torch.inference_mode():
        expected = network.features(grey)
        # The faces are told apart, or agreeing on them would mean nothing.
        assert expected.std(0).max() > 1e-2
        torch.testing.assert_close(rewritten.features(grey), expected, atol=1e-5, rtol=1e-4)


def test_the_network_itself_stays_as_it_is() -> None:
    network = create_model("fer-s", 7).train()
    deployable(network)
    assert network.training
    assert network.fast_stem is None
    assert not any(isinstance(module, PoolByConvolution) for module in network.modules())


def test_the_stem_of_squares_sees_the_picture_s_edge_and_every_pixel() -> None:
    torch.manual_seed(4)
    network = unlike_new(create_model("fer-xs", 7))
    fast = StemOfSquares(network.stem, network.stem_bn)
    changed = torch.full((1, 1, 6, 8), 90.0)
    with torch.inference_mode():
        plain = fast(changed)
        assert plain.shape == (1, 24, 3, 4)
        for row in range(6):
            for column in range(8):
                one = changed.clone()
                one[0, 0, row, column] = 250
                touched = (fast(one) - plain).abs().amax((0, 1)) > 1e-4
                assert touched[row // 2, column // 2]
                rows, columns = touched.nonzero().unbind(1)
                assert (rows - row // 2).abs().max() <= 1
                assert (columns - column // 2).abs().max() <= 1


def test_a_pool_of_odd_sides_drops_the_last_row_and_column() -> None:
    x = torch.randn(2, 3, 7, 5)
    torch.testing.assert_close(PoolByConvolution()(x), nn.AvgPool2d(2)(x))


def test_pools_of_other_sizes_are_left_alone() -> None:
    network = nn.Sequential(nn.AvgPool2d(3), nn.AvgPool2d(2, stride=1), nn.AvgPool2d(2, padding=1), nn.AvgPool2d(2))
    assert [type(module) for module in deployable(network)] == [nn.AvgPool2d] * 3 + [PoolByConvolution]


def test_a_network_that_enlarges_otherwise_keeps_its_stem() -> None:
    assert deployable(FerL(7, side=80)).fast_stem is None
