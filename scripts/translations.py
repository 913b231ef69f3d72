"""Brings the translations up to date: texts out of the code into the .ts files, and those into .qm files.

    python scripts/translations.py            adds new texts to the .ts files as unfinished, drops those that are gone,
                                              and makes the .qm files with Qt's lrelease
    python scripts/translations.py --missing  lists what is not translated yet

Qt's pylupdate5 would do the first half, but it passes over texts whose parts are quoted differently, and says nothing.
"""

from __future__ import annotations

import ast
import html
import json
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

from jinja2 import Environment, nodes

CHECKOUT = Path(__file__).resolve().parents[1]
PACKAGE = CHECKOUT / "realtime_fer"
FOLDER = PACKAGE / "assets" / "translations"

#: Tables of texts: the class of their rows -> context, and the positions of the arguments that a person reads.
TABLES = {
    "Choice": ("Setting", (1, 2)),
    "Command": ("Command", (1, 2, 4)),
    "Doubt": ("Doubt", (1, 2)),
    "Expression": ("Expression", (1,)),
    "DegradationStep": ("Degradation", (2,)),
    "Section": ("Setting", (0,)),
    "setting": ("Setting", (1,)),
}

#: Folders whose errors appear only in the terminal, which is English.
COMMAND_LINE = ("commands", "web", "arguments", "cli.py", "window.py")

#: The context of the function ``tr``, by room.
TR_CONTEXTS = {"core": "ModelCard", "report": "Report"}

#: A text of the web page's markup, as ``web/pages.py`` finds it, and the names in it.
TEXT_OF_PAGE = re.compile(r'(?<=>)[^<>]+(?=<)|(?<=aria-label=")[^"]+(?=")')
UNTRANSLATED = ("Realtime FER", "API")

#: What an error may get in place of a text written out: a Wording that was made elsewhere.
PASSED_ON = ("advice", "self.skipped[0][1]")

Text = tuple[str, str]


def error_contexts() -> dict[str, str]:
    """The classes of core.errors, each with the context of its sentences."""
    tree = ast.parse((PACKAGE / "core" / "errors.py").read_text(encoding="utf-8"))
    return {
        node.name: entry.value.value
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        for entry in node.body
        if isinstance(entry, ast.Assign)
        if isinstance(entry.value, ast.Constant)
    }


ERRORS = error_contexts()


def texts_of(source: str, errors_too: bool = True, tr_context: str = "Report") -> Iterator[Text]:
    """Context and English text of each call of ``translate``, ``self.tr``, ``Wording``, ``tr`` and,
    with ``errors_too``, of core.errors, and of each row of ``TABLES``.

    Raises:
        ValueError: such a call has no plain text, so that nobody could translate it, or its placeholders are not the
            values it is given.
    """
    tree = ast.parse(source)
    yield from _texts(tree, "")
    constants = {
        entry.targets[0].id: entry.value
        for entry in tree.body
        if isinstance(entry, ast.Assign) and isinstance(entry.targets[0], ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "Wording":
                yield from _of_wording(node)
            elif node.func.id == "tr":
                _check_values(node, [_plain(node.args[0])])
                yield tr_context, _plain(node.args[0])
            elif errors_too and node.func.id in ERRORS:
                yield from _of_error(node, constants)


def texts_of_template(source: str) -> Iterator[Text]:
    """Of each ``tr("…")`` in one of the report's templates.

    Raises:
        ValueError: as of ``texts_of``.
    """
    for call in Environment().parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "tr":
            text = call.args[0]
            if not isinstance(text, nodes.Const) or not isinstance(text.value, str):
                raise ValueError(f"line {call.lineno}: a text to be translated must be written out")
            _compare(call.lineno, {keyword.key for keyword in call.kwargs}, [text.value])
            yield "Report", text.value


def texts_of_web_page(name: str, source: str) -> Iterator[Text]:
    """Of the page's markup, and of each ``tr("…")`` in its scripts.

    Raises:
        ValueError: such a call has no plain text.
    """
    if name.endswith(".html"):
        texts = (html.unescape(text).strip() for text in TEXT_OF_PAGE.findall(source))
        yield from (("WebPage", text) for text in texts if text and text not in UNTRANSLATED)
        return
    for call in re.finditer(r"\btr\(\s*", source):
        text = re.match(r'"((?:[^"\\]|\\.)*)"', source[call.end() :])
        if text is None:
            line = source.count("\n", 0, call.start()) + 1
            raise ValueError(f"line {line}: a text to be translated must be written out")
        yield "WebPage", json.loads(text[0])


def _texts(node: ast.AST, class_name: str) -> Iterator[Text]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            yield from _texts(child, child.name)
            continue
        if isinstance(child, ast.Call):
            yield from _of_call(child, class_name)
        yield from _texts(child, class_name)


def _of_call(call: ast.Call, class_name: str) -> Iterator[Text]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "tr" and isinstance(call.func, ast.Attribute):
        yield class_name, _plain(call.args[0])
    elif name == "translate" and len(call.args) == 2:
        if isinstance(call.args[1], ast.Constant):
            yield _plain(call.args[0]), _plain(call.args[1])
    elif name in TABLES:
        context, positions = TABLES[name]
        for position in positions:
            if position < len(call.args) and isinstance(call.args[position], ast.Constant):
                text = _plain(call.args[position])
                if text:
                    yield context, text
        for keyword in call.keywords:
            if keyword.arg in ("help", "note"):
                yield context, _plain(keyword.value)


def _of_wording(call: ast.Call) -> Iterator[Text]:
    context = call.args[0]
    # Rows of tables are found there, and what the system says cannot be written out.
    elsewhere = ["", "System", *(name for name, _ in TABLES.values())]
    if not isinstance(context, ast.Constant):
        return
    if isinstance(call.args[1], ast.Constant) or context.value not in elsewhere:
        text = _plain(call.args[1])
        _check_values(call, [text])
        yield str(context.value), text


def _of_error(call: ast.Call, constants: dict[str, ast.expr]) -> Iterator[Text]:
    texts: list[str] = []
    for given in call.args:
        for node in (given.body, given.orelse) if isinstance(given, ast.IfExp) else (given,):
            if ast.unparse(node) not in PASSED_ON:
                texts.append(_plain(constants.get(node.id, node) if isinstance(node, ast.Name) else node))
    _check_values(call, texts)
    for text in texts:
        # Such as '({reason})', which is the same in all languages.
        if any(sign.isalpha() for literal, *_ in Formatter().parse(text) for sign in literal):
            yield ERRORS[getattr(call.func, "id", "")], text


def _check_values(call: ast.Call, texts: list[str]) -> None:
    _compare(call.lineno, {keyword.arg for keyword in call.keywords}, texts)


def _compare(line: int, values: set[str | None], texts: list[str]) -> None:
    wanted = {field for text in texts for _, field, _, _ in Formatter().parse(text) if field is not None}
    if values != wanted:
        raise ValueError(f"line {line}: its placeholders are {sorted(wanted)}, its values {sorted(map(str, values))}")


def _plain(node: ast.expr) -> str:
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        raise ValueError(f"line {node.lineno}: a text to be translated must be written out, got {ast.unparse(node)}")
    return node.value


def all_texts() -> list[Text]:
    """Of the whole package and the shipped cards, sorted, each once."""
    found: set[Text] = set()
    for path in sorted((*PACKAGE.rglob("*.py"), *PACKAGE.rglob("templates/*"))):
        source = path.read_text(encoding="utf-8")
        try:
            if path.suffix == ".py":
                in_terminal = path.relative_to(PACKAGE).parts[0] in COMMAND_LINE
                context = TR_CONTEXTS.get(path.relative_to(PACKAGE).parts[0], "")
                found.update(texts_of(source, not in_terminal, context))
            else:
                found.update(texts_of_template(source))
        except ValueError as error:
            raise ValueError(f"{path.relative_to(CHECKOUT)}, {error}") from None
    # The page that describes the API is for programmers, in English.
    for path in (PACKAGE / "assets" / "web" / "index.html", PACKAGE / "assets" / "web" / "page.js"):
        found.update(texts_of_web_page(path.name, path.read_text(encoding="utf-8")))
    found.update(("Card", text) for path in (CHECKOUT / "weights").glob("*.json") for text in card_texts(path))
    return sorted(found)


def card_texts(path: Path) -> Iterator[str]:
    """What a shipped model's card says in sentences; their words are those of train/cards/card.py."""
    card = json.loads(path.read_text(encoding="utf-8"))
    for key in ("intended_use", "excluded_use", "limits"):
        entry = card.get(key, [])
        yield from [entry] if isinstance(entry, str) else entry


def read_ts(path: Path) -> dict[Text, str]:
    """Finished translations of a .ts file."""
    translated: dict[Text, str] = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.get("type") is None and translation.text:
                translated[name, message.findtext("source", "")] = translation.text
    return translated


def write_ts(path: Path, language: str, texts: list[Text], translated: dict[Text, str]) -> None:
    root = ElementTree.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context, last = root, ""
    for name, text in texts:
        if name != last or context is root:
            context, last = ElementTree.SubElement(root, "context"), name
            ElementTree.SubElement(context, "name").text = name
        message = ElementTree.SubElement(context, "message")
        ElementTree.SubElement(message, "source").text = text
        translation = ElementTree.SubElement(message, "translation")
        if (name, text) in translated:
            translation.text = translated[name, text]
        else:
            translation.set("type", "unfinished")
    ElementTree.indent(root, "    ")
    body = ElementTree.tostring(root, encoding="unicode")
    path.write_text(f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n{body}\n', encoding="utf-8")


def main() -> int:
    texts = all_texts()
    missing = 0
    for path in sorted(FOLDER.glob("*.ts")):
        translated = read_ts(path)
        for context, text in texts:
            if (context, text) not in translated:
                missing += 1
                print(f"{path.stem}  {context}: {text!r}")
        if "--missing" not in sys.argv:
            write_ts(path, path.stem, texts, translated)
            lrelease = shutil.which("lrelease") or shutil.which("lrelease-qt5") or "/usr/lib/qt5/bin/lrelease"
            subprocess.run([lrelease, "-silent", str(path), "-qm", str(path.with_suffix(".qm"))], check=True)
    print(f"{len(texts)} texts, {missing} not translated")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
