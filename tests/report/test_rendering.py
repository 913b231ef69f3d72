"""What templates do with the values they are given, whatever these hold."""

from __future__ import annotations

import pytest
from jinja2 import DictLoader, UndefinedError

from realtime_fer.report import rendering

EVIL = "<b>\"'&\x1b[2J\u202e\ud800\x00"


@pytest.fixture
def shows(monkeypatch: pytest.MonkeyPatch) -> None:
    environment = rendering._environment().overlay(
        loader=DictLoader({"page.html": '<p title="{{ value }}">{{ value }}'})
    )
    monkeypatch.setattr(rendering, "_environment", lambda: environment)


def test_every_value_is_escaped_and_printable(shows: None) -> None:
    page = rendering.render("page.html", value=EVIL)
    assert page.count("<") == 1
    assert page.count('"') == 2
    assert not set(page) & set("\x1b\u202e\ud800\x00")
    assert rendering.render("page.html", value=3.5) == '<p title="3.5">3.5'


def test_a_value_that_nobody_gave_is_an_error(shows: None) -> None:
    with pytest.raises(UndefinedError, match="value"):
        rendering.render("page.html")
