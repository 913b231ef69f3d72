from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.people import PERSON_COLOURS_RGB


def luminance(colour_rgb: tuple[int, int, int]) -> float:
    """Relative luminance after WCAG 2."""
    linear = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour_rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_no_two_are_the_same() -> None:
    assert len(set(PERSON_COLOURS_RGB)) == len(PERSON_COLOURS_RGB) == 10


def test_white_writing_is_readable_on_each_and_none_is_an_expression() -> None:
    for colour_rgb in PERSON_COLOURS_RGB:
        assert 1.05 / (luminance(colour_rgb) + 0.05) >= 5.0
        assert colour_rgb not in [expression.colour_rgb for expression in EXPRESSIONS]
