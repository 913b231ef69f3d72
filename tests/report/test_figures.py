from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.enums import Film
from realtime_fer.core.face_features.gaze import GAZE_KEYS
from realtime_fer.core.face_features.movements import MOVEMENT_COLUMNS
from realtime_fer.core.face_features.own_values import OwnValues
from realtime_fer.core.frame import FrameResult
from realtime_fer.report.figures import MAX_SPANS, figures_of, gap_seconds
from realtime_fer.report.page import make_report
from realtime_fer.report.session import Session, read_session
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


def session_of_rows(make_session: MakeSession, rows: Iterable[tuple[int, float, int, str]]) -> Session:
    """Of frame, seconds, identity and expression each."""
    folder = make_session([saying(0.0, "happy")], film=Film.NONE)
    lines = (folder / "expressions.csv").read_text().splitlines()
    cells = lines[1].split(",")
    at = lines[0].split(",").index("expression")
    made = []
    for frame, seconds, identity, expression in rows:
        cells[0], cells[1], cells[2], cells[at] = str(frame), f"{seconds:.5f}", str(identity), expression
        made.append(",".join(cells))
    (folder / "expressions.csv").write_text("\n".join([lines[0], *made]) + "\n")
    (folder / "session.json").unlink()
    return read_session(folder)


def test_a_flickering_hour_stays_within_bounds(make_session: MakeSession) -> None:
    rows = ((frame, frame / 10, 1, "happy" if frame % 3 else "sad") for frame in range(20_000))
    session = session_of_rows(make_session, rows)
    folder = session.folder
    figures = figures_of(session.table.people[0], session)
    assert 1 <= len(figures.spans) <= MAX_SPANS
    assert figures.is_coarse
    assert "what filled most of them" in make_report(folder, {})
    assert figures.label_s[HAPPY] / figures.label_s[SAD] == pytest.approx(2, abs=0.01)
    assert figures.transitions[HAPPY, SAD] == pytest.approx(6666, abs=2)
    assert all(before.end_s <= after.start_s + 1e-6 for before, after in pairwise(figures.spans))


def test_who_shows_up_for_a_moment_again_and_again_is_drawn_each_time(make_session: MakeSession) -> None:
    # One frame of 33 ms every 0.9 s: no column is half full.
    session = session_of_rows(make_session, ((n * 27, 30 + n * 0.9, 1, "happy") for n in range(1300)))
    (person,) = session.table.people
    figures = figures_of(person, session)
    assert figures.is_coarse
    assert MAX_SPANS * 0.9 < len(figures.spans) <= MAX_SPANS
    assert (figures.spans[0].start_s, figures.first_s) == (30.0, 30.0)
    assert figures.last_s == pytest.approx(30 + 1299 * 0.9 + session.step_s)
    assert figures.spans[-1].end_s == pytest.approx(figures.last_s)
    page = make_report(session.folder, {})
    assert "first at 0:30.0, last at 19:59.1" in page
    assert "0:30.0 – 19:59.1" in page


def test_a_short_visit_in_a_long_flicker_is_neither_lost_nor_made_longer(make_session: MakeSession) -> None:
    # Two hours: a column is 6 s. The flicker is over after 20 min; at 1:00:01.5 there is a third of a second more.
    rows = [(n, n * 0.1, 1, "happy" if n % 2 else "sad") for n in range(12_000)]
    rows += [(36_015 + n, 3601.5 + n / 10, 1, "surprise") for n in range(3)]
    rows += [(72_000, 7200.0, 2, "happy")]
    session = session_of_rows(make_session, rows)
    figures = figures_of(session.table.people[0], session)
    assert figures.is_coarse
    last = figures.spans[-1]
    assert (last.label, last.start_s) == (LABELS.index("surprise"), 3601.5)
    assert last.end_s == figures.last_s == pytest.approx(3601.8)


def test_rows_that_all_claim_one_moment_give_a_page(make_session: MakeSession) -> None:
    session = session_of_rows(make_session, ((n, 0.0, 1, "happy" if n % 2 else "sad") for n in range(2 * MAX_SPANS)))
    assert "Person 1" in make_report(session.folder, {})


def test_what_the_points_tell_is_summed_up(make_session: MakeSession) -> None:
    """1 s of silence with two blinks, 0.5 s of speech with one, 0.5 s turned away."""
    results = []
    for n in range(20):
        result = saying(n / 10, "happy")
        movements = np.zeros((1, len(MOVEMENT_COLUMNS)), np.float32)
        movements[0, -2:] = (n >= 10, 40 + (n >= 3) + (n >= 7) + (n >= 12))
        if n >= 15:
            movements[:] = np.nan
        results.append(replace(result, faces=result.faces.with_movements(result.faces.pose, movements)))
    session = read_session(make_session(results))
    figures = figures_of(session.table.people[0], session)
    assert figures.followed_s == pytest.approx(1.5, abs=0.02)
    assert figures.spoke_s == pytest.approx(0.5, abs=0.02)
    assert figures.blinks == 3
    assert figures.pleasantness == pytest.approx(0.65, abs=0.01)
    assert figures.strength == pytest.approx(0.95, abs=0.01)
    page = make_report(session.folder, {})
    assert "Spoke for 0.5 s and blinked 3 times in the 1.5 s" in page
    assert "Neither says how the person feels." in page


def test_another_identitys_blinks_are_not_the_persons_own(make_session: MakeSession) -> None:
    results = []
    for n, count in enumerate([5, 5, 6, 30, 30, 31, 0, 1]):
        movements = np.zeros((1, len(MOVEMENT_COLUMNS)), np.float32)
        movements[0, -1] = count
        result = saying(n / 10, "happy")
        results.append(replace(result, faces=result.faces.with_movements(result.faces.pose, movements)))
    session = read_session(make_session(results))
    assert figures_of(session.table.people[0], session).blinks == 3


def test_a_recording_without_those_columns_tells_nothing_of_them(make_session: MakeSession) -> None:
    folder = make_session([saying(n / 10, "happy") for n in range(10)])
    table = folder / "expressions.csv"
    lines = [line.split(",") for line in table.read_text().splitlines()]
    last = lines[0].index("uncertain_because")
    table.write_text("\n".join(",".join(cells[: last + 1]) for cells in lines) + "\n")
    session = read_session(folder)
    figures = figures_of(session.table.people[0], session)
    assert (figures.followed_s, figures.blinks) == (0.0, 0)
    assert np.isnan([figures.pleasantness, figures.strength]).all()
    page = make_report(folder, {})
    assert "Spoke for" not in page
    assert "Pleasantness" not in page
    assert "Own expressions" not in page
    assert "Gaze:" not in page


def test_own_expressions_stand_apart_and_the_gaze_is_told(make_session: MakeSession) -> None:
    """2 s: a smirk from 0.5 to 1 s and from 1.5 s on, not judged in the first 0.2 s; looks left for a quarter."""
    results = []
    for n in range(20):
        value = np.nan if n < 2 else 0.9 if 5 <= n < 10 or n >= 15 else 0.2
        own = OwnValues(("A <smirk> with a long name",), ("smirk",), "f" * 64, np.float32([[value]]))
        faces = saying(n / 10, "happy").faces.with_gaze(np.int8([GAZE_KEYS.index("left" if n < 5 else "centre")]))
        results.append(replace(saying(n / 10, "happy"), faces=faces, own=own))
    folder = make_session(results, own=("smirk",), gaze=True)
    session = read_session(folder)
    figures = figures_of(session.table.people[0], session)
    (own,) = figures.own
    assert (own.column, own.times, own.peak, own.peak_s) == ("own_smirk", 2, 0.9, pytest.approx(0.5, abs=0.01))
    assert (own.judged_s, own.seen_s) == (pytest.approx(1.8, abs=0.02), pytest.approx(1.0, abs=0.02))
    assert own.spans[0] == (pytest.approx(0.5, abs=0.01), pytest.approx(1.0, abs=0.01))
    assert figures.gaze_s.tolist() == [pytest.approx(seconds, abs=0.02) for seconds in (0.5, 1.5, 0, 0, 0)]
    page = make_report(folder, {})
    assert "A &lt;smirk&gt; with a long name</th><td>1.0 s</td><td>56 %</td>" in page
    assert "Gaze: left 25 %, centre 75 % of the 2.0 s in which it is known." in page
