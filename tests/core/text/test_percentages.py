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
    # Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I, method 3.
    assert wilson_interval(81 / 263, 263) == pytest.approx((0.2553, 0.3662), abs=5e-5)
    assert wilson_interval(15 / 148, 148) == pytest.approx((0.0624, 0.1605), abs=5e-5)
    assert wilson_interval(0.0, 20) == pytest.approx((0.0, 0.1611), abs=5e-5)
    assert wilson_interval(1.0, 29) == pytest.approx((0.8830, 1.0), abs=5e-5)
