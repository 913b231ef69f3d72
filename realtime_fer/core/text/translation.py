"""Where the texts that a person reads get their language. They stand in English in the code.

No floor below the window may know Qt, and some texts of those floors are read in the window: the names of the
expressions, what is drawn onto the picture, what went wrong. They ask here, and the window installs Qt's
translation here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from string import Formatter
from typing import Any, Self
from xml.etree import ElementTree

from realtime_fer.core.text.addresses import hide_addresses

#: Context and English text -> the text in the person's language; called from any thread.
Translator = Callable[[str, str], str]

#: English and what assets/translations holds.
LANGUAGES = ("en", "de")


def _english(context: str, text: str) -> str:
    return text


_translator: Translator = _english
_language = "en"


def translate(context: str, text: str) -> str:
    """``text`` in the language that was installed; itself without one. Any thread.

    It may come from anywhere: what cannot even be encoded, as a part of a card or of a file's name, nobody translated.
    """
    if "\0" in text:
        return text
    try:
        return _translator(context, text)
    except UnicodeError:
        return text


def localised(number: str) -> str:
    """A number that Python formatted, such as '3.5' or '62.8%', as the language that was installed writes it."""
    return number.replace(".", translate("Number", ".")).replace("%", translate("Number", "%"))


class _LocalisedFormatter(Formatter):
    """Localises the values that have a format of their own, such as ``{share:.1%}``."""

    def format_field(self, value: Any, format_spec: str) -> str:
        text = str(super().format_field(value, format_spec))
        return localised(text) if format_spec and isinstance(value, float) else text


def card_words(entry: Any) -> Any:
    """A sentence of a model's card in the person's language, where a shipped card holds it; anything else as it is."""
    return translate("Card", entry) if isinstance(entry, str) else entry


def language() -> str:
    """Of what ``translate`` gives: a code such as 'de'."""
    return _language


def install_translator(translator: Translator | None, language: str = "en") -> None:
    """For the whole process; None goes back to English."""
    global _translator, _language
    _translator, _language = translator or _english, language if translator else "en"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Without any window, and so without Qt: what is made within is in ``language``, one of ``LANGUAGES``."""
    if language != "en":
        texts = _texts(language)
        install_translator(lambda context, text: texts.get((context, text), text), language)
    try:
        yield
    finally:
        install_translator(None)


def _texts(language: str) -> dict[tuple[str, str], str]:
    """(context, English) -> the translation, of the file that Qt's is made of."""
    file = resources.files("realtime_fer.assets") / "translations" / f"{language}.ts"
    told = ElementTree.fromstring(file.read_bytes())
    texts = {
        (context.findtext("name", ""), message.findtext("source", "")): message.findtext("translation", "")
        for context in told.iter("context")
        for message in context.iter("message")
    }
    return {key: translation for key, translation in texts.items() if translation}


class Wording(str):
    """A sentence in English that knows how to be said in another language.

    As a string it is the English one: so logs, files and the command line have it. The window shows ``said``.

    Args:
        context, template: as of ``translate``; ``{name}`` stands for a value. Without any values the template is
            taken as it is, braces and all.
        values: of the placeholders; another Wording among them comes out in the same language. Of an exception the text
            stands there, which may quote an address: what opens doors is left out of it.
    """

    context: str
    template: str
    values: dict[str, object]

    def __new__(cls, context: str, template: str, /, **values: object) -> Self:
        values = {
            name: hide_addresses(str(value)) if isinstance(value, Exception) else value
            for name, value in values.items()
        }
        wording = super().__new__(cls, template.format_map(values) if values else template)
        wording.context, wording.template, wording.values = context, template, values
        return wording

    def __getnewargs_ex__(self) -> tuple[tuple[str, str], dict[str, object]]:
        return (self.context, self.template), self.values

    @property
    def said(self) -> str:
        """In the person's language."""
        template = translate(self.context, self.template) if self.template else ""
        if not self.values:
            return template
        return _LocalisedFormatter().vformat(template, (), {key: said(value) for key, value in self.values.items()})


def said(value: Any) -> Any:
    """A Wording in the person's language; anything else as it is."""
    return value.said if isinstance(value, Wording) else value


def join_sentences(*sentences: str) -> str:
    """Joins sentences with a blank, without the empty ones; each keeps its translations."""
    told = {f"sentence_{at}": sentence for at, sentence in enumerate(sentences) if sentence}
    return Wording("", " ".join(f"{{{name}}}" for name in told), **told) if told else ""
