"""Names and notes of others in the window: no markup, and no sign that turns words round."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PyQt5.QtCore import Qt
from PyQt5.QtWidgets import QLabel

from realtime_fer.core.request import request_of
from realtime_fer.gui.widgets.plain_text import plain, plain_tip, plain_title
from realtime_fer.runtime import events
from tests.gui.controllers.test_no_credentials import all_texts

NAME = "<h1>a\u202egpj</h1>\x1b[2J\udcff[*].mp4"
STEERING = "\u202e\x1b\udcff"


def test_texts_are_plain() -> None:
    assert plain("a\nb\u202e") == "a\nb\\u202e"
    assert plain_title("a\n[*]") == r"a\n[*][*]"
    assert plain_tip("a & b") == "a & b"
    assert Qt.mightBeRichText(plain_tip("<b>")) is True
    assert "&lt;b&gt;" in plain_tip("<b>")


@pytest.mark.parametrize(
    "said",
    [
        [events.SourceOpened(request_of(f"/videos/{NAME}"), NAME, False)],
        [
            events.SourceOpened(request_of(f"/videos/{NAME}"), NAME, False),
            events.SourceEnded(request_of(f"/videos/{NAME}")),
        ],
        [events.SourceLost(request_of(f"/videos/{NAME}"), f"'{NAME}' cannot be read.", None)],
        [events.SourceLost(request_of(NAME), f"'{NAME}' cannot be read.", 1.0)],
        [events.MarkerAdded(1, 0.0, NAME)],
        [events.SnapshotSaved(Path(f"/videos/{NAME}"))],
        [events.ModelRefused(NAME, f"'{NAME}' is no network.", NAME)],
        [events.EngineFailed(f"There was a fault ({NAME}).", "")],
    ],
    ids=lambda said: type(said[-1]).__name__,
)
def test_no_name_is_markup_or_turned_round(stage: Any, said: list[events.EngineEvent]) -> None:
    for event in said:
        stage.say(event)
    shown = [*all_texts(stage.window), *stage.window.view.message]
    assert not [text for text in shown if set(text) & set(STEERING)]
    assert [text for text in shown if r"\u202egpj" in text], "it is shown"
    for label in stage.window.findChildren(QLabel):
        assert "<h1>" not in label.text() or label.textFormat() == Qt.TextFormat.PlainText
    tips = [text for text in shown if Qt.mightBeRichText(text) and "<p" in text]
    assert not [tip for tip in tips if "<h1>" in tip]
