from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.frame import FrameResult
from realtime_fer.report.figures import MAX_SPANS, figures_of, gap_seconds
from realtime_fer.report.page import make_report
from realtime_fer.report.session import read_session
from realtime_fer.report.table import LABELS
from tests.report.conftest import MakeSession
from tests.sinks.conftest import SEVEN, build_result

HAPPY, SAD, UNCERTAIN = (LABELS.index(label) for label in ("happy", "sad", "uncertain"))


def saying(stamp_s: float, expression: str, doubt: str = "") -> FrameResult:
    """One face with that expression."""
    result = build_result(stamp_s, doubt=(DOUBT_KEYS.index(doubt),))
    probabilities = np.full((1, len(SEVEN)), 0.05, np.float32)
    probabilities[0, SEVEN.index(expression)] = 0.7
    return replace(result, faces=result.faces.with_probabilities(probabilities))


def absent(stamp_s: float) -> FrameResult:
    return build_result(stamp_s, faces=0)


def test_times_shares_and_changes_add_up(make_session: MakeSession) -> None:
    # 1 s happy, 0.5 s uncertain for being turned, 1 s away, a gap of 2.5 s, then 1 s sad: 0.1 s a frame.
    results = [saying(n / 10, "happy") for n in range(10)]
    results += [saying(1 + n / 10, "happy", "turned") for n in range(5)]
    results += [absent(1.5 + n / 10) for n in range(10)]
    results += [saying(4.9 + n / 10, "sad") for n in range(10)]
    session = read_session(make_session(results))
    assert session.duration_s == pytest.approx(5.9, abs=0.01)
    assert gap_seconds(session) == pytest.approx(2.5, abs=0.01)
    (person,) = session.table.people
    figures = figures_of(person, session)
    assert figures.label_s[HAPPY] == pytest.approx(1.0, abs=0.02)
    assert figures.label_s[UNCERTAIN] == pytest.approx(0.5, abs=0.02)
    assert figures.label_s[SAD] == pytest.approx(1.0, abs=0.02)
    assert figures.doubt_s[DOUBT_KEYS.index("turned")] == pytest.approx(0.5, abs=0.02)
    assert figures.in_view_s == pytest.approx(2.5, abs=0.03)
    assert figures.absent_s == pytest.approx(0.9, abs=0.03)
    assert figures.in_view_s + figures.absent_s + gap_seconds(session) == pytest.approx(session.duration_s)
    # Away and back is no change of expression.
    assert figures.transitions.sum() == figures.transitions[HAPPY, UNCERTAIN] == 1
    assert [(span.label, round(span.start_s, 2)) for span in figures.spans] == [(HAPPY, 0), (UNCERTAIN, 1), (SAD, 4.9)]
    assert [peak.label for peak in figures.peaks] in ([HAPPY, SAD], [SAD, HAPPY])
    assert figures.peaks[0].xywh == (10, -6, 40, 46)


def test_a_missed_detection_is_no_absence(make_session: MakeSession) -> None:
    results = [saying(n / 10, "happy") if n not in (4, 5) else absent(n / 10) for n in range(10)]
    session = read_session(make_session(results))
    figures = figures_of(session.table.people[0], session)
    assert figures.in_view_s == pytest.approx(1.0, abs=0.02)
    assert len(figures.spans) == 1


def test_a_flickering_hour_stays_within_bounds(make_session: MakeSession, tmp_path: Path) -> None:
    folder = make_session([saying(0.0, "happy")], film="none")
    lines = (folder / "expressions.csv").read_text().splitlines()
    cells = lines[1].split(",")
    at = lines[0].split(",").index("expression")
    rows = []
    for frame in range(20_000):
        cells[0], cells[1] = str(frame), f"{frame / 10:.5f}"
        cells[at] = "happy" if frame % 3 else "sad"
        rows.append(",".join(cells))
    (folder / "expressions.csv").write_text("\n".join([lines[0], *rows]) + "\n")
    (folder / "session.json").unlink()
    session = read_session(folder)
    figures = figures_of(session.table.people[0], session)
    assert 1 <= len(figures.spans) <= MAX_SPANS
    assert figures.is_coarse
    assert "what filled most of them" in make_report(folder, {})
    assert figures.label_s[HAPPY] / figures.label_s[SAD] == pytest.approx(2, abs=0.01)
    assert figures.transitions[HAPPY, SAD] == pytest.approx(6666, abs=2)
    assert all(before.end_s <= after.start_s + 1e-6 for before, after in pairwise(figures.spans))
