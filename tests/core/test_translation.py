from realtime_fer.core.translation import install_translator, translate


def test_without_a_translator_it_is_english_and_afterwards_again() -> None:
    assert translate("Expression", "Happy") == "Happy"
    install_translator(lambda context, text: f"{context}: {text[::-1]}")
    try:
        assert translate("Expression", "Happy") == "Expression: yppaH"
    finally:
        install_translator(None)
    assert translate("Expression", "Happy") == "Happy"
