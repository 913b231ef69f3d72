from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from PyQt5.QtCore import QPoint, QRect, Qt
from PyQt5.QtGui import QImage, QPainter
from PyQt5.QtWidgets import QStyle, QStyleOptionViewItem

from realtime_fer.core.cards.model_figures import COMPARED_SPLIT
from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.text.translation import in_language
from realtime_fer.gui.panel.model_box import ModelBox
from realtime_fer.gui.panel.model_list import FACTS_ROLE, HEADING, KIND_ROLE, LOAD, MARK_ROLE, model_facts, model_tip
from realtime_fer.gui.style.theme import DARK
from tests.fakes import make_spec

SIX = ("neutral", "happy", "sad", "surprise", "angry", "fear")


def with_recalls(spec: ModelSpec, split: str = COMPARED_SPLIT) -> ModelSpec:
    recall = dict.fromkeys(spec.class_names, 0.8) | ({"contempt": 0.0} if "contempt" in spec.class_names else {})
    return replace(spec, metrics={split: {"accuracy": 0.9, "n": 3199, "recall": recall}})


@pytest.fixture
def box(qtbot: Any, spec_of: Callable[..., ModelSpec]) -> ModelBox:
    specs = [
        with_recalls(spec_of("mine"), "Photos"),
        with_recalls(spec_of("fer-s-7")),
        with_recalls(spec_of("fer-l", EXPRESSION_KEYS)),
        with_recalls(spec_of("alexnet", SIX)),
        with_recalls(spec_of("fer-s", EXPRESSION_KEYS)),
        spec_of("b"),
    ]
    box = ModelBox(specs, DARK)
    qtbot.addWidget(box)
    box.show_model("fer-s")
    return box


def rows(box: ModelBox, role: int) -> dict[str, Any]:
    """By what stands in each row."""
    choice = box.choice
    return {choice.itemText(row): choice.itemData(row, role) for row in range(choice.count())}


def row_of(box: ModelBox, model_id: str) -> int:
    return int(box.choice.findData(model_id))


def test_models_stand_by_use_in_groups_and_loading_comes_last(box: ModelBox) -> None:
    assert rows(box, KIND_ROLE) == {
        "Model FER-S": None,
        "Model FER-L": None,
        "The same by FER2013’s own labels, without contempt: to compare with published figures": HEADING,
        "Model FER-S-7": None,
        "Earlier networks": HEADING,
        "Model ALEXNET": None,
        "Your own": HEADING,
        "Model MINE": None,
        "Model B": None,
        "Accuracy on FER2013 PublicTest by FER+ majority (N\u00a03199); balanced: 7 expressions count alike": HEADING,
        "Load model…": LOAD,
    }
    assert {text for text, mark in rows(box, MARK_ROLE).items() if mark} == {"Model FER-S"}
    assert box.choice.currentText() == "Model FER-S"


def test_each_line_says_how_good_over_what(box: ModelBox) -> None:
    facts = {text: line for text, line in rows(box, FACTS_ROLE).items() if line}
    assert facts == {
        "Model FER-S": "90\u00a0% accuracy, 80\u00a0% balanced · 8 expressions",
        "Model FER-L": "90\u00a0% accuracy, 80\u00a0% balanced · 8 expressions",
        "Model FER-S-7": "90\u00a0% accuracy, 80\u00a0% balanced · 7 expressions",
        "Model ALEXNET": "90\u00a0% accuracy, 69\u00a0% balanced · 6 expressions",
        "Model MINE": "80.0\u00a0% balanced accuracy on FER2013 Photos (N\u00a03199) · 7 expressions",
        "Model B": "67.2\u00a0% accuracy on FER2013 PublicTest (N\u00a03589) · 7 expressions",
    }
    assert box.facts.text() == facts["Model FER-S"].replace(" · ", "\n")


def test_a_tip_says_all(box: ModelBox) -> None:
    box.set_speed("fer-l", 2.04)
    tip = box.choice.itemData(row_of(box, "fer-l"), Qt.ToolTipRole)
    assert "90.0% accuracy on FER2013 PublicTest by FER+ majority (N 3199)" in tip
    assert "80.0% balanced accuracy, the mean of 7 recalls, on FER2013 PublicTest by FER+ majority (N 3199)" in tip
    assert "never right" not in tip
    assert "never right" in box.choice.itemData(row_of(box, "alexnet"), Qt.ToolTipRole)
    assert "8 classes: neutral, happy, sad, surprise, fear, disgust, angry, contempt" in tip
    assert "2.0 ms per face on this computer" in tip
    assert "ms per face" not in box.choice.itemData(row_of(box, "fer-s"), Qt.ToolTipRole)


def test_only_a_measured_model_has_milliseconds(box: ModelBox) -> None:
    box.set_speed("fer-s", 12.34)
    box.set_speed("fer-l", 0.0)
    facts = rows(box, FACTS_ROLE)
    assert facts["Model FER-S"].endswith("8 expressions · 12.3 ms per face")
    assert [text for text, line in facts.items() if "ms" in (line or "")] == ["Model FER-S"]
    assert box.facts.text().endswith("8 expressions · 12.3 ms per face")
    box.show_model("alexnet")
    assert "ms" not in box.facts.text()
    box.show_model("fer-s")
    assert "12.3 ms" in box.facts.text()


@pytest.mark.qt_log_ignore("This plugin does not support")  # a popup without a window system
def test_the_arrows_pass_over_headings_and_reach_every_model(box: ModelBox, qtbot: Any) -> None:
    box.show()
    box.choice.setFocus()
    qtbot.keyClick(box.choice, Qt.Key_Down)
    view = box.choice.view()
    passed = [view.currentIndex().data(Qt.DisplayRole)]
    for _ in range(box.choice.count()):
        qtbot.keyClick(view, Qt.Key_Down)
        passed.append(view.currentIndex().data(Qt.DisplayRole))
    models = [text for text, kind in rows(box, KIND_ROLE).items() if kind != HEADING]
    assert list(dict.fromkeys(passed)) == models
    qtbot.keyClick(view, Qt.Key_Home)
    assert view.currentIndex().data(Qt.DisplayRole) == models[0]
    qtbot.keyClick(view, Qt.Key_End)
    assert view.currentIndex().data(Qt.DisplayRole) == "Load model…"
    box.choice.hidePopup()


def test_a_screen_reader_hears_the_line_and_its_group(box: ModelBox) -> None:
    row = row_of(box, "fer-s")
    assert box.choice.itemData(row, Qt.AccessibleTextRole) == (
        "Model FER-S, recommended, 90\u00a0% accuracy, 80\u00a0% balanced · 8 expressions"
    )
    assert box.choice.itemData(row_of(box, "alexnet"), Qt.AccessibleDescriptionRole) == "Earlier networks"


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("key", [Qt.Key_End, Qt.Key_Home, Qt.Key_PageDown, Qt.Key_Down])
def test_a_key_on_the_closed_list_chooses_nothing(box: ModelBox, qtbot: Any, key: Any) -> None:
    box.show()
    with qtbot.assertNotEmitted(box.load_wanted), qtbot.assertNotEmitted(box.model_chosen):
        qtbot.keyClick(box.choice, key)
    assert box.choice.view().isVisible()
    box.choice.hidePopup()


def test_the_last_entry_asks_for_a_file_and_chooses_nothing(box: ModelBox, qtbot: Any) -> None:
    box.choice.setCurrentIndex(box.choice.count() - 1)
    with qtbot.waitSignal(box.load_wanted), qtbot.assertNotEmitted(box.model_chosen):
        box.choice.activated.emit(box.choice.count() - 1)
    assert box.choice.currentText() == "Model FER-S"


def test_another_list_keeps_choice_and_milliseconds(box: ModelBox, spec_of: Callable[..., ModelSpec]) -> None:
    box.set_speed("fer-s", 3.0)
    box.set_models([spec_of("fer-s"), spec_of("new")])
    assert box.choice.currentText() == "Model FER-S"
    assert "3.0 ms" in rows(box, FACTS_ROLE)["Model FER-S"]
    assert "Model NEW" in rows(box, KIND_ROLE)


def test_the_card_is_asked_for_with_what_is_known(box: ModelBox, qtbot: Any) -> None:
    with qtbot.waitSignal(box.card_wanted) as asked:
        box.card.click()
    assert asked.args == ["fer-s", 0.0]
    box.set_speed("fer-s", 3.0)
    with qtbot.waitSignal(box.card_wanted) as asked:
        qtbot.keyClick(box.card, Qt.Key_Return)
    assert asked.args == ["fer-s", 3.0]


def test_an_unknown_model_has_no_card(box: ModelBox, qtbot: Any) -> None:
    assert box.show_model("nobody") == ()
    assert not box.card.isEnabled()
    assert box.facts.text() == ""
    with qtbot.assertNotEmitted(box.card_wanted):
        box.open_card()


def test_without_models_it_says_so(qtbot: Any) -> None:
    box = ModelBox([], DARK)
    qtbot.addWidget(box)
    box.show_model("x")
    assert box.choice.currentText() == "No model found"
    assert list(rows(box, KIND_ROLE).values()) == [HEADING, LOAD]
    assert not box.card.isEnabled()


def test_a_card_without_figures_is_no_fault(qtbot: Any, spec_of: Callable[..., ModelSpec]) -> None:
    box = ModelBox([replace(spec_of("a"), metrics={})], DARK)
    qtbot.addWidget(box)
    assert rows(box, FACTS_ROLE)["Model A"] == "No accuracy on its card · 7 expressions"


def test_a_hostile_name_is_text_and_bounded(qtbot: Any, spec_of: Callable[..., ModelSpec]) -> None:
    name = "<img src='file:///etc/hostname'>\n" + "x" * 100_000
    hostile = replace(
        spec_of("a"), name=name, dataset="<b>" + "y" * 100_000, metrics={"<i>": {"accuracy": 1, "n": "N" * 999}}
    )
    box = ModelBox([hostile], DARK)
    qtbot.addWidget(box)
    box.show_model("a")
    assert len(box.choice.itemText(1)) <= 60
    assert "\n" not in box.choice.itemText(1)
    assert len(box.facts.text()) < 300
    assert box.facts.textFormat() == Qt.PlainText
    tip = box.choice.toolTip()
    assert "&lt;b&gt;" in tip
    assert "<b>" not in tip
    assert len(tip) < 1000


def test_the_open_lists_lines_fit_into_it(box: ModelBox) -> None:
    box.show()
    box.set_speed("mine", 12.34)
    option = QStyleOptionViewItem()
    option.font = box.choice.font()
    hints = [
        box.choice.itemDelegate().sizeHint(option, box.choice.model().index(row, 0))
        for row in range(box.choice.count())
    ]
    assert box.choice.view().minimumWidth() >= max(hint.width() for hint in hints)
    assert hints[0].height() >= 2 * box.choice.fontMetrics().height() * 0.85
    assert hints[0].height() > 1.4 * hints[2].height()


@pytest.mark.parametrize(("state", "ground"), [(QStyle.State_Selected, DARK.accent), (QStyle.State_None, DARK.raised)])
@pytest.mark.parametrize(("row", "lines"), [(0, 2), (2, 1), (9, 1), (10, 1)])
def test_an_item_is_drawn_with_its_lines(box: ModelBox, state: Any, ground: str, row: int, lines: int) -> None:
    option = QStyleOptionViewItem()
    option.font = box.choice.font()
    option.state = state
    delegate, index = box.choice.itemDelegate(), box.choice.model().index(row, 0)
    option.rect = QRect(QPoint(0, 0), delegate.sizeHint(option, index))
    picture = QImage(option.rect.size(), QImage.Format_RGB32)
    painter = QPainter(picture)
    delegate.paint(painter, option, index)
    painter.end()
    # A heading cannot be chosen, and does not look as if it could.
    assert picture.pixelColor(1, 2).name() == (DARK.raised if row in (2, 9) else ground)
    ground = picture.pixelColor(1, 2).name()
    written = [
        any(picture.pixelColor(x, y).name() != ground for x in range(picture.width()))
        for y in range(1, picture.height())
    ]
    begins = sum(not before and after for before, after in pairwise([False, *written]))
    assert begins >= lines


def test_the_list_has_german_decimal_commas() -> None:
    spec = make_spec(metrics={"Photos": {"accuracy": 0.672, "balanced_accuracy": 0.8, "n": 3199}}, dataset="FER2013")
    with in_language("de"):
        right, time = model_facts(spec, 2.34)
        assert right == "80,0\u00a0% balancierte Genauigkeit auf FER2013 Photos (N\u00a03199)"
        assert "2,3 ms" in time
        assert "80,0\u00a0% balancierte Genauigkeit" in model_tip(spec)
