"""Translates texts for people. The code has them in English.

Modules below the window know no Qt, but some of their texts appear in it: names of expressions, what is drawn onto the
picture, error messages. They call ``translate``, for which the window installs Qt's translator.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib import resources
from string import Formatter
from typing import Any, Self
from xml.etree import ElementTree

from realtime_fer.core.text.addresses import hide_addresses

#: Maps context and English text to the translation; called from any thread.
Translator = Callable[[str, str], str]

#: English and what assets/translations holds.
LANGUAGES = ("en", "de")


def _english(context: str, text: str) -> str:
    return text


_translator: Translator = _english
_language = "en"

#: Of one thread or task, such as a request of somebody who reads another language than the program's.
_own: ContextVar[Translator | None] = ContextVar("own translator", default=None)


def translate(context: str, text: str) -> str:
    """Translates ``text`` into the installed language; without one, returns it unchanged. Thread-safe.

    Text of a stranger's card or file name that cannot be encoded has no translation and is returned unchanged.
    """
    if "\0" in text:
        return text
    try:
        return (_own.get() or _translator)(context, text)
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


def translate_card_text(entry: Any) -> Any:
    """Translates a sentence of a shipped model's card; anything else stays as it is."""
    return translate("Card", entry) if isinstance(entry, str) else entry


def language() -> str:
    """The installed language, such as 'de'."""
    return _language


def install_translator(translator: Translator | None, language: str = "en") -> None:
    """Installs a translator for the whole process; None restores English."""
    global _translator, _language
    _translator, _language = translator or _english, language if translator else "en"


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Within, ``translate`` uses ``language``, one of ``LANGUAGES``, without Qt."""
    if language != "en":
        install_translator(_translator_of(language), language)
    try:
        yield
    finally:
        install_translator(None)


@contextmanager
def in_own_language(language: str) -> Iterator[None]:
    """As ``in_language``, for this thread or task alone."""
    token = _own.set(_translator_of(language) if language != "en" else _english)
    try:
        yield
    finally:
        _own.reset(token)


def _translator_of(language: str) -> Translator:
    texts = texts_of(language)
    return lambda context, text: texts.get((context, text), text)


@cache
def texts_of(language: str) -> Mapping[tuple[str, str], str]:
    """Maps (context, English) to the translation, read from the .ts file; empty for English."""
    if language == "en":
        return {}
    file = resources.files("realtime_fer.assets") / "translations" / f"{language}.ts"
    told = ElementTree.fromstring(file.read_bytes())
    texts = {
        (context.findtext("name", ""), message.findtext("source", "")): message.findtext("translation", "")
        for context in told.iter("context")
        for message in context.iter("message")
    }
    return {key: translation for key, translation in texts.items() if translation}


class Wording(str):
    """An English sentence that can be translated later.

    As a string it is English, for logs, files and the command line. The window shows ``said``.

    Args:
        context, template: as for ``translate``, with ``{name}`` for each value. Without values, the template is taken
            literally, braces and all.
        values: of the placeholders. Another Wording is translated too; an exception stands for its text, with the
            secrets of addresses hidden.

    Example::

        sentence = Wording("Errors", "'{path}' is gone.", path=path)
        log.error(sentence)  # English
        label.setText(sentence.said)  # translated
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
        """The sentence in the installed language."""
        template = translate(self.context, self.template) if self.template else ""
        if not self.values:
            return template
        return _LocalisedFormatter().vformat(template, (), {key: said(value) for key, value in self.values.items()})


def said(value: Any) -> Any:
    """Translates a Wording; returns anything else unchanged."""
    return value.said if isinstance(value, Wording) else value


def join_sentences(*sentences: str) -> str:
    """Joins sentences with a blank, without the empty ones; each keeps its translations."""
    told = {f"sentence_{at}": sentence for at, sentence in enumerate(sentences) if sentence}
    return Wording("", " ".join(f"{{{name}}}" for name in told), **told) if told else ""
