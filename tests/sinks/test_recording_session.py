"""A recording from start to end: its folder, video, tables and facts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import av
import numpy as np
import pytest

from realtime_fer.core.degradation import DEGRADATION_STEPS
from realtime_fer.core.doubts import DOUBT_KEYS
from realtime_fer.core.enums import Film, Privacy, Sensitivity
from realtime_fer.core.errors import SinkError
from realtime_fer.core.expressions import EXPRESSION_KEYS
from realtime_fer.core.frame import LearningState, RestingFaceLearning
from realtime_fer.core.text.addresses import shown_address
from realtime_fer.sinks.session import RecordingSink
from realtime_fer.sinks.session_folder import SessionFolder, default_recordings_folder
from tests.sinks.conftest import SEVEN, half_red, other_comparison
from tests.sinks.recordings import START, FakeWallClock, facts_of, lines_of, rows_of, video_times_of


def test_the_default_folder_is_in_the_documents():
    assert default_recordings_folder().name == "Realtime FER"
    assert default_recordings_folder().is_absolute()


def test_folders_of_the_same_second_are_told_apart(tmp_path):
    folders = [SessionFolder(tmp_path / "new", START) for _ in range(3)]
    names = ["2031-05-06_07-08-09", "2031-05-06_07-08-09-2", "2031-05-06_07-08-09-3"]
    assert [folder.path.name for folder in folders] == names
    for folder in folders:
        folder.close()
    (folders[0].path / "keep").write_text("")
    assert [folder.remove_if_empty() for folder in folders] == [False, True, True]
    assert [path.name for path in (tmp_path / "new").iterdir()] == names[:1]


def test_a_recording_from_start_to_end(tmp_path, make_result):
    clock = FakeWallClock()
    given = {"source": "rtsp://me:secret@10.0.0.5/live", "program": "1.2.3", "packages": {"av": "18"}, "frames": -1}
    sink = RecordingSink(tmp_path, session_facts=given, wall_clock=clock)
    assert sink.folder == tmp_path / "2031-05-06_07-08-09"
    begun = facts_of(sink.folder)
    assert begun["complete"] is False
    assert begun["started"] == "2031-05-06T07:08:09.250+02:00"
    for n in range(30):
        model, detector = ("a", "haar") if n < 10 else ("b", "haar") if n < 20 else ("a", "mediapipe")
        result = make_result(50 + n / 10, faces=n % 3, model_id=model, model_sha256=model * 64, detector_name=detector)
        sink.write(result, "mid" * (n == 15))
    sink.set_dropped(recording=1)
    sink.set_dropped(recording=4, capture=2)
    clock.now += timedelta(seconds=3)
    sink.close()
    facts = facts_of(sink.folder)
    assert facts["complete"] is True
    assert facts["ended"] == "2031-05-06T07:08:12.250+02:00"
    assert (facts["frames"], facts["face_rows"], facts["size"]) == (30, 31, [160, 120])
    assert facts["people"] == len(
        {row["face_id"] for row in rows_of(sink.folder / "expressions.csv") if row["face_id"]}
    )
    assert facts["duration_s"] == pytest.approx(3.0, abs=0.002)
    assert facts["dropped"] == {"recording": 4, "capture": 2}
    a, b = ({"id": model, "sha256": model * 64, "class_names": list(SEVEN)} for model in "ab")
    assert facts["models"] == [
        {**a, "from_s": 0.0, "frames": 10, "to_s": 1.0},
        {**b, "from_s": 1.0, "frames": 10, "to_s": 2.0},
        {**a, "from_s": 2.0, "frames": 10, "to_s": 3.0},
    ]
    assert [use["id"] for use in facts["detectors"]] == ["haar", "mediapipe"]
    assert (facts["program"], facts["packages"]) == ("1.2.3", {"av": "18"})
    assert facts["source"] == shown_address("rtsp://me:secret@10.0.0.5/live")
    assert "secret" not in (sink.folder / "session.json").read_text()
    assert sorted(path.name for path in sink.folder.iterdir()) == ["expressions.csv", "session.json", "video.mp4"]
    summary = sink.summary
    assert summary is not None
    assert (summary.frames, summary.face_rows, summary.models) == (30, 31, ("a", "b"))
    assert summary.sentence == ""


def test_videos_and_tables_have_one_time_for_each_frame(tmp_path, make_result):
    stamps = (3.0, 3.03, 3.03, 3.5, 3.51, 2.0, 2.1, float("nan"), 1e6)
    with RecordingSink(tmp_path, film=Film.BOTH, jsonl=True) as sink:
        for n, stamp in enumerate(stamps):
            sink.write(make_result(stamp, faces=n % 2, comparison=other_comparison(n % 2)))
        sink.add_late_marker(3.5, "here")
    times = video_times_of(sink.folder / "video.mp4")
    assert len(times) == len(set(times)) == len(stamps)
    assert video_times_of(sink.folder / "video-clean.mp4") == times
    lines = lines_of(sink.folder / "expressions.jsonl")
    assert [line["timestamp"] for line in lines if "faces" in line] == times
    for name, indices in {"expressions.csv": [1, 3, 5, 7, 8, 3], "comparison.csv": [1, 3, 5, 7]}.items():
        rows = rows_of(sink.folder / name)
        assert [int(row["frame"]) for row in rows] == indices
        assert [float(row["timestamp"]) for row in rows] == [times[index] for index in indices]
    assert facts_of(sink.folder)["markers"] == [{"timestamp": times[3], "frame": 3, "text": "here"}]


@pytest.mark.parametrize(
    ("film", "pictures"),
    [
        ("annotated", {"video.mp4": "annotated"}),
        ("clean", {"video.mp4": "clean"}),
        ("both", {"video.mp4": "annotated", "video-clean.mp4": "clean"}),
        ("none", {}),
    ],
)
def test_the_video_shows_what_was_chosen_and_rows_stay_aligned(tmp_path, make_result, film, pictures):
    with RecordingSink(tmp_path, film=film, draw=half_red) as sink:
        for n, stamp in enumerate((3.0, 3.03, 3.5, 3.51)):
            sink.write(make_result(stamp, faces=n % 2))
    assert {path.name for path in sink.folder.glob("*.mp4")} == set(pictures)
    rows = rows_of(sink.folder / "expressions.csv")
    assert [row["frame"] for row in rows] == ["1", "3"]
    for name, picture in pictures.items():
        with av.open(str(sink.folder / name)) as container:
            frames = list(container.decode(video=0))
        assert len(frames) == 4
        red = frames[0].to_ndarray(format="rgb24")[60, 20, 0]
        assert (red > 150) == (picture == "annotated")
        for row in rows:
            assert float(row["timestamp"]) == pytest.approx(frames[int(row["frame"])].time, abs=2e-5)
    facts = facts_of(sink.folder)
    assert (facts["film"], facts["frames"], facts["complete"]) == (film, 4, True)
    assert facts["video"] == ("video.mp4" if pictures else "")
    assert facts["size"] == [160, 120]
    assert facts["duration_s"] == pytest.approx(0.51, abs=0.05)


@pytest.mark.parametrize(("every_frame", "lasted_s"), [(True, 1.0), (False, 3.0)])
def test_an_analysis_ends_when_it_did_however_long_its_film_is(tmp_path, make_result, every_frame, lasted_s):
    clock = FakeWallClock()
    sink = RecordingSink(tmp_path, wall_clock=clock, film=Film.NONE, every_frame=every_frame)
    for n in range(30):
        sink.write(make_result(50 + n / 10))
    clock.now += timedelta(seconds=1)
    sink.close()
    facts = facts_of(sink.folder)
    took = datetime.fromisoformat(facts["ended"]) - datetime.fromisoformat(facts["started"])
    assert took.total_seconds() == pytest.approx(lasted_s, abs=0.11)
    assert facts["duration_s"] == pytest.approx(2.9, abs=0.11)


def test_json_lines_hold_every_frame(tmp_path, make_result):
    with RecordingSink(tmp_path, jsonl=True, film=Film.NONE) as sink:
        sink.write(make_result(5.0, faces=2, comparison=other_comparison(2)), "door")
        sink.write(make_result(5.1, faces=0))
        lines = (sink.folder / "expressions.jsonl").read_text(encoding="utf-8").splitlines()
        assert len(lines) == 2, "they are there as soon as written"
    first, second = map(json.loads, lines)
    assert (first["frame"], first["timestamp"], first["model"], first["marker"]) == (0, 0.0, "m7", "door")
    assert (second["frame"], second["timestamp"], second["faces"], second["comparison"]) == (1, 0.1, [], None)
    face = first["faces"][0]
    assert (face["face_id"], face["expression"], face["uncertain_because"]) == (1, "angry", "")
    assert (face["x"], face["y"], face["w"], face["h"]) == (10.4, -5.6, 40.1, 45.8)
    assert face["probabilities"]["angry"] == 0.7
    assert face["smoothed"]["angry"] == 0.35
    assert "contempt" not in face["probabilities"]
    other = first["comparison"]
    assert (other["model"], [face["face_id"] for face in other["faces"]]) == ("m8", [1, 2])
    assert (other["faces"][0]["expression"], other["faces"][0]["probabilities"]["contempt"]) == ("contempt", 0.65)
    assert facts_of(sink.folder)["lines"] == "expressions.jsonl"


def test_rows_of_one_of_several_sources_name_it(tmp_path, make_result):
    with RecordingSink(tmp_path, jsonl=True, film=Film.NONE, own=("wink",), source_index=1) as sink:
        sink.write(make_result(5.0, faces=1, comparison=other_comparison(1), source_name="=left"))
        sink.write(make_result(5.1, faces=0, source_name="=left"), "door")
        sink.add_late_marker(5.0, "late")
    rows = rows_of(sink.folder / "expressions.csv")
    assert list(rows[0])[-3:] == ["own_wink", "source", "source_index"]
    assert [(row["source"], row["source_index"]) for row in rows] == [("'=left", "1")] * 3
    assert rows_of(sink.folder / "comparison.csv")[0]["source_index"] == "1"
    lines = map(json.loads, (sink.folder / "expressions.jsonl").read_text(encoding="utf-8").splitlines())
    assert [(line["source"], line["source_index"]) for line in lines] == [("=left", 1)] * 3
    assert facts_of(sink.folder)["source"] == "=left", "it was not known before"


def test_a_second_model_that_joins_and_leaves_has_a_table_of_its_own(tmp_path, make_result):
    turned = DOUBT_KEYS.index("turned")
    close = DOUBT_KEYS.index("close")
    with RecordingSink(tmp_path) as sink:
        for n in range(6):
            second = other_comparison(2, model_id="m8" if n < 3 else "m9") if n in (2, 3) else None
            sink.write(make_result(n / 10, faces=2, doubt=(close, turned), comparison=second))
    rows = rows_of(sink.folder / "comparison.csv")
    assert [(row["frame"], row["face_id"], row["model"]) for row in rows] == [
        ("2", "1", "m8"),
        ("2", "2", "m8"),
        ("3", "1", "m9"),
        ("3", "2", "m9"),
    ]
    assert float(rows[0]["timestamp"]) == pytest.approx(0.2, abs=2e-5)
    assert (rows[0]["expression"], rows[0]["uncertain_because"]) == ("contempt", "")
    assert (rows[1]["expression"], rows[1]["uncertain_because"]) == ("uncertain", "turned")
    assert {row["model"] for row in rows_of(sink.folder / "expressions.csv")} == {"m7"}
    held = replace(other_comparison(1), label=np.array([EXPRESSION_KEYS.index("sad")]))
    with RecordingSink(tmp_path) as another:
        another.write(make_result(0.0, min_confidence=0.04, comparison=held))
    assert [row["expression"] for row in rows_of(another.folder / "comparison.csv")] == ["sad"]
    facts = facts_of(sink.folder)
    assert facts["comparison_table"] == "comparison.csv"
    assert [(use["id"], use["frames"]) for use in facts["compared_models"]] == [("m8", 1), ("m9", 1)]


def test_every_source_is_named_without_its_password(tmp_path, make_result):
    with RecordingSink(tmp_path) as sink:
        for n in range(6):
            name = "demo" if n < 2 else "rtsp://me:secret@10.0.0.5/live?token=abc"
            sink.write(make_result(n / 10, source_generation=int(n >= 2), source_name=name))
    sources = facts_of(sink.folder)["sources"]
    assert [(use["generation"], use["name"], use["from_s"], use["frames"]) for use in sources] == [
        (0, "demo", 0.0, 2),
        (1, shown_address(name), 0.2, 4),
    ]


def test_a_model_is_noted_by_its_network_not_by_its_name_alone(tmp_path, make_result):
    with RecordingSink(tmp_path) as sink:
        for n in range(6):
            second = replace(other_comparison(model_id="m8"), model_sha256="c" * 64) if n >= 4 else None
            sink.write(make_result(n / 10, model_sha256="ab"[n // 3] * 64, comparison=second))
    facts = facts_of(sink.folder)
    assert [(use["id"], use["sha256"][0], use["frames"]) for use in facts["models"]] == [("m7", "a", 3), ("m7", "b", 3)]
    (compared,) = facts["compared_models"]
    assert (compared["id"], compared["sha256"], compared["class_names"]) == ("m8", "c" * 64, list(EXPRESSION_KEYS))


def test_every_size_of_the_pictures_is_noted(tmp_path, make_result):
    with RecordingSink(tmp_path) as sink:
        for n in range(6):
            sink.write(make_result(n / 10, size=(161, 121) if n < 2 else (64, 48)))
    facts = facts_of(sink.folder)
    assert facts["size"] == [162, 122]
    assert facts["picture_sizes"][0] == {"width": 161, "height": 121, "from_s": 0.0, "frames": 2, "to_s": 0.2}
    assert [(use["width"], use["height"], use["frames"]) for use in facts["picture_sizes"]] == [
        (161, 121, 2),
        (64, 48, 4),
    ]


def test_what_changes_all_the_time_stays_within_bounds(tmp_path, make_result, monkeypatch):
    monkeypatch.setattr("realtime_fer.sinks.session_facts.MOST_USES", 3)
    with RecordingSink(tmp_path, film=Film.NONE) as sink:
        for n in range(10):
            sink.write(make_result(n / 10, model_id="ab"[n // 2 % 2]))
    models = facts_of(sink.folder)["models"]
    assert [(use["id"], use["frames"], use.get("changes_not_listed")) for use in models] == [
        ("a", 2, None),
        ("b", 2, None),
        ("a", 6, 2),
    ]


def test_how_faces_were_hidden_is_told_over_time(tmp_path, make_result):
    with RecordingSink(tmp_path) as sink:
        for n in range(9):
            sink.write(make_result(n / 10, privacy=Privacy.OFF if n < 3 else Privacy.BLUR))
    privacy = facts_of(sink.folder)["privacy"]
    assert [(use["mode"], use["from_s"], use["frames"]) for use in privacy] == [("off", 0.0, 3), ("blur", 0.3, 6)]


def test_what_was_mirrored_is_told_over_time(tmp_path, make_result):
    with RecordingSink(tmp_path) as sink:
        for n in range(4):
            sink.write(replace(make_result(n / 10), mirrored=n < 3))
    told = facts_of(sink.folder)["mirrored"]
    assert [(use["value"], use["frames"]) for use in told] == [(True, 3), (False, 1)]


def test_how_much_of_the_prior_was_taken_back_is_told_over_time(tmp_path, make_result):
    with RecordingSink(tmp_path) as sink:
        for n in range(4):
            sink.write(replace(make_result(n / 10), sensitivity=Sensitivity.STANDARD if n < 3 else Sensitivity.HIGHER))
    told = facts_of(sink.folder)["sensitivity"]
    assert [(use["value"], use["frames"]) for use in told] == [("standard", 3), ("higher", 1)]


def test_lowered_load_and_resting_faces_are_told(tmp_path, make_result):
    learnt = RestingFaceLearning(LearningState.DONE, identities=(1, 2))
    with RecordingSink(tmp_path) as sink:
        for n in range(6):
            result = make_result(n / 10)
            sink.write(
                replace(result, degradation_step=1 if n in (2, 3) else 0, resting_faces=learnt if n == 4 else None)
            )
    facts = facts_of(sink.folder)
    assert [
        (use["step"], use["from_s"], use["words"] == DEGRADATION_STEPS[use["step"]].words) for use in facts["load"]
    ] == [
        (0, 0.0, True),
        (1, 0.2, True),
        (0, 0.4, True),
    ]
    assert facts["resting_faces"] == [{"timestamp": 0.4, "identities": [1, 2]}]


def test_a_recording_without_frames_leaves_nothing(tmp_path, make_result):
    sink = RecordingSink(tmp_path)
    sink.close()
    assert list(tmp_path.iterdir()) == []
    assert sink.summary is not None
    assert sink.summary.frames == 0
    with pytest.raises(SinkError, match="closed"):
        sink.write(make_result(0.0))


def test_snapshots_keep_the_folder(tmp_path):
    sink = RecordingSink(tmp_path)
    (sink.folder / "snapshots").mkdir()
    (sink.folder / "snapshots" / "a.png").write_text("")
    sink.close()
    assert [path.name for path in sink.folder.iterdir()] == ["snapshots"]
