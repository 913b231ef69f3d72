from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest
from PyQt5.QtCore import QCoreApplication, QTranslator
from PyQt5.QtWidgets import QApplication

from realtime_fer.core import errors
from realtime_fer.core.settings.sections import SECTIONS
from realtime_fer.core.settings.table import TABLE
from realtime_fer.core.text.translation import LANGUAGES, in_language, translate
from realtime_fer.gui.menus import COMMANDS
from realtime_fer.gui.style.language import available_languages, choose_language, install_language


@pytest.fixture(scope="module")
def translations(checkout: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("translations", checkout / "scripts" / "translations.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def german(translations: ModuleType) -> dict[tuple[str, str], str]:
    return dict(translations.read_ts(translations.FOLDER / "de.ts"))


@pytest.fixture(scope="module")
def texts(translations: ModuleType) -> set[tuple[str, str]]:
    return set(translations.all_texts())


@pytest.fixture(scope="module")
def window_sources(translations: ModuleType) -> list[tuple[Path, list[ast.AST]]]:
    """Each file of the window with the nodes of its syntax tree."""
    paths = sorted((translations.PACKAGE / "gui").rglob("*.py"))
    return [(path, list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))) for path in paths]


def test_every_text_has_a_finished_translation(texts: set[tuple[str, str]], german: dict[tuple[str, str], str]) -> None:
    assert len(texts) > 300
    assert sorted(texts - set(german)) == [], "python scripts/translations.py adds them to the .ts"
    assert sorted(set(german) - texts) == [], "python scripts/translations.py drops them"


def test_what_the_table_of_settings_says_is_found_for_translation(texts: set[tuple[str, str]]) -> None:
    found = {text for context, text in texts if context == "Setting"}
    said = {section.title for section in SECTIONS}
    for declared in TABLE.values():
        said |= {declared.label, declared.help, declared.note}
        said |= {text for choice in declared.choices for text in (choice.title, choice.tip)}
    assert said - {""} <= found


def test_without_qt_the_same_is_said(german: dict[tuple[str, str], str]) -> None:
    with in_language("de"):
        assert {key: translate(*key) for key in german} == german
        assert translate("Nowhere", "A text of nobody") == "A text of nobody"
    assert translate(*next(iter(german))) == next(iter(german))[1]


def test_placeholders_are_the_same(german: dict[tuple[str, str], str]) -> None:
    def fields(text: str) -> list[tuple[str | None, str | None]]:
        return sorted((field, spec) for _, field, spec, _ in Formatter().parse(text) if field is not None)

    assert [text for text, said in german.items() if fields(text[1]) != fields(said)] == []


def test_a_letter_to_be_pressed_stays_one(german: dict[tuple[str, str], str]) -> None:
    def mnemonics(text: str) -> int:
        return len(re.findall(r"&\w", text))

    assert [text for text, said in german.items() if mnemonics(text[1]) != mnemonics(said)] == []


def test_alt_leads_to_one_thing_in_german_too(german: dict[tuple[str, str], str]) -> None:
    def doubled(titles: list[str]) -> list[str]:
        letters = [found[1].lower() for title in titles if (found := re.search(r"&(\w)", title))]
        return sorted({letter for letter in letters if letters.count(letter) > 1})

    bar_and_panel = [said for (context, text), said in german.items() if context == "ControlPanel"]
    bar_and_panel += [said for (context, text), said in german.items() if context == "Menus"]
    bar_and_panel += [german["Setting", declared.label] for declared in TABLE.values() if declared.panel]
    assert doubled(bar_and_panel) == []
    for menu in {command.menu for command in COMMANDS}:
        assert doubled([german["Command", entry.title] for entry in COMMANDS if entry.menu == menu]) == [], menu


def test_what_is_shipped_is_what_was_translated(translations: ModuleType, german: dict[tuple[str, str], str]) -> None:
    translator = QTranslator()
    assert translator.load(str(translations.FOLDER / "de.qm"))
    different = [
        text for text, said in german.items() if translator.translate(text[0].encode(), text[1].encode()) != said
    ]
    assert different == [], "python scripts/translations.py makes the .qm anew"


@pytest.mark.parametrize(
    ("wanted", "system", "language"),
    [
        ("", ["de-AT", "en"], "de"),
        ("", ["fr-FR", "de-DE"], "de"),
        ("", ["C"], "en"),
        ("en", ["de-DE"], "en"),
        ("de", [], "de"),
        ("xx", ["de"], "de"),
    ],
)
def test_the_language_is_the_persons_then_the_systems(wanted: str, system: list[str], language: str) -> None:
    assert choose_language(wanted, system) == language


def test_german_is_there() -> None:
    assert available_languages() == LANGUAGES == ("en", "de")


def test_a_text_that_nobody_could_translate_is_found(translations: ModuleType) -> None:
    assert list(translations.texts_of("class A:\n def f(self): return self.tr(\"One \" 'two')")) == [("A", "One two")]
    with pytest.raises(ValueError, match="written out"):
        list(translations.texts_of('class A:\n def f(self): return self.tr(f"One {self}")'))


def test_the_texts_of_templates_are_found_and_compared_with_their_values(translations: ModuleType) -> None:
    template = "<p>{{ tr('In view for {time}', time=lasting(3)) }}{% if tr('No') %}{{ other('x') }}{% endif %}"
    assert set(translations.texts_of_template(template)) == {("Report", "In view for {time}"), ("Report", "No")}
    for wrong in ("{{ tr('In view for {time}') }}", "{{ tr(name) }}"):
        with pytest.raises(ValueError, match="line 1"):
            list(translations.texts_of_template(wrong))


@pytest.mark.parametrize(
    ("raised", "fault"),
    [
        ("SourceError(f'There is no {word}.')", "written out"),
        ("SinkError('There is no {word}.'.format(word=word))", "written out"),
        ("ModelError('There is no ' + word)", "written out"),
        ("ModelError('There is none.', hint)", "written out"),
        ("ModelError('There is no {word}.')", "placeholders"),
        ("ModelError('There is no {word}.', 'Find {other}.', word=word)", "placeholders"),
        ("ModelError('There is none.', word=word)", "placeholders"),
        ("Wording('Source', f'There is no {word}.')", "written out"),
        ("Wording('Source', 'There is no {word}.')", "placeholders"),
    ],
)
def test_an_error_that_nobody_could_translate_is_found(translations: ModuleType, raised: str, fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        list(translations.texts_of(raised))


def test_the_texts_of_the_web_page_are_found_in_markup_and_scripts(translations: ModuleType) -> None:
    page = '<main aria-label="Place"><h1>Realtime FER</h1>\n<p>Don&#39;t</p></main>'
    assert set(translations.texts_of_web_page("a.html", page)) == {("WebPage", "Place"), ("WebPage", "Don't")}
    script = 'say(tr("{count} faces", { count }), tr(\n  "No \\"x\\""));'
    assert set(translations.texts_of_web_page("a.js", script)) == {("WebPage", "{count} faces"), ("WebPage", 'No "x"')}
    with pytest.raises(ValueError, match="line 2: a text to be translated must be written out"):
        list(translations.texts_of_web_page("a.js", "\nsay(tr(`One ${more}`));"))


def test_errors_sentences_and_hints_are_found(translations: ModuleType) -> None:
    source = (
        "HINT = 'Make room.'\n"
        "def f(path, full): raise SinkError('No room for {path}.' if full else 'No {path}.', HINT, path=path)\n"
        "raise ModelError('({reason})', Wording('Doubt', doubt.words), reason=Wording('Source', 'It is gone'))\n"
    )
    with pytest.raises(ValueError, match="written out"):  # a hint made on the spot has no place in the list
        list(translations.texts_of(source))
    found = set(translations.texts_of(source.replace("Wording('Doubt', doubt.words)", "advice")))
    assert found == {
        ("Sink", "No room for {path}."),
        ("Sink", "No {path}."),
        ("Sink", "Make room."),
        ("Source", "It is gone"),
    }


def test_every_kind_of_error_has_a_context_of_its_own(translations: ModuleType) -> None:
    assert {getattr(errors, name).context for name in translations.ERRORS} == set(translations.ERRORS.values())
    kinds = [kind.__name__ for kind in errors.RealtimeFerError.__subclasses__() if kind.__module__ == errors.__name__]
    assert sorted(translations.ERRORS) == sorted(["RealtimeFerError", *kinds])


def test_what_an_event_tells_is_said_in_the_windows_language(
    window_sources: list[tuple[Path, list[ast.AST]]],
) -> None:
    """Shown or joined to other words; asking whether there is one, and the log, need no language."""
    unsaid = []
    for path, nodes in window_sources:
        fine = set()
        for node in nodes:
            if isinstance(node, ast.Call) and _named(node.func, "said", "logger.error"):
                fine.update(map(id, node.args))
            if isinstance(node, (ast.If, ast.IfExp)):
                fine.update((id(node.test), id(getattr(node.test, "operand", None))))
        unsaid += [
            (path.name, node.lineno)
            for node in nodes
            if isinstance(node, ast.Attribute) and node.attr == "sentence" and id(node) not in fine
            if ast.unparse(node) != "error.sentence"
        ]
    assert unsaid == []


def _named(function: ast.expr, *names: str) -> bool:
    # To write an expression out takes long.
    last = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return last in {name.split(".")[-1] for name in names} and ast.unparse(function) in names


def test_no_sentence_of_the_window_is_left_out(window_sources: list[tuple[Path, list[ast.AST]]]) -> None:
    """Texts given to widgets straight: a literal of several words that no translation was asked for."""
    setters = {"setText", "setToolTip", "setWindowTitle", "setAccessibleName", "setPlaceholderText", "addItem"}
    setters |= {"QLabel", "QCheckBox", "QPushButton", "PanelButton", "setAccessibleDescription", "addAction"}
    left_out = []
    for path, nodes in window_sources:
        for node in nodes:
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            value = getattr(node.args[0], "value", None)
            if name in setters and isinstance(value, str) and re.search(r"[A-Za-z]{2}", value):
                left_out.append((path.name, value))
    assert left_out == [("help.py", "Realtime FER"), ("open_dialogs.py", "rtsp://192.168.1.20:554/stream")]


def test_the_window_speaks_german_and_keys_of_files_stay_english(tmp_path: Path) -> None:
    program = (
        "import cv2\n"
        "from realtime_fer.gui.launch import create_application\n"
        "application, appearance = create_application(['realtime-fer'], language='de')\n"
        "from realtime_fer.core.expressions import EXPRESSIONS\n"
        "from realtime_fer.gui.panel.control_panel import privacy_promise\n"
        "from realtime_fer.gui.dialogs.welcome import WelcomePage\n"
        "from PyQt5.QtWidgets import QWidget\n"
        "parent = QWidget()\n"
        "page = WelcomePage(parent, QWidget(parent))\n"
        "from realtime_fer.core.text.translation import said\n"
        "from realtime_fer.core.request import request_of\n"
        "from realtime_fer.sources import source_for\n"
        "try:\n"
        "    source_for(request_of('/none.mp4'))\n"
        "except Exception as error:\n"
        "    print(str(error), said(error.sentence())[:52], sep='|')\n"
        "print(EXPRESSIONS[1].title, EXPRESSIONS[1].key, page.button.text(), privacy_promise()[:5], sep='|')\n"
    )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, timeout=60, check=False)
    assert ran.stdout.decode().splitlines() == [
        "There is no file, camera or address '/none.mp4'.|Es gibt keine Datei, Kamera oder Adresse „/none.mp4“",
        "Fröhlich|happy|Gelesen|Alles",
    ], ran.stderr.decode()


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs Linux's list of what is mapped")
def test_german_survives_that_its_file_is_written_anew(qapp: QApplication) -> None:
    before = qapp.findChildren(QTranslator)
    assert install_language(qapp, "de") == "de"
    try:
        assert QCoreApplication.translate("Menus", "&File") == "&Datei"
        assert "translations/de.qm" not in Path("/proc/self/maps").read_text()
    finally:
        for translator in qapp.findChildren(QTranslator):
            if translator not in before:
                qapp.removeTranslator(translator)
                translator.setParent(None)
        install_language(qapp, "en")
