"""What the long run calls growth, and what it finds wrong with a recording."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from realtime_fer.sinks.session import RecordingSink
from scripts.soak_checks import Findings, Sample, check_recording, compared_windows, judge_growth, warm_up
from tests.fakes import make_faces, make_result


def samples(rss_mb: list[float], threads: int = 20, files: int = 14) -> list[Sample]:
    return [Sample(float(n), int(value * 1e6), threads, files) for n, value in enumerate(rss_mb)]


def judged(taken: list[Sample]) -> Findings:
    findings = Findings()
    judge_growth(taken, findings)
    return findings


def test_the_warm_up_and_the_middle_do_not_count() -> None:
    first, last = compared_windows(samples([1000.0 + n for n in range(100)]))
    assert [first[0].time_s, first[-1].time_s] == [20.0, 39.0]
    assert [last[0].time_s, last[-1].time_s] == [80.0, 99.0]
    warm = [300 + 5 * n for n in range(20)] + [400.0] * 80
    assert judged(samples(warm)).faults == []


def test_memory_that_swings_is_no_growth_and_memory_that_creeps_is() -> None:
    assert judged(samples([400.0 + 60 * (n % 7 == 0) for n in range(100)])).faults == []
    findings = judged(samples([400 + n / 2 for n in range(100)]))
    assert findings.rss_growth == pytest.approx(0.0723, abs=0.002)
    assert len(findings.faults) == 1
    assert findings.faults[0].startswith("Memory grew by 7.")


def filling(level_at: int, seconds: int, low_mb: float = 440.0, high_mb: float = 508.0) -> list[float]:
    """Rises evenly and is level from then on, with a swing of four MB."""
    rise = [low_mb + (high_mb - low_mb) * n / level_at for n in range(level_at)]
    return [value + 4 * (n % 9 == 0) for n, value in enumerate([*rise, *[high_mb] * (seconds - level_at)])]


@pytest.mark.parametrize("seconds", [300, 600, 1800])
def test_a_run_that_is_level_after_105_seconds_is_well_however_long_it_is(seconds: int) -> None:
    findings = judged(samples(filling(105, seconds)))
    assert findings.faults == []
    assert seconds / 5 <= findings.warm_up_s <= max(105, seconds / 5)
    assert abs(findings.rss_growth) < 0.03


def test_the_warm_up_ends_where_memory_is_level_and_not_before() -> None:
    assert warm_up(samples([400.0] * 100)) == 20
    assert 30 < warm_up(samples(filling(45, 100, 300.0, 600.0))) <= 45
    assert warm_up(samples([400.0 + 10 * n for n in range(100)])) == 50, "a leak is no warm-up"


@pytest.mark.parametrize("mb_a_sample", [0.3, 0.5, 0.8, 1.0, 2.0, 5.0, 20.0])
@pytest.mark.parametrize("from_sample", [0, 15, 30])
def test_a_leak_of_any_speed_is_found(mb_a_sample: float, from_sample: int) -> None:
    """From three parts in ten thousand of what is held, a sample: slower ones need a longer run."""
    leak = [250.0 + mb_a_sample * max(0, n - from_sample) + 3 * (n % 7 == 0) for n in range(100)]
    (fault,) = judged(samples(leak)).faults
    assert fault.startswith("Memory grew by ")


def test_a_leak_that_hides_behind_the_warm_up_is_found() -> None:
    rising = [value + 0.6 * max(0, n - 35) for n, value in enumerate(filling(35, 100))]
    assert len(judged(samples(rising)).faults) == 1


def test_a_step_after_the_warm_up_is_growth_and_one_in_it_is_none() -> None:
    assert len(judged(samples([400.0] * 60 + [430.0] * 40)).faults) == 1
    assert judged(samples([400.0] * 25 + [430.0] * 75)).faults == []


@pytest.mark.parametrize("name", ["threads", "files"])
def test_a_floor_that_rises_is_a_leak_and_peaks_are_none(name: str) -> None:
    flat = [400.0] * 100
    peaks = [
        Sample(n, int(4e8), *((20 + 9 * (n % 2), 14) if name == "threads" else (20, 14 + 9 * (n % 2))))
        for n in range(100)
    ]
    assert judged(peaks).faults == []
    rising = [
        Sample(n, int(4e8), *((20 + n // 10, 14) if name == "threads" else (20, 14 + n // 10))) for n in range(100)
    ]
    assert judged(rising).faults == [
        f"The number of open {name} rose from {22 if name == 'threads' else 16} to {26 if name == 'threads' else 20}."
    ]
    assert judged(samples(flat)).faults == []


def recording(folder: Path) -> Path:
    with RecordingSink(folder) as sink:
        for n in range(12):
            sink.write(make_result(make_faces((4, 4, 30, 30)), index=n, timestamp_s=n / 10))
    return sink.folder


def test_a_sound_recording_has_no_fault(tmp_path: Path) -> None:
    assert check_recording(recording(tmp_path)) == ""


def test_a_recording_that_was_not_finished_or_lacks_frames_is_found(tmp_path: Path) -> None:
    folder = recording(tmp_path)
    path = folder / "session.json"
    facts = json.loads(path.read_text())
    path.write_text(json.dumps({**facts, "frames": 13}))
    assert "12 frames" in check_recording(folder)
    path.write_text(json.dumps({**facts, "complete": False}))
    assert "not finished" in check_recording(folder)
    path.write_text(json.dumps(facts))
    table = folder / "expressions.csv"
    lines = table.read_text().splitlines()
    table.write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n")
    assert "out of order" in check_recording(folder)
