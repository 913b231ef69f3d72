import math

import pytest

from realtime_fer.core.percentages import whole_percent


@pytest.mark.parametrize(
    ("probability", "said"),
    [
        (0.0, 0),
        (0.004, 0),
        (0.005, 1),
        (0.87, 87),
        (0.994, 99),
        (0.9985, 99),
        (1.0, 99),
        (1.7, 99),
        (-0.2, 0),
        (math.nan, 0),
    ],
)
def test_no_network_is_said_to_be_certain(probability: float, said: int) -> None:
    assert whole_percent(probability) == said
