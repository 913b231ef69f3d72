"""The language of the window: English stands in the code, others in assets/translations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import resources

from PyQt5.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

from realtime_fer.core.text.translation import install_translator


def available_languages() -> tuple[str, ...]:
    """Codes such as 'de', English included."""
    folder = resources.files("realtime_fer.assets") / "translations"
    return ("en", *sorted(entry.name.removesuffix(".qm") for entry in folder.iterdir() if entry.name.endswith(".qm")))


def choose_language(wanted: str, preferred: Sequence[str]) -> str:
    """``wanted`` where it is one of ours; else the first of the system's (such as 'de-AT') that is; else English."""
    ours = available_languages()
    for code in (wanted, *preferred):
        language = code.replace("_", "-").split("-")[0].lower()
        if language in ours:
            return language
    return "en"


@cache
def _texts(language: str) -> bytes:
    """In memory, and for good: Qt maps a file that it loads itself, and the process dies once that is written anew."""
    return (resources.files("realtime_fer.assets") / "translations" / f"{language}.qm").read_bytes()


def _ours(language: str) -> QTranslator:
    translator = QTranslator()
    translator.loadFromData(_texts(language))  # type: ignore[arg-type]  # its stubs mean C arrays
    return translator


def install_language(application: QCoreApplication, wanted: str) -> str:
    """Gives ``application`` its language and says which; called once, before any widget is made.

    Args:
        wanted: a code; '' asks the system.
    """
    language = choose_language(wanted, QLocale.system().uiLanguages())
    install_translator(QCoreApplication.translate, language)
    if language == "en":
        return language
    own, qts = _ours(language), QTranslator(application)
    own.setParent(application)
    application.installTranslator(own)
    # Its file dialogs and context menus.
    if qts.load(f"qtbase_{language}", QLibraryInfo.location(QLibraryInfo.LibraryLocation.TranslationsPath)):
        application.installTranslator(qts)
    return language
