from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PyQt5.QtGui import QColor

from realtime_fer.core.expressions import expression_named
from realtime_fer.gui.timeline.expression_history import STEPS, ExpressionHistory
from realtime_fer.gui.timeline.strip_pixels import COMPARISON_PX, StripImage, stacked_columns
from tests.gui.moments import moment

NEUTRAL, HAPPY = (expression_named(key).colour_rgb for key in ("neutral", "happy"))


def rgba(strip: StripImage, step: int, row: int) -> tuple[int, int, int, int]:
    colour = QColor(strip.image.pixelColor(step % STEPS, row))
    return (colour.red(), colour.green(), colour.blue(), colour.alpha())


def test_shares_are_stacked_from_the_bottom_in_their_colours() -> None:
    history = ExpressionHistory()
    history.add(moment(50.05, {1: {"neutral": 0.25, "happy": 0.75}}))
    strip = StripImage(1, 40)
    strip.follow(history)
    column = [rgba(strip, 500, row) for row in range(40)]
    assert column == [(*HAPPY, 255)] * 30 + [(*NEUTRAL, 255)] * 10
    assert rgba(strip, 499, 20)[3] == 0, "before, nobody was there"


def test_an_edge_between_two_pixels_is_blended() -> None:
    history = ExpressionHistory()
    history.add(moment(50.05, {1: {"neutral": 0.5, "happy": 0.5}}))
    strip = StripImage(1, 5)
    strip.follow(history)
    assert rgba(strip, 500, 2)[:3] == pytest.approx(np.add(NEUTRAL, HAPPY) / 2, abs=1)


def test_what_is_not_named_is_faded_under_stripes() -> None:
    history = ExpressionHistory()
    for index in range(40):
        history.add(moment(50.05 + index / 10, {1: {"happy": 1.0}}, doubts={1: "blurred"} if index >= 20 else {}))
    pixels = stacked_columns(history.of(1, 40), 500, 24)
    assert (pixels[:, :20, :3] == HAPPY[::-1]).all()
    striped = pixels[:, 20:, :3].astype(int)
    assert 0.25 < (striped == 92).all(axis=2).mean() < 0.5
    assert (np.ptp(striped, axis=2) < np.ptp(HAPPY) / 2).all(), "and nearly grey between them"


def test_following_step_by_step_gives_the_same_picture_as_at_once() -> None:
    history, bit_by_bit = ExpressionHistory(), StripImage(1, 16)
    bit_by_bit.follow(history)
    rng = np.random.default_rng(1)
    time_s = 300.0
    for _ in range(900):
        time_s += float(rng.choice([0.03, 0.08, 0.25, 0.9], p=[0.5, 0.3, 0.15, 0.05]))
        share = float(rng.random())
        people = {1: {"happy": share, "neutral": 1 - share}} if rng.random() < 0.8 else {}
        history.add(moment(time_s, people, doubts={1: "dark"} if share > 0.8 else {}))
        if rng.random() < 0.5:
            bit_by_bit.follow(history)
    bit_by_bit.follow(history)
    at_once = StripImage(1, 16)
    at_once.follow(history)
    assert bit_by_bit.image == at_once.image


def test_a_second_models_expression_is_a_line_along_the_upper_edge() -> None:
    history, strip = ExpressionHistory(), StripImage(1, 40)
    history.add(moment(50.05, {1: {"neutral": 1.0}}))
    history.add(moment(50.15, {1: {"neutral": 1.0}}, compared={1: "happy"}))
    history.add(moment(50.25, {1: {"neutral": 1.0}}, compared={1: ""}))
    strip.follow(history)
    assert rgba(strip, 500, 0)[:3] == NEUTRAL
    assert {rgba(strip, 501, row)[:3] for row in range(COMPARISON_PX)} == {HAPPY}
    assert rgba(strip, 501, COMPARISON_PX)[:3] not in (HAPPY, NEUTRAL), "set apart"
    assert {rgba(strip, 501, row)[:3] for row in range(COMPARISON_PX + 1, 40)} == {NEUTRAL}
    red, green, blue, _ = rgba(strip, 502, 0)
    assert red == green == blue, "grey where it names none"
    history.add(moment(50.35, {1: {"neutral": 1.0}}))
    strip.follow(history)
    assert rgba(strip, 501, 0)[:3] == NEUTRAL, "its line goes with it"


def test_on_a_low_strip_the_line_leaves_room_for_the_first_model() -> None:
    history, strip = ExpressionHistory(), StripImage(1, 6)
    history.add(moment(50.05, {1: {"neutral": 1.0}}, compared={1: "happy"}))
    strip.follow(history)
    assert [rgba(strip, 500, row)[:3] == NEUTRAL for row in range(6)].count(True) >= 3


def test_what_was_not_analysed_is_drawn_unlike_absence() -> None:
    history = ExpressionHistory()
    for index in range(40):
        history.add(replace(moment(50.05 + index / 10, {}), searched=index >= 20))
    history.add(moment(54.05, {1: {"happy": 1.0}}))
    pixels = stacked_columns(history.of(1, 41), 500, 24)
    seen = pixels[..., 3] > 0
    assert 0.04 < seen[:, :20].mean() < 0.2, "thin lines"
    assert not seen[:, 20:40].any()
