"""Numbers in English, and in a language with a decimal comma."""

from __future__ import annotations

import pytest

from realtime_fer.core.text.numbers import decimal, milliseconds, percent, significant, whole
from realtime_fer.core.text.translation import Wording, in_language

WORDING = Wording("Nowhere", "{share:.1%} of {count} in {time:.2f} s", share=0.628, count=3, time=1.5)


def test_english_numbers_have_a_point() -> None:
    assert (decimal(3.45), decimal(0.5, 3), significant(0.0005), percent(0.628)) == (
        "3.5",
        "0.500",
        "0.0005",
        "63\u00a0%",
    )
    assert WORDING == WORDING.said == "62.8% of 3 in 1.50 s"


def test_german_numbers_have_a_comma() -> None:
    with in_language("de"):
        assert (decimal(3.45), decimal(0.5, 3), significant(1.1364), percent(0.628, 1)) == (
            "3,5",
            "0,500",
            "1,136",
            "62,8\u00a0%",
        )
        assert (milliseconds(2.345), milliseconds(0.345)) == ("2,3 ms", "0,34 ms")
        assert WORDING == "62.8% of 3 in 1.50 s", "files and logs keep English numbers"
        assert WORDING.said == "62,8\u00a0% of 3 in 1,50 s"


@pytest.mark.parametrize(
    ("value", "said"), [(0, "0"), (9999, "9999"), (31860, "31\u202f860"), (-1102195, "-1\u202f102\u202f195")]
)
def test_digits_of_large_numbers_stand_in_groups(value: int, said: str) -> None:
    assert whole(value) == said
