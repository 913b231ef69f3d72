"""The page of a model's card, a made-up one, the shipped ones and hostile ones."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PyQt5.QtCore import Qt, QUrl
from PyQt5.QtGui import QColor, QTextDocument
from PyQt5.QtWidgets import QApplication

from realtime_fer.core.cards.card_sections import card_sections
from realtime_fer.core.cards.measured import confusion_of
from realtime_fer.core.cards.model_spec import ModelSpec, read_model_spec
from realtime_fer.core.cards.sections import Confusion
from realtime_fer.core.errors import ModelError
from realtime_fer.core.text.translation import in_language
from realtime_fer.gui.model_card.rich_text import rich_text, shades
from realtime_fer.gui.model_card.window import CardWindow, bar_picture
from realtime_fer.gui.style.theme import DARK, LIGHT, Theme
from tests.core.cards.section_texts import texts_in

SHIPPED = sorted((Path(__file__).resolve().parents[3] / "weights").glob("*.json"))

CARD: dict[str, Any] = {
    "schema": 1,
    "id": "made-up",
    "name": "Made Up",
    "file": "made-up.tflite",
    "sha256": "017c82fbf7ff1cd8e5d010cb3680cf874ecf4777cd74fdf0557fd7113c2ce904",
    "input": {"height": 48, "width": 64, "channels": 1, "values": "grey, 0 to 255"},
    "class_names": ["angry", "happy", "sad", "surprise", "fear", "disgust", "neutral"],
    "crop": {
        "mediapipe": {
            "scale": 1.136,
            "shift_y": -0.061,
            "scale_iqr": 0.22,
            "n": 905,
            "of": 1400,
            "min_tilt_degrees": 10,
        },
        "haar": {"scale": 1.011, "n": 502, "of": 700},
    },
    "data": {
        "name": "FER2013",
        "source": "Somebody 2013, arXiv:1307.0414; others & more",
        "licence": "Images: for research and education.",
        "split": "Training",
        "n": 28709,
    },
    "metrics": {
        "PublicTest": {
            "n": 3587,
            "accuracy": 0.627823,
            "macro_f1": 0.546566,
            "ece": 0.0304317,
            "nll": 0.995714,
            "brier": 0.488173,
            "recall": {"angry": 0.581545, "happy": 0.869274, "sad": 0.458589, "neutral": None},
            "support": {"angry": 466, "happy": 895, "sad": 652, "neutral": 0},
        },
        "majority": {"n": 31860, "accuracy": 0.75, "left_out": 13, "labels_as": "ferplus", "recall": {"happy": 0.9364}},
    },
    "parameters": 1102195,
    "macs": 91920352,
    "file_bytes": 4456892,
    "precision": "float16",
    "temperature": 0.828873,
    "recipe": {"model": "made-up", "seed": 7, "weight_decay": 0.0005, "classes": [], "soft": True},
    "seed": 7,
    "epoch": 18,
    "parity": {"max_abs_difference": 8.64e-07, "n": 3587, "on": "PublicTest"},
    "intended_use": "Demonstrations.",
    "excluded_use": ["Any decision about a person.", "Watching people who do not know of it."],
    "limits": ["It names what a face shows, not what a person feels.", "Disgust is rare."],
}

CONFUSION = {"classes": ["surprise", "happiness"], "counts": [[6, 2], [1, 3]]}


def card_page(spec: ModelSpec, theme: Theme, ms_a_face: float = 0.0) -> str:
    return rich_text(spec.name, card_sections(spec, ms_a_face), theme)


def text_of(page: str) -> str:
    document = QTextDocument()
    document.setHtml(page)
    return document.toPlainText()


@pytest.fixture
def spec(tmp_path: Path) -> ModelSpec:
    path = tmp_path / "made-up.json"
    path.write_text(json.dumps(CARD), encoding="utf-8")
    return read_model_spec(path)


PRIOR = {
    "probabilities": {"neutral": 0.4, "happy": 0.6},
    "fitted_on": "FER2013 PublicTest",
    "standard": {"tau": 0.5, "temperature": 0.84, "n": 3587, "accuracy": 0.62, "balanced_accuracy": 0.7, "ece": 0.01},
}


def changed(spec: ModelSpec, **entries: Any) -> ModelSpec:
    return replace(spec, card={**spec.card, **entries})


def test_a_recall_of_few_faces_has_its_interval(qapp: Any, spec: ModelSpec) -> None:
    figures = {**CARD["metrics"]["PublicTest"], "recall": {"fear": 0.5, "happy": 0.9}}
    made = replace(spec, metrics={"PublicTest": {**figures, "support": {"fear": 24, "happy": 895}}})
    text = " ".join(text_of(card_page(made, DARK)).split())
    assert "50.0 % N 24 31 to 69 %" in text
    assert "95 % interval (Wilson)" in text
    assert "Wilson" not in text_of(card_page(spec, DARK)), "466 faces are enough"


def test_what_the_network_expects_and_each_sensitivity_are_told(qapp: Any, spec: ModelSpec) -> None:
    text = " ".join(text_of(card_page(changed(spec, prior=PRIOR), DARK)).split())
    assert "Off 0 – 62.8 % 63.6 % 0.030" in text
    assert "Standard 0.5 0.840 62.0 % 70.0 % 0.010" in text
    assert "Chosen on FER2013 PublicTest, N 3587." in text
    assert "Neutral 40.0 % Happy 60.0 %" in text
    assert "Sensitivity" not in text_of(card_page(spec, DARK))


def test_every_fact_is_on_the_page(qapp: Any, spec: ModelSpec) -> None:
    text = " ".join(text_of(card_page(spec, DARK, 2.5)).split())
    for said in (
        "Made Up", CARD["sha256"], CARD["data"]["licence"], CARD["data"]["source"], CARD["intended_use"],
        *CARD["excluded_use"], *CARD["limits"], "64 × 48 pixels", "2.5 ms per face", "It does not know: Contempt.",
        "FER2013 PublicTest 62.8 % 63.6 % 3587 0.547", "FER2013 majority 75.0 % 93.6 % 31 860 –",
        "FER2013 PublicTest 0.030 0.996 0.488",
        "58.2 % N 466", "86.9 % N 895", "45.9 % N 652", "Neutral – N 0", "Contempt – the model does not know it",
        "13 more faces", "Labels as ferplus", "Temperature 0.8289", "Faces (N) 28 709", "1.136 × the box",
        "6.1 % of the box up", "10° or more", "never", "905 of 1400", "502 of 700", "1 102 195", "91 920 352", "4.5 MB",
        "float16", "Epoch 18", "Weight decay 0.0005", "Classes none", "Soft yes", "8.64e-07",
    ):  # fmt: skip
        assert said in text, said


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_card_has_a_whole_page(qapp: Any, path: Path) -> None:
    spec = read_model_spec(path)
    text = " ".join(text_of(card_page(spec, LIGHT)).split())
    for said in (spec.name, spec.sha256, spec.licence, *spec.card["limits"], *spec.card["excluded_use"]):
        assert " ".join(said.split()) in text
    for figures in spec.metrics.values():
        assert f"{figures['accuracy']:.1%}".replace("%", " %") in text
        assert ("Confusion matrix" in text) or "confusion" not in figures


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_all_that_the_sections_say_is_on_the_page(qapp: Any, path: Path, language: str) -> None:
    with in_language(language):
        sections = card_sections(read_model_spec(path), 2.5)
        text = " ".join(text_of(rich_text("Title", sections, LIGHT)).split())
        assert [told for told in texts_in(sections) if " ".join(told.split()) not in text] == []


def test_no_speed_is_invented(qapp: Any, spec: ModelSpec) -> None:
    text = text_of(card_page(spec, DARK))
    assert "ms per face" not in text.replace("\u00a0", " ")
    assert "not measured" in text


def test_a_bar_is_as_long_as_its_share(spec: ModelSpec) -> None:
    page = card_page(spec, LIGHT)
    assert re.findall(r"bar:f5e840/[0-9a-f]{6}/(\d+)/150", page) == ["869", "936"]
    picture = bar_picture("bar:f5e840/000000/500/100")
    assert picture is not None
    y = picture.height() // 2
    colours = [QColor(picture.pixel(int(picture.width() * x), y)).name() for x in (0.1, 0.48, 0.52, 0.9)]
    assert colours == ["#f5e840", "#f5e840", "#000000", "#000000"]


@pytest.mark.parametrize(
    "address", ["file:///etc/hostname", "http://example.org/a.png", "bar:", "bar:f5e840/0/5/9", ""]
)
def test_nothing_but_bars_is_loaded(qtbot: Any, address: str) -> None:
    window = CardWindow(None, DARK)
    qtbot.addWidget(window)
    assert window.browser.loadResource(2, QUrl(address)) is None


def test_a_confusion_matrix_is_shown_in_display_order(qapp: Any, spec: ModelSpec) -> None:
    figures = {"accuracy": 0.75, "n": 12, "confusion": CONFUSION}
    assert confusion_of(figures) == Confusion(["Happy", "Surprise"], [[3, 1], [2, 6]])
    without = text_of(card_page(spec, DARK))
    assert "Confusion" not in without
    page = card_page(replace(spec, metrics={"Test": figures}), DARK)
    rows = text_of(page).split("\n")
    begin = next(i for i, line in enumerate(rows) if line.startswith("Confusion matrix"))
    cells = [cell.strip("\ufdd0\ufdd1\u2029 ") for cell in rows[begin + 2 : begin + 16]]
    assert [cell for cell in cells if cell][:11] == [
        "Happy", "Surprise", "N", "Happy", "75", "25", "4", "Surprise", "25", "75", "8"
    ]  # fmt: skip


def test_an_empty_row_is_no_fault(spec: ModelSpec) -> None:
    confusion = {"classes": ["happy", "sad"], "counts": [[0, 0], [3, 4]]}
    assert "–</td>" in card_page(replace(spec, metrics={"Test": {"confusion": confusion}}), DARK)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_every_cell_can_be_read(theme: Theme) -> None:
    def luminance(colour: str) -> float:
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in QColor(colour).getRgbF()[:3]]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    for hundredth in range(101):
        lighter, darker = sorted(map(luminance, shades(theme.field, theme.accent, hundredth / 100)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 4.5
    assert shades(theme.field, theme.accent, 0.0)[0] == theme.field
    assert shades(theme.field, theme.accent, 1.0)[0] == theme.accent


def test_entries_nobody_knows_are_shown_as_they_stand(qapp: Any, spec: ModelSpec) -> None:
    assert "Other entries" not in text_of(card_page(spec, DARK))
    spec = changed(spec, teacher={"networks": 3, "notes": ["one", "two"], "deep": {"a": 1.5}}, colour="blue")
    text = text_of(card_page(spec, DARK)).replace("\u00a0", " ")
    for said in ("Other entries", "Teacher", "Networks  3", "Notes  one, two", "A  1.5", "Colour", "blue"):
        assert said in text


HOSTILE = "<img src='file:///etc/hostname'><script>x</script>&lt;\x00\x1b\u202e\ud800"


@pytest.mark.parametrize(
    "key",
    ["name", "data", "metrics", "parameters", "recipe", "parity", "intended_use", "excluded_use", "limits", "extra",
     "temperature", "input", "crop", "description", "precision", "file_bytes"],
)  # fmt: skip
@pytest.mark.parametrize("wrap", [str, lambda text: [text, {text: text}], lambda text: {text: {"deep": [text]}}])
def test_html_in_a_card_is_text(qapp: Any, spec: ModelSpec, key: str, wrap: Callable[[str], Any]) -> None:
    spec = changed(spec, **{key: wrap(HOSTILE)})
    if key == "name":
        spec = replace(spec, name=HOSTILE)
    elif key == "metrics":
        spec = replace(
            spec, metrics={HOSTILE: {"accuracy": 0.5, "n": HOSTILE, "recall": {HOSTILE: HOSTILE}, HOSTILE: 1}}
        )
    page = card_page(spec, DARK)
    assert "<script" not in page
    assert not re.search(r"<img src=(?!\"bar:[0-9a-f/]+\")", page)
    assert not set(page) & {"\x00", "\x1b", "\u202e", "\ud800"}
    page.encode()
    text_of(page)


def test_a_huge_card_stays_a_page(qtbot: Any, spec: ModelSpec) -> None:
    deep: Any = "end"
    for _ in range(300):
        deep = {"a": deep}
    spec = changed(
        spec,
        limits=["x" * 500_000, *["y"] * 50_000],
        wide={f"key {i}": {"values": list(range(50))} for i in range(5000)},
        long={"k" * 100_000: "v" * 100_000},
        deep=deep,
        recipe={f"entry {i}": 10**300 for i in range(5000)},
        excluded_use=float("inf"),
        parameters=float("nan"),
    )
    spec = replace(spec, metrics={f"split {i}": {"accuracy": 0.5, "n": i} for i in range(2000)})
    page = card_page(spec, DARK)
    assert len(page) < 200_000
    assert "… and" in page
    window = CardWindow(None, DARK)
    qtbot.addWidget(window)
    window.show_card(spec, 0.0)
    assert window.browser.document().blockCount() < 3000


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=8), children, max_size=3),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80, deadline=None)
@given(key=st.sampled_from([*CARD, "more"]), value=json_values)
def test_any_card_that_is_read_has_a_page(tmp_path: Path, key: str, value: Any) -> None:
    card = {**CARD, key: value}
    path = tmp_path / "x.json"
    path.write_text(json.dumps(card), encoding="utf-8")
    with contextlib.suppress(ModelError):
        card_page(read_model_spec(path), LIGHT, 1.0).encode()


@pytest.fixture
def window(qtbot: Any, spec: ModelSpec) -> CardWindow:
    window = CardWindow(None, LIGHT)
    qtbot.addWidget(window)
    window.show_card(spec, 1.0)
    window.show()
    qtbot.waitExposed(window)
    window.browser.setFocus()
    return window


def test_the_page_is_scrolled_by_keys(window: CardWindow, qtbot: Any) -> None:
    scroll = window.browser.verticalScrollBar()
    assert scroll.maximum() > 0
    positions = [scroll.value()]
    for key in (Qt.Key_Down, Qt.Key_PageDown, Qt.Key_Space, Qt.Key_End):
        qtbot.keyClick(window.browser, key)
        positions.append(scroll.value())
    assert positions == sorted(set(positions))
    assert positions[-1] == scroll.maximum()
    qtbot.keyClick(window.browser, Qt.Key_PageUp)
    assert scroll.value() < scroll.maximum()
    qtbot.keyClick(window.browser, Qt.Key_Home)
    assert scroll.value() == 0


def test_the_text_can_be_copied(window: CardWindow, qtbot: Any) -> None:
    qtbot.keyClick(window.browser, Qt.Key_A, Qt.ControlModifier)
    qtbot.keyClick(window.browser, Qt.Key_C, Qt.ControlModifier)
    assert "SHA-256" in QApplication.clipboard().text()


def test_escape_closes_it_and_it_fits_the_screen(window: CardWindow, qtbot: Any) -> None:
    room = window.screen().availableSize()
    assert window.width() < room.width()
    assert window.height() < room.height()
    assert not window.browser.horizontalScrollBar().isVisible()
    qtbot.keyClick(window.browser, Qt.Key_Escape)
    assert not window.isVisible()


def test_the_same_model_measured_again_keeps_the_place(window: CardWindow, spec: ModelSpec) -> None:
    scroll = window.browser.verticalScrollBar()
    scroll.setValue(200)
    window.show_card(spec, 7.0)
    assert scroll.value() == 200
    assert "7.0 ms" in window.browser.toPlainText().replace("\u00a0", " ")
    window.show_card(replace(spec, model_id="other"), 0.0)
    assert scroll.value() == 0
