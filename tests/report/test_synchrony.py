from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from realtime_fer.report.page import make_report
from realtime_fer.report.synchrony import synchrony

TIMES = np.arange(0, 90, 0.1)


def wandering(seed: int) -> np.ndarray:
    noise = np.random.default_rng(seed).normal(size=len(TIMES) + 40)
    return 0.3 * np.convolve(noise, np.exp(-np.arange(40) / 6), "valid")[: len(TIMES)]


def test_who_follows_is_found_with_the_time() -> None:
    first = wandering(1)
    found = synchrony((TIMES, first), (TIMES + 1.2, first + 0.2 * wandering(2)))
    assert found is not None
    assert found.lag_s == pytest.approx(1.2, abs=0.21)
    assert found.correlation > 0.8 > found.by_chance
    assert found.chance == pytest.approx(1 / 200)
    assert found.windows == 16
    back = synchrony((TIMES + 1.2, first), (TIMES, first))
    assert back is not None
    assert back.lag_s == pytest.approx(-1.2, abs=0.21)


def test_those_who_do_not_meet_are_within_chance() -> None:
    found = synchrony((TIMES, wandering(3)), (TIMES, wandering(4)))
    assert found is not None
    assert found.chance > 0.05
    assert found.correlation < found.by_chance


def test_too_short_unknown_or_unmoved_is_not_judged() -> None:
    short = TIMES < 50
    assert synchrony((TIMES[short], wandering(1)[short]), (TIMES, wandering(2))) is None
    assert synchrony((TIMES, np.full(len(TIMES), np.nan)), (TIMES, wandering(2))) is None
    assert synchrony((TIMES, np.zeros(len(TIMES))), (TIMES, wandering(2))) is None
    gappy = np.where(TIMES % 5 < 3, np.nan, wandering(1))
    assert synchrony((TIMES, gappy), (TIMES, wandering(2))) is None


def recording(folder: Path, source: str, began_s: float, values: np.ndarray) -> Path:
    folder.mkdir()
    lines = [f"{n},{t:.2f},1,happy,{value:.3f}" for n, (t, value) in enumerate(zip(TIMES, values, strict=True))]
    (folder / "expressions.csv").write_text("frame,timestamp,face_id,expression,pleasantness\n" + "\n".join(lines))
    together = {"run": "abc", "source": 0, "monotonic_s": began_s}
    (folder / "session.json").write_text(json.dumps({"complete": True, "source": source, "together": together}))
    return folder


def test_the_report_compares_recordings_that_were_made_together_on_one_clock(tmp_path: Path) -> None:
    values = wandering(5)
    first = recording(tmp_path / "2026-03-01_10-00-00", "left camera", 500.0, values)
    recording(tmp_path / "2026-03-01_10-00-00-2", "right <camera>", 500.8, values)
    stranger = recording(tmp_path / "2026-03-01_10-05-00", "other", 500.0, values)
    (stranger / "session.json").write_text("{}")
    page = make_report(first, {})
    assert "Two people together" in page
    assert "Person 1 (left camera) – Person 1 (right &lt;camera&gt;)" in page
    assert "<td>0.8</td>" in page
    assert "Two people together" not in make_report(stranger, {})
