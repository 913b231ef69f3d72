from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from PyQt5.QtCore import QPoint, QRect, Qt
from PyQt5.QtGui import QImage, QPainter
from PyQt5.QtWidgets import QStyle, QStyleOptionViewItem

from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.model_spec import ModelSpec
from realtime_fer.gui.model_box import FACTS_ROLE, ModelBox
from realtime_fer.gui.theme import DARK

SIX = ("neutral", "happy", "sad", "surprise", "angry", "fear")


@pytest.fixture
def box(qtbot: Any, spec_of: Callable[..., ModelSpec]) -> ModelBox:
    box = ModelBox([spec_of("a"), spec_of("b", EXPRESSION_KEYS), spec_of("c", SIX)], DARK)
    qtbot.addWidget(box)
    box.show_model("a")
    return box


def facts(box: ModelBox) -> list[tuple[str, str]]:
    return [box.choice.itemData(row, FACTS_ROLE) for row in range(box.choice.count())]


def test_the_list_says_how_good_each_model_is_and_what_it_lacks(box: ModelBox) -> None:
    assert facts(box) == [
        ("67.2\u00a0% right on FER2013 PublicTest (N\u00a03589)", "7 expressions, no contempt"),
        ("67.2\u00a0% right on FER2013 PublicTest (N\u00a03589)", "8 expressions"),
        ("67.2\u00a0% right on FER2013 PublicTest (N\u00a03589)", "6 expressions, no disgust or contempt"),
    ]
    assert box.facts.text() == "67.2\u00a0% right on FER2013 PublicTest (N\u00a03589)\n7 expressions"


def test_a_tip_says_all(box: ModelBox) -> None:
    box.set_speed("b", 2.04)
    tip = box.choice.itemData(1, Qt.ToolTipRole)
    assert "8 classes: neutral, happy, sad, surprise, fear, disgust, angry, contempt" in tip
    assert "67.2% on FER2013 PublicTest (N 3589)" in tip
    assert "2.0 ms a face on this computer" in tip
    assert "ms a face" not in box.choice.itemData(0, Qt.ToolTipRole)


def test_only_a_measured_model_has_milliseconds(box: ModelBox) -> None:
    box.set_speed("a", 12.34)
    box.set_speed("b", 0.0)
    assert [line for _, line in facts(box)] == [
        "7 expressions, no contempt · 12.3 ms a face",
        "8 expressions",
        "6 expressions, no disgust or contempt",
    ]
    assert box.facts.text().endswith("7 expressions · 12.3 ms a face")
    box.show_model("c")
    assert "ms" not in box.facts.text()
    box.show_model("a")
    assert "12.3 ms" in box.facts.text()


def test_the_card_is_asked_for_with_what_is_known(box: ModelBox, qtbot: Any) -> None:
    with qtbot.waitSignal(box.card_wanted) as asked:
        box.card.click()
    assert asked.args == ["a", 0.0]
    box.set_speed("a", 3.0)
    with qtbot.waitSignal(box.card_wanted) as asked:
        qtbot.keyClick(box.card, Qt.Key_Return)
    assert asked.args == ["a", 3.0]


def test_an_unknown_model_has_no_card(box: ModelBox, qtbot: Any) -> None:
    assert box.show_model("nobody") == ()
    assert not box.card.isEnabled()
    assert box.facts.text() == ""
    with qtbot.assertNotEmitted(box.card_wanted):
        box.ask_for_card()


def test_without_models_it_says_so(qtbot: Any) -> None:
    box = ModelBox([], DARK)
    qtbot.addWidget(box)
    box.show_model("x")
    assert box.choice.currentText() == "No model found"
    assert not box.choice.isEnabled()
    assert not box.card.isEnabled()


def test_a_card_without_figures_is_no_fault(qtbot: Any, spec_of: Callable[..., ModelSpec]) -> None:
    box = ModelBox([replace(spec_of("a"), metrics={})], DARK)
    qtbot.addWidget(box)
    assert facts(box) == [("No accuracy in its card", "7 expressions, no contempt")]


def test_a_hostile_name_is_text_and_bounded(qtbot: Any, spec_of: Callable[..., ModelSpec]) -> None:
    name = "<img src='file:///etc/hostname'>\n" + "x" * 100_000
    hostile = replace(
        spec_of("a"), name=name, dataset="<b>" + "y" * 100_000, metrics={"<i>": {"accuracy": 1, "n": "N" * 999}}
    )
    box = ModelBox([hostile], DARK)
    qtbot.addWidget(box)
    box.show_model("a")
    assert len(box.choice.itemText(0)) <= 60
    assert "\n" not in box.choice.itemText(0)
    assert len(box.facts.text()) < 300
    assert box.facts.textFormat() == Qt.PlainText
    tip = box.choice.toolTip()
    assert "&lt;b&gt;" in tip
    assert "<b>" not in tip
    assert len(tip) < 1000


def test_the_open_lists_lines_fit_into_it(box: ModelBox, qtbot: Any) -> None:
    box.show()
    box.set_speed("c", 12.34)
    option = QStyleOptionViewItem()
    option.font = box.choice.font()
    hints = [
        box.choice.itemDelegate().sizeHint(option, box.choice.model().index(row, 0))
        for row in range(box.choice.count())
    ]
    assert box.choice.view().minimumWidth() >= max(hint.width() for hint in hints)
    assert all(hint.height() >= 3 * box.choice.fontMetrics().height() * 0.85 for hint in hints)


@pytest.mark.parametrize(("state", "ground"), [(QStyle.State_Selected, DARK.accent), (QStyle.State_None, DARK.raised)])
def test_an_item_is_drawn_with_its_three_lines(box: ModelBox, state: Any, ground: str) -> None:
    option = QStyleOptionViewItem()
    option.font = box.choice.font()
    option.state = state
    delegate, index = box.choice.itemDelegate(), box.choice.model().index(2, 0)
    option.rect = QRect(QPoint(0, 0), delegate.sizeHint(option, index))
    picture = QImage(option.rect.size(), QImage.Format_RGB32)
    painter = QPainter(picture)
    delegate.paint(painter, option, index)
    painter.end()
    assert picture.pixelColor(1, 1).name() == ground
    written = [
        any(picture.pixelColor(x, y).name() != ground for x in range(picture.width())) for y in range(picture.height())
    ]
    begins = sum(not before and after for before, after in pairwise(written))
    assert begins >= 3
