import math

import pytest

from realtime_fer.core.text.percentages import whole_percent, wilson_interval


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


def test_wilsons_interval_is_wide_where_little_was_counted() -> None:
    # Of Newcombe 1998, Statistics in Medicine 17, table I: 15 of 148, and none of 20.
    assert wilson_interval(15 / 148, 148) == pytest.approx((0.0624, 0.1605), abs=1e-4)
    assert wilson_interval(0.0, 20) == pytest.approx((0.0, 0.1611), abs=1e-4)
    assert wilson_interval(1.0, 20)[1] == 1.0
