"""Where the texts that a person reads get their language. They stand in English in the code.

No floor below the window may know Qt, and some texts of those floors are read in the window: the names of the
expressions, what is drawn onto the picture. They ask here, and the window installs Qt's translation here.
"""

from __future__ import annotations

from collections.abc import Callable

#: Context and English text -> the text in the person's language; called from any thread.
Translator = Callable[[str, str], str]


def _english(context: str, text: str) -> str:
    return text


_translator: Translator = _english


def translate(context: str, text: str) -> str:
    """``text`` in the language that was installed; itself without one. Any thread."""
    return _translator(context, text)


def install_translator(translator: Translator | None) -> None:
    """For the whole process; None goes back to English."""
    global _translator
    _translator = translator or _english
