"""Who gets the room in the timeline's header."""

from __future__ import annotations

from typing import Any

import pytest
from PyQt5.QtGui import QFontMetricsF

from realtime_fer.gui.style.theme import DARK
from realtime_fer.gui.timeline.hint_and_legend import HintAndLegend

LONG = "12 not shown · line on top: a model with quite a long name · 30 samples/s"


@pytest.fixture
def line(qtbot: Any) -> HintAndLegend:
    made = HintAndLegend(DARK)
    qtbot.addWidget(made)
    made.show()
    return made


def all_entries(line: HintAndLegend) -> int:
    return line.legend.fitting_width(100_000)


def uncertain_px(line: HintAndLegend) -> float:
    return QFontMetricsF(line.legend.font()).horizontalAdvance("Uncertain")


def test_a_long_hint_is_cut_before_the_legend_loses_an_entry(line: HintAndLegend) -> None:
    line.say(LONG)
    line.resize(all_entries(line) + 200, 24)
    assert line.legend.isVisible()
    assert line.legend.width() == all_entries(line)
    assert line.hint.width() < line.hint.fontMetrics().horizontalAdvance(LONG)
    room = line.hint.fontMetrics().horizontalAdvance("12 not shown · lin")
    assert line.hint.fitting(room) == "12 not shown", "no half of a part"
    assert line.hint.fitting(room // 2).endswith("…")


def test_where_even_its_first_words_have_no_room_uncertain_goes_and_then_the_legend(line: HintAndLegend) -> None:
    line.say(LONG)
    line.resize(all_entries(line), 24)
    assert 0 < line.legend.width() <= all_entries(line) - uncertain_px(line)
    line.resize(300, 24)
    assert not line.legend.isVisible()
    assert line.hint.width() == 300


def test_a_short_hint_leaves_the_legend_its_room(line: HintAndLegend) -> None:
    line.say(LONG)
    line.resize(all_entries(line) + 30, 24)
    assert line.legend.width() < all_entries(line)
    line.say("–")
    assert line.legend.width() == all_entries(line)


def test_that_nobody_is_there_is_said_in_full(line: HintAndLegend) -> None:
    line.say(LONG, whole=True)
    line.resize(all_entries(line) + 200, 24)
    assert line.hint.width() >= line.hint.fontMetrics().horizontalAdvance(LONG)
