"""The files of the page, read once, in each language; nothing else of the disk can be asked for."""

from __future__ import annotations

import hashlib
import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from realtime_fer.core.text.translation import LANGUAGES, in_own_language, said, texts_of

#: Names that are served, and their types; the charset is UTF-8.
_TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

#: Context of the page's own texts, which ``scripts/translations.py`` finds in its files.
_CONTEXT = "WebPage"

#: A text of the page's markup: between two tags, or what a screen reader says.
TEXT_OF_PAGE = re.compile(r'(?<=>)[^<>]+(?=<)|(?<=aria-label=")[^"]+(?=")')

#: Holds the translations of what the page's scripts say.
TEXTS = "texts.js"


@dataclass(frozen=True)
class Page:
    """One file; ``etag`` is another one when the content is."""

    content: bytes
    mimetype: str
    etag: str


def read_pages() -> dict[tuple[str, str], Page]:
    """All files of the page by language and name."""
    folder = resources.files("realtime_fer.assets") / "web"
    pages = {}
    for language in LANGUAGES:
        texts = {text: there for (context, text), there in texts_of(language).items() if context == _CONTEXT}
        for entry in folder.iterdir():
            mimetype = _TYPES.get(entry.name[entry.name.rfind(".") :])
            if mimetype:
                content = entry.read_bytes()
                if entry.name == "index.html":
                    content = _translated(content.decode("utf-8"), language, texts).encode()
                pages[language, entry.name] = _page(content, mimetype)
        pages[language, TEXTS] = _page(f"export default {json.dumps(texts)};\n".encode(), _TYPES[".js"])
    return pages


def in_words_of(language: str, value: Any) -> Any:
    """What goes out as JSON, with each ``Wording`` in it said in a language."""
    if language == "en":
        return value
    with in_own_language(language):
        return _said(value)


def _said(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _said(one) for key, one in value.items()}
    return [_said(one) for one in value] if isinstance(value, list) else said(value)


def _translated(page: str, language: str, texts: Mapping[str, str]) -> str:
    def translate(found: re.Match[str]) -> str:
        text = html.unescape(found[0]).strip()
        return html.escape(texts[text]) if text in texts else found[0]

    return TEXT_OF_PAGE.sub(translate, page).replace('lang="en"', f'lang="{language}"', 1)


def _page(content: bytes, mimetype: str) -> Page:
    return Page(content, mimetype, hashlib.sha256(content).hexdigest()[:16])
