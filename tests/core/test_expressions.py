from realtime_fer.core.expressions import EXPRESSION_KEYS, EXPRESSIONS, expression_named, is_expression


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
