from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest

from realtime_fer.core.expressions import EXPRESSION_KEYS, EXPRESSIONS, Expression, expression_named, is_expression


def test_the_display_order_is_fixed() -> None:
    assert EXPRESSION_KEYS == ("neutral", "happy", "sad", "surprise", "fear", "disgust", "angry", "contempt")


def test_other_data_sets_words_are_understood_in_any_case() -> None:
    assert [expression_named(word).key for word in ("happiness", "HAPPINESS", "Anger", "sadness ")] == [
        "happy",
        "happy",
        "angry",
        "sad",
    ]
    assert not is_expression("unknown")


def test_no_two_look_or_are_called_alike() -> None:
    assert len({expression.colour_rgb for expression in EXPRESSIONS}) == len(EXPRESSIONS)
    words = [word for expression in EXPRESSIONS for word in (expression.key, *expression.aliases)]
    assert len(set(words)) == len(words)


# Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB.
_VISIONS = {
    "common": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)

#: The smallest distance in Okabe and Ito's own palette of eight, under tritanopia.
NEAREST_OF_OKABE_AND_ITO = 16.1


def linear(colour_rgb: tuple[int, int, int]) -> npt.NDArray[np.float64]:
    share = np.array(colour_rgb) / 255
    return np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)


def lab(linear_rgb: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """CIELAB under D65."""
    ratio = _XYZ @ np.clip(linear_rgb, 0, 1) / np.array([0.95047, 1.0, 1.08883])
    root = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


@pytest.mark.parametrize("vision", _VISIONS)
def test_any_two_colours_can_be_told_apart_in_any_colour_vision(vision: str) -> None:
    seen = {entry.key: lab(_VISIONS[vision] @ linear(entry.colour_rgb)) for entry in EXPRESSIONS}
    apart = {
        (first, second): float(np.linalg.norm(seen[first] - seen[second])) for first, second in combinations(seen, 2)
    }
    assert {pair: distance for pair, distance in apart.items() if distance < NEAREST_OF_OKABE_AND_ITO} == {}


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=lambda entry: entry.key)
def test_each_colour_stands_out_from_the_dark_plate(expression: Expression) -> None:
    weights = np.array([0.2126, 0.7152, 0.0722])
    plate, colour = (float(linear(rgb) @ weights) for rgb in ((24, 27, 32), expression.colour_rgb))
    assert (colour + 0.05) / (plate + 0.05) >= 3, "3 to 1 is what WCAG 2 asks of graphics"
