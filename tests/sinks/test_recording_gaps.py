"""Times without a picture in a recording: told where the source is late, not where it is slow by nature."""

from __future__ import annotations

import json
from dataclasses import replace

import av
import pytest

from realtime_fer.core.enums import Film
from realtime_fer.sinks.session import RecordingSink
from tests.sinks.recordings import facts_of, rows_of


def test_gaps_and_markers_are_told(tmp_path, make_result):
    with RecordingSink(tmp_path) as sink:
        for n, stamp in enumerate((0.0, 0.1, 0.2, 3.2, 3.3, 3.4)):
            sink.write(make_result(stamp), "  back\nagain " if n == 4 else "")
    facts = facts_of(sink.folder)
    assert facts["gaps"] == [{"from_s": 0.2, "to_s": 3.2}]
    assert facts["markers"] == [{"timestamp": 3.3, "frame": 4, "text": "back again"}]


def test_that_no_picture_came_before_the_stop_is_told(tmp_path, make_result):
    for number, (silent_s, told) in enumerate(((18.25, 18.25), (0.04, None))):
        sink = RecordingSink(tmp_path / str(number))
        for index in range(3):
            sink.write(make_result(index=index, timestamp_s=5.0 + index / 30))
        sink.set_silent_end(silent_s)
        sink.close()
        facts = facts_of(sink.folder)
        assert facts.get("no_picture_at_end_s") == told
        assert facts["duration_s"] < 1


def test_pictures_that_come_once_a_second_are_no_gaps(tmp_path, make_result):
    with RecordingSink(tmp_path) as sink:
        for n in range(5):
            sink.write(make_result(n * 0.9))
        sink.write(make_result(5.6))
    assert facts_of(sink.folder)["gaps"] == []


@pytest.mark.parametrize("step_s", [1.5, 10.0, 600.0])
def test_a_source_that_is_slow_by_nature_has_no_gaps_until_it_is_late(tmp_path, make_result, step_s):
    stamps = [n * step_s for n in range(40)]
    with RecordingSink(tmp_path / "steady", film=Film.NONE) as sink:
        for stamp in stamps:
            sink.write(make_result(stamp))
    assert facts_of(sink.folder)["gaps"] == []
    with RecordingSink(tmp_path / "late", film=Film.NONE) as sink:
        for stamp in [*stamps, stamps[-1] + 5 * step_s]:
            sink.write(make_result(stamp))
    assert facts_of(sink.folder)["gaps"] == [{"from_s": stamps[-1], "to_s": stamps[-1] + 5 * step_s}]


def test_a_computer_that_is_always_too_slow_has_one_long_gap(tmp_path, make_result):
    """Forty pictures came in each step of 1.5 s, and one of them was analysed."""
    with RecordingSink(tmp_path, film=Film.NONE) as sink:
        for n in range(6):
            sink.write(make_result(index=40 * n, timestamp_s=1.5 * n))
    facts = facts_of(sink.folder)
    assert facts["gaps"] == [{"from_s": 0.0, "to_s": 7.5, "busy": True}]
    markers = [row["marker"] for row in rows_of(sink.folder / "expressions.csv")]
    assert markers == ["", *["not analysed for 1.5 s"] * 5]


def test_two_steps_are_enough_for_that_and_a_pause_is_none_of_it(tmp_path, make_result):
    frames = [(0, 0.0, 0.0), (40, 1.5, 0.0), (80, 3.0, 0.0), (110, 4.3, 0.4), (150, 6.0, 0.6)]
    with RecordingSink(tmp_path, film=Film.NONE) as sink:
        for index, stamp, paused_s in frames:
            result = make_result(index=index, timestamp_s=stamp)
            sink.write(replace(result, frame=replace(result.frame, paused_s=paused_s)))
    assert facts_of(sink.folder)["gaps"] == [
        {"from_s": 0.0, "to_s": 3.0, "busy": True},
        {"from_s": 4.3, "to_s": 6.0, "paused_s": 0.2, "busy": True},
    ]


def test_a_gap_at_the_very_beginning_is_told_once_the_usual_step_is_known(tmp_path, make_result):
    with RecordingSink(tmp_path, film=Film.NONE) as sink:
        for losses, stamp in ((0, 0.0), (0, 5.0), (1, 9.0), (1, 9.1), (1, 9.2), (1, 9.3)):
            result = make_result(stamp)
            sink.write(replace(result, frame=replace(result.frame, losses=losses)))
    assert facts_of(sink.folder)["gaps"] == [{"from_s": 0.0, "to_s": 5.0}, {"from_s": 5.0, "to_s": 9.0}]


def test_a_pause_longer_than_a_video_can_show_is_told_as_it_was(tmp_path, make_result):
    eight_hours_s = 8 * 3600.0
    with RecordingSink(tmp_path, jsonl=True) as sink:
        for losses, begin in enumerate((0.0, eight_hours_s)):
            for n in range(5):
                result = make_result(begin + n / 10)
                sink.write(replace(result, frame=replace(result.frame, losses=losses)))
    facts = facts_of(sink.folder)
    assert (facts["frames"], facts["ended_early"]) == (10, "")
    end_s = 0.4 + 6 * 3600.0
    assert facts["gaps"] == [{"from_s": 0.4, "to_s": end_s, "lasted_s": eight_hours_s - 0.4}]
    assert facts["not_in_film_s"] == pytest.approx(2 * 3600.0 - 0.4, abs=0.001)
    rows = rows_of(sink.folder / "expressions.csv")
    assert [float(row["timestamp"]) for row in rows[4:7]] == pytest.approx([0.4, end_s, end_s + 0.1], abs=1e-3)
    assert rows[5]["marker"] == "no picture for 28799.6 s"
    lines = [json.loads(line) for line in (sink.folder / "expressions.jsonl").read_text().splitlines()]
    assert [line["timestamp"] for line in lines] == [float(row["timestamp"]) for row in rows]
    with av.open(str(sink.folder / "video.mp4")) as container:
        times = [frame.time for frame in container.decode(video=0)]
    assert times == pytest.approx([float(row["timestamp"]) for row in rows], abs=2e-5)


def test_each_gap_of_the_facts_is_marked_in_the_tables_too(tmp_path, make_result):
    """A stream that stops for a moment and comes back by itself is nobody's loss."""
    with RecordingSink(tmp_path, jsonl=True) as sink:
        for stamp in (0.0, 0.1, 0.2, 0.3, 1.5, 1.6):
            sink.write(make_result(stamp), "looks away" if stamp == 1.5 else "")
    assert facts_of(sink.folder)["gaps"] == [{"from_s": 0.3, "to_s": 1.5}]
    markers = [row["marker"] for row in rows_of(sink.folder / "expressions.csv")]
    assert markers == ["", "", "", "", "looks away; no picture for 1.2 s", ""]
    lines = [json.loads(line) for line in (sink.folder / "expressions.jsonl").read_text().splitlines()]
    assert [line["marker"] for line in lines] == markers


def test_damaged_pictures_are_counted_from_the_recordings_begin(tmp_path, make_result):
    with RecordingSink(tmp_path / "some", film=Film.NONE) as sink:
        # Two before it began; the video is played again, and then another source comes.
        for n, (generation, damaged) in enumerate([(0, 2), (0, 5), (0, 5), (0, 0), (0, 1), (1, 4)]):
            result = make_result(n / 10)
            sink.write(replace(result, frame=replace(result.frame, source_generation=generation, damaged=damaged)))
    assert facts_of(sink.folder)["damaged_frames"] == 3 + 1 + 4
    with RecordingSink(tmp_path / "none", film=Film.NONE) as sink:
        sink.write(make_result(0.0))
    assert "damaged_frames" not in facts_of(sink.folder)
