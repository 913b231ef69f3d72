from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.people import LONGEST_NAME, PERSON_COLOURS_RGB, People, clean_name


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


def test_a_name_stands_for_all_numbers_of_a_person_and_separating_gives_it_back() -> None:
    people = People().renamed(4, "  Anna \n Maria ").merged_into(4, 1)
    assert people.numbers_of(4) == (1, 4)
    assert [people.label_of(number) for number in (1, 4, 7)] == ["Anna Maria", "Anna Maria", "#7"]
    renamed = people.renamed(4, "Berta")
    assert renamed.label_of(1) == "Berta"
    apart = people.separated(4)
    assert [apart.label_of(number) for number in (1, 4)] == ["#1", "Anna Maria"]
    assert not people.renamed(1, " ").names


def test_merging_makes_no_circle_and_nothing_of_what_is_one_already() -> None:
    people = People().merged_into(4, 1).merged_into(7, 4)
    assert people.person_of(7) == people.person_of(4) == 1
    assert people.merged_into(1, 7) is people
    turned = people.merged_into(7, 2)
    assert [turned.person_of(number) for number in (1, 2, 4, 7)] == [2, 2, 2, 2]


def test_whoever_is_hidden_is_hidden_under_each_number() -> None:
    people = People().merged_into(4, 1).with_hidden(4)
    assert [number for number in (1, 2, 4) if people.is_hidden(number)] == [1, 4]
    assert not people.with_hidden(1, False).hidden


def test_who_is_forgotten_leaves_nothing() -> None:
    people = People().renamed(1, "Anna").renamed(2, "Ben").merged_into(4, 1).with_hidden(1)
    assert people.without(4) == People().renamed(2, "Ben")


def test_the_same_name_is_found_in_any_case_and_not_in_the_person_alone() -> None:
    people = People().renamed(1, "Anna").merged_into(4, 1)
    assert people.called("anna", other_than=2) == 1
    assert people.called("Anna", other_than=4) is None
    assert people.called("", other_than=2) is None


def test_a_name_is_one_line_of_bounded_length() -> None:
    assert len(clean_name("x" * 500)) == LONGEST_NAME
    assert clean_name("\tAnna\nMaria ") == "Anna Maria"
    assert clean_name("An\0n\x1ba\ud83d") == "Anna", "what no file can hold is left out"
    assert clean_name("Zoë 👩‍🔬") == "Zoë 👩‍🔬"
