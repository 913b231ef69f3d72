"""Each export is read back by a program that is not ours."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pandas
import pympi
import pytest
import webvtt

from realtime_fer import cli
from realtime_fer.assembly import export_recording
from realtime_fer.core.corrections.annotations import FILE_NAME, Annotations, ReviewMarker, read_annotations
from realtime_fer.core.errors import ReviewError
from realtime_fer.core.sessions.export_formats import EXPORT_FORMATS
from realtime_fer.core.text.translation import in_language
from realtime_fer.review.events import events_of
from realtime_fer.review.exports.captions import webvtt as webvtt_of
from realtime_fer.review.exports.elan import elan_document
from realtime_fer.review.exports.tables import bids_events, corrected_csv, pyfeat_csv
from realtime_fer.review.rows import ReviewedTable, read_reviewed

CLASSES = ("neutral", "happy", "sad", "surprise", "fear", "disgust", "angry", "contempt")
HEADER = ["frame", "timestamp", "face_id", "confidence", "x", "y", "w", "h", "expression", *CLASSES]
HEADER += [*(f"{key}_smooth" for key in CLASSES), "model", "marker", "uncertain_because"]
MADE = datetime(2026, 5, 17, 14, 3, tzinfo=UTC)


def line(frame: int, person: object, expression: str, marker: str = "", confidence: float = 0.9) -> str:
    probabilities = ["0.7" if key == expression else "0.04" for key in CLASSES]
    cells = [frame, f"{frame / 10:.5f}", person, confidence, 10, 20, 30, 40, expression, *probabilities, *probabilities]
    return ",".join(map(str, [*cells, "fer-s", marker, ""]))


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Six seconds: number 1 is neutral, then happy; number 2 comes for two seconds and is sad; 5 is 1 again, later."""
    lines = [",".join(HEADER)]
    for frame in range(60):
        if frame < 40:
            lines.append(
                line(frame, 1, "neutral" if frame < 20 else "happy", "she <laughs> & nods" if frame == 20 else "")
            )
        if 10 <= frame < 30:
            lines.append(line(frame, 2, "sad"))
        if frame >= 50:
            lines.append(line(frame, 5, "uncertain"))
    (tmp_path / "expressions.csv").write_text("\n".join(lines) + "\n59,5.9,5,0.9,1")  # the last line broke off
    return tmp_path


EDITED = Annotations().renamed(1, "Anna & <Bo>").merged_into(5, 1)


def reviewed(recording: Path, annotations: Annotations = EDITED) -> ReviewedTable:
    return read_reviewed(recording, annotations)


def test_events_join_what_one_person_showed(recording: Path) -> None:
    events = [
        (event.person, event.expression, event.start_s, round(event.end_s, 3), event.frames)
        for event in events_of(reviewed(recording))
    ]
    assert events == [
        (1, "neutral", 0.0, 2.0, 20),
        (2, "sad", 1.0, 3.0, 20),
        (1, "happy", 2.0, 4.0, 20),
        (1, "uncertain", 5.0, 6.0, 10),
    ]


def test_corrections_are_in_the_table(recording: Path) -> None:
    edited = EDITED.with_hidden(2).with_excluded(0.0, 1.0)
    table = pandas.read_csv(io.BytesIO(corrected_csv(reviewed(recording, edited), edited)))
    assert list(table.columns) == [*HEADER, "person"]
    assert set(table["face_id"]) == {1}
    assert set(table["person"]) == {"Anna & <Bo>"}
    assert table["timestamp"].min() == 1.0
    assert len(table) == 40
    assert reviewed(recording).left_out == 1


def test_where_two_numbers_of_one_person_are_in_a_frame_the_surer_stays(recording: Path) -> None:
    with (recording / "expressions.csv").open("a") as file:
        file.write("\n" + line(55, 8, "fear", confidence=0.95) + "\n" + line(56, 8, "fear", confidence=0.2) + "\n")
    table = reviewed(recording, EDITED.merged_into(8, 1))
    shown = {row.frame: row.expression for row in table.rows if row.frame in (55, 56)}
    assert shown == {55: "fear", 56: "uncertain"}


def test_bids_events_by_pandas(recording: Path) -> None:
    events, sidecar = bids_events(reviewed(recording), EDITED)
    table = pandas.read_csv(io.BytesIO(events), sep="\t", na_values="n/a")
    assert list(table.columns[:3]) == ["onset", "duration", "trial_type"]
    told = json.loads(sidecar)
    assert set(table.columns) == set(told)
    assert set(table["trial_type"]) <= set(told["trial_type"]["Levels"])
    assert table["onset"].is_monotonic_increasing
    happy = table[table["trial_type"] == "happy"].iloc[0]
    assert (happy["onset"], happy["duration"], happy["person"]) == (2.0, 2.0, "Anna & <Bo>")
    assert happy["probability"] == pytest.approx(0.7)
    marker = table[table["trial_type"] == "marker"].iloc[0]
    assert (marker["onset"], marker["duration"], marker["note"]) == (2.0, 0, "she <laughs> & nods")


def test_elan_by_pympi(recording: Path, tmp_path: Path) -> None:
    path = tmp_path / "made.eaf"
    path.write_bytes(elan_document(reviewed(recording), EDITED, "video.mp4", MADE))
    document = pympi.Elan.Eaf(str(path))
    assert set(document.get_tier_names()) == {"Anna & <Bo>", "Person 2", "Markers"}
    assert sorted(document.get_annotation_data_for_tier("Anna & <Bo>")) == [
        (0, 2000, "neutral"), (2000, 4000, "happy"), (5000, 6000, "uncertain"),
    ]  # fmt: skip
    assert document.get_annotation_data_for_tier("Markers") == [(2000, 2100, "she <laughs> & nods")]
    assert document.get_linked_files()[0]["MEDIA_URL"] == "./video.mp4"


def test_elan_finds_the_video_from_another_folder_and_takes_no_person_for_the_markers(
    recording: Path, tmp_path: Path
) -> None:
    (recording / "video.mp4").touch()
    (recording / FILE_NAME).write_bytes(EDITED.renamed(2, "Markers").as_json())
    (path,) = export_recording(recording, ["elan"], tmp_path / "out" / "elan")
    document = pympi.Elan.Eaf(str(path))
    assert (path.parent / document.get_linked_files()[0]["RELATIVE_MEDIA_URL"]).samefile(recording / "video.mp4")
    assert document.get_annotation_data_for_tier("Markers") == [(1000, 3000, "sad")]
    assert len(document.get_annotation_data_for_tier("Markers (recording)")) == 1


def test_elan_holds_what_xml_cannot_and_markers_of_one_moment(recording: Path, tmp_path: Path) -> None:
    edited = EDITED.renamed(2, "a\x00b\ud800").with_markers((ReviewMarker(1.0, "one"), ReviewMarker(1.0, "two")))
    edited = edited.with_markers((*(edited.markers or ()), ReviewMarker(1.05, "three")))
    path = tmp_path / "made.eaf"
    path.write_bytes(elan_document(reviewed(recording, edited), edited, "", MADE))
    document = pympi.Elan.Eaf(str(path))
    assert "ab" in document.get_tier_names()
    assert sorted(document.get_annotation_data_for_tier("Markers")) == [(1000, 1050, "one; two"), (1050, 1150, "three")]


@pytest.mark.parametrize(("name", "read"), [("webvtt", webvtt.read), ("srt", webvtt.from_srt)])
def test_captions_by_webvtt_py(name: str, read: object, recording: Path, tmp_path: Path) -> None:
    (recording / FILE_NAME).write_bytes(EDITED.as_json())
    assert cli.run(["export", str(recording), "--format", name, "-o", str(tmp_path / "out")]) == 0
    (path,) = (tmp_path / "out").iterdir()
    cues = list(read(str(path)))  # type: ignore[operator]
    assert [(cue.start, cue.end) for cue in cues] == [
        ("00:00:00.000", "00:00:01.000"),
        ("00:00:01.000", "00:00:02.000"),
        ("00:00:02.000", "00:00:03.000"),
        ("00:00:03.000", "00:00:04.000"),
        ("00:00:05.000", "00:00:06.000"),
    ]
    anna = "Anna &amp; &lt;Bo&gt;" if name == "webvtt" else "Anna & ‹Bo›"
    assert [line.replace(anna, "Anna") for line in cues[2].lines] == ["Anna: Happy 70 %", "Person 2: Sad 70 %"]
    assert cues[4].lines[0].endswith(": Uncertain")


def test_captions_are_in_the_language_of_the_window(recording: Path) -> None:
    with in_language("de"):
        told = webvtt_of(reviewed(recording), EDITED).decode()
    assert "Person 2: Traurig 70 %" in told


def test_no_caption_is_too_short_to_be_read(recording: Path) -> None:
    lines = (recording / "expressions.csv").read_text().splitlines()[:1]
    lines += [
        line(frame, 1, ("happy", "sad")[frame % 2]).replace(f"{frame / 10:.5f}", f"{frame / 1000:.5f}")
        for frame in range(90)
    ]
    (recording / "expressions.csv").write_text("\n".join(lines) + "\n")
    cues = list(webvtt.from_buffer(io.StringIO(webvtt_of(reviewed(recording), EDITED).decode())))
    lengths = [
        cue.end_in_seconds
        + cue.end_time.milliseconds / 1000
        - cue.start_in_seconds
        - cue.start_time.milliseconds / 1000
        for cue in cues
    ]
    assert len(cues) >= 2
    assert all(length >= 0.039 for length in lengths[:-1])


def test_py_feats_columns_by_pandas(recording: Path) -> None:
    table = pandas.read_csv(io.BytesIO(pyfeat_csv(reviewed(recording), "video.mp4")))
    emotions = ["anger", "disgust", "fear", "happiness", "sadness", "surprise", "neutral"]
    assert list(table.columns) == [
        "FaceRectX", "FaceRectY", "FaceRectWidth", "FaceRectHeight", "FaceScore", "Pitch", "Roll", "Yaw", *emotions,
        "input", "frame", "approx_time", "Identity",
    ]  # fmt: skip
    assert table[table["frame"] == 25][emotions].idxmax(axis=1).to_list() == ["happiness", "sadness"]
    assert set(table["Identity"]) == {"Person_1", "Person_2"}
    assert table["Yaw"].isna().all(), "of a recording without angles"


def test_py_feats_columns_hold_the_angles(recording: Path) -> None:
    lines = [",".join([*HEADER, "yaw", "pitch", "roll"]), line(0, 1, "happy") + ",12.5,-3.0,7.0"]
    (recording / "expressions.csv").write_text("\n".join(lines) + "\n")
    table = pandas.read_csv(io.BytesIO(pyfeat_csv(reviewed(recording), "")))
    assert table[["Pitch", "Roll", "Yaw"]].to_numpy().tolist() == [[-3.0, 7.0, 12.5]]
    corrected = pandas.read_csv(io.BytesIO(corrected_csv(reviewed(recording), EDITED)))
    assert corrected[["yaw", "pitch", "roll"]].to_numpy().tolist() == [[12.5, -3.0, 7.0]]


def test_every_form_is_written_beside_the_untouched_recording(
    recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (recording / FILE_NAME).write_bytes(EDITED.as_json())
    before = {path.name: path.read_bytes() for path in recording.iterdir()}
    assert cli.run(["export", str(recording), "--json"]) == 0
    files = json.loads(capsys.readouterr().out)["files"]
    assert len(files) == len(EXPORT_FORMATS) + 1
    assert all(Path(name).is_file() and Path(name).stat().st_mode & 0o077 == 0 for name in files)
    assert {name: (recording / name).read_bytes() for name in before} == before
    assert read_annotations(recording) == EDITED


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "frame,timestamp\n"])
def test_what_is_no_table_is_refused(content: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "expressions.csv").write_text(content)
    with pytest.raises(ReviewError, match="is not the table of a recording"):
        read_reviewed(tmp_path, Annotations())
    assert cli.run(["export", str(tmp_path)]) == 2
    assert cli.run(["export", str(tmp_path / "gone")]) == 2
    assert "Traceback" not in capsys.readouterr().err
