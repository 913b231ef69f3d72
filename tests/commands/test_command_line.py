"""The command line as a person meets it: what it prints, and its exit code."""

from __future__ import annotations

import csv
import json
import signal
import subprocess
import sys
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from realtime_fer.sinks.session import RecordingSink
from realtime_fer.sources import DemoSource
from tests.commands.program import CHECKOUT, SMALL_DEMO, CommandLine, refusal_of, run_program
from tests.sinks.conftest import build_result


def demo_pictures(folder: Path, count: int) -> Path:
    folder.mkdir()
    source = DemoSource(640, 360, faces=2)
    source.open()
    for index in range(count):
        read = source.read()
        assert read is not None
        assert cv2.imwrite(str(folder / f"picture {index}.jpg"), read.image_bgr)
    source.close()
    return folder


def test_a_demo_becomes_video_table_and_still(tmp_path: Path) -> None:
    video, table, still = tmp_path / "demo.mp4", tmp_path / "demo.csv", tmp_path / "demo.png"
    # Haar is always there; MediaPipe's files may not be.
    done = run_program(
        "annotate",
        "demo",
        "-o",
        video,
        "--csv",
        table,
        "--still",
        still,
        "--seconds",
        "0.5",
        "--detector",
        "haar",
        "--model",
        "fer-s-7",  # which does not know contempt
        "--json",
    )
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["frames"] == 15
    assert summary["complete"]
    assert summary["duration_s"] == pytest.approx(0.5, abs=0.02)
    with av.open(str(video)) as container:
        frames = list(container.decode(video=0))
    assert len(frames) == 15
    with table.open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == summary["faces"] > 0
    assert {row["model"] for row in rows} == {"fer-s-7"}
    assert max(int(row["frame"]) for row in rows) < 15
    assert all(
        abs(sum(float(row[key]) for key in ("neutral", "happy", "sad", "surprise", "fear", "disgust", "angry")) - 1)
        < 0.02
        for row in rows
    )
    assert all(row["contempt"] == "" for row in rows)
    assert cv2.imread(str(still)).shape == (720, 1280, 3)


def test_pictures_become_annotated_pictures_and_a_broken_one_is_told(command_line: CommandLine, tmp_path: Path) -> None:
    folder = demo_pictures(tmp_path / "in", 2)
    (folder / "broken.jpg").write_bytes(b"no picture")
    out = tmp_path / "out"
    done = command_line.run("annotate", folder, "-o", out, "--csv", tmp_path / "t.csv", "--detector", "haar", "--json")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert summary["frames"] == 2
    assert summary["skipped"][0].startswith("broken.jpg")
    assert sorted(path.name for path in out.iterdir()) == ["picture 0.jpg", "picture 1.jpg"]
    drawn, plain = cv2.imread(str(out / "picture 0.jpg")), cv2.imread(str(folder / "picture 0.jpg"))
    assert drawn.shape == plain.shape
    assert np.abs(drawn.astype(int) - plain).max() > 60, "something was drawn"
    with (tmp_path / "t.csv").open(newline="") as file:
        people = [row["face_id"] for row in csv.DictReader(file)]
    assert len(people) == summary["faces"] == summary["identities"] > 2
    assert len(set(people)) == len(people), "who is on two pictures is not added up as one person"


def test_one_picture_becomes_one_picture(command_line: CommandLine, tmp_path: Path) -> None:
    folder = demo_pictures(tmp_path / "in", 1)
    out = tmp_path / "drawn.png"
    done = command_line.run("annotate", folder / "picture 0.jpg", "-o", out, "--detector", "haar", "--json")
    assert done.returncode == 0, done.stderr
    assert cv2.imread(str(out)).shape == (360, 640, 3)


def test_what_cannot_be_begun_is_one_sentence_and_exit_code_2(command_line: CommandLine, tmp_path: Path) -> None:
    text = tmp_path / "notes.mp4"
    text.write_text("these are notes")
    empty = tmp_path / "empty"
    empty.mkdir()
    out = tmp_path / "out.mp4"
    assert "no file" in command_line.refused("annotate", tmp_path / "none.mp4", "-o", out)
    assert "notes.mp4" in command_line.refused("annotate", text, "-o", out, "--detector", "haar")
    assert "empty" in command_line.refused("annotate", empty, "-o", tmp_path / "pictures", "--detector", "haar")
    assert "no model 'nobody'" in command_line.refused("annotate", "demo", "-o", out, "--model", "nobody")
    assert "notes.mp4" in command_line.refused("annotate", "demo", "-o", text / "out.mp4", "--detector", "haar")
    assert ".mp4" in command_line.refused("annotate", "demo", "-o", tmp_path / "out.xyz", "--detector", "haar")
    assert "The picture" in command_line.refused(
        "annotate", "demo", "-o", out, "--still", tmp_path / "s.xyz", "--detector", "haar"
    )
    assert "invalid choice" in command_line.refused("annotate", "demo", "-o", out, "--detector", "eye")
    assert "size" in command_line.refused("bench", "--size", "large")
    missing = {"REALTIME_FER_CACHE": str(tmp_path)}
    assert "fetch-detectors" in command_line.refused(
        "annotate", "demo", "-o", out, "--detector", "mediapipe", **missing
    )
    assert not out.exists()


def test_both_videos_and_json_lines(command_line: CommandLine, tmp_path: Path) -> None:
    out, lines = tmp_path / "out.mp4", tmp_path / "out.jsonl"
    arguments = ("annotate", "demo", "--seconds", "0.4", "--detector", "haar")
    done = command_line.run(*arguments, "-o", out, "--film", "both", "--jsonl", lines)
    assert done.returncode == 0, done.stderr
    decoded = []
    for video in (out, tmp_path / "out-clean.mp4"):
        with av.open(str(video)) as container:
            decoded.append([frame.to_ndarray(format="bgr24") for frame in container.decode(video=0)])
    drawn, clean = decoded
    objects = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert len(drawn) == len(clean) == len(objects) == 12
    assert objects[3]["faces"][0]["probabilities"]
    assert np.abs(drawn[3].astype(int) - clean[3]).max() > 60, "only one of them is drawn on"


def test_a_second_model_has_a_table_of_its_own(command_line: CommandLine, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    arguments = ("annotate", "demo", "--seconds", "0.2", "--detector", "haar", "--film", "none", "--csv", table)
    done = command_line.run(*arguments, "--compare", "cnn3")
    assert done.returncode == 0, done.stderr
    tables = []
    for path in (table, tmp_path / "t-comparison.csv"):
        with path.open(newline="") as file:
            tables.append(list(csv.DictReader(file)))
    first, second = tables
    assert [(row["frame"], row["face_id"], row["x"]) for row in first] == [
        (row["frame"], row["face_id"], row["x"]) for row in second
    ]
    assert ({row["model"] for row in first}, {row["model"] for row in second}) == ({"fer-s"}, {"cnn3"})
    assert "no model 'nobody'" in command_line.refused(*arguments, "--compare", "nobody")


def test_numbers_alone(command_line: CommandLine, tmp_path: Path) -> None:
    table = tmp_path / "t.csv"
    arguments = ("annotate", "demo", "--seconds", "0.2", "--detector", "haar", "--film", "none")
    done = command_line.run(*arguments, "--csv", table)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]
    assert "nothing to write" in command_line.refused(*arguments)
    assert "-o has no meaning" in command_line.refused(*arguments, "-o", tmp_path / "o.mp4", "--csv", table)
    assert "The video has no name" in command_line.refused(*arguments[:-2])


def test_names_that_the_terminal_cannot_show_are_printed_escaped(tmp_path: Path) -> None:
    table = tmp_path / "\u4eba.csv"
    done = run_program(
        *("annotate", "demo", "--seconds", "0.2", "--detector", "haar", "--film", "none", "--csv", table),
        program=SMALL_DEMO,
        PYTHONIOENCODING="ascii",
    )
    assert done.returncode == 0, done.stderr
    assert "\\u4eba.csv" in done.stdout
    assert table.is_file()


def test_without_mediapipes_files_haar_serves_and_says_so(command_line: CommandLine, tmp_path: Path) -> None:
    done = command_line.run(
        "annotate", "demo", "-o", tmp_path / "o.mp4", "--seconds", "0.3", "--json", REALTIME_FER_CACHE=str(tmp_path)
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["detector"] == "haar"
    assert "fetch-detectors" in done.stderr


def test_the_source_is_never_overwritten(command_line: CommandLine, tmp_path: Path) -> None:
    video = tmp_path / "video.mp4"
    assert command_line.run("annotate", "demo", "-o", video, "--seconds", "0.3", "--detector", "haar").returncode == 0
    before = video.read_bytes()
    for word in (video, video.as_uri()):
        assert "source itself" in command_line.refused("annotate", word, "-o", video, "--detector", "haar")
    table = tmp_path / "t"
    assert "Two outputs" in command_line.refused("annotate", video, "--film", "none", "--csv", table, "--jsonl", table)
    assert video.read_bytes() == before


def test_without_a_display_the_window_is_refused_and_the_way_out_named() -> None:
    said = refusal_of(run_program(**dict.fromkeys(("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"), "")))
    assert "display" in said
    assert "make demo" in said


def test_the_window_s_arguments_are_refused_in_the_terminal(command_line: CommandLine) -> None:
    assert "nobody" in command_line.refused("--model", "nobody")
    assert "no file" in command_line.refused("--source", "none.mp4")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no such signals to a child")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_stopped_by_ctrl_c_or_politely_it_keeps_what_it_has_and_exits_1(tmp_path: Path, name: str) -> None:
    video, table = tmp_path / "video.mp4", tmp_path / "video.csv"
    process = subprocess.Popen(
        [
            sys.executable,
            str(SMALL_DEMO),
            "annotate",
            "demo",
            "--seconds",
            "600",
            "-o",
            str(video),
            "--csv",
            str(table),
            "--detector",
            "haar",
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        under_way = tmp_path / "video.partial.csv"
        while not (under_way.exists() and under_way.stat().st_size > 2000):
            assert process.poll() is None, process.communicate()
            try:
                process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
        process.send_signal(getattr(signal, name))
        if name != "SIGINT":
            # A terminal that is closed tells it more than once.
            process.send_signal(getattr(signal, name))
        _, said = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 1
    assert "kept" in said
    assert "Traceback" not in said
    with av.open(str(video)) as container:
        assert sum(1 for _ in container.decode(video=0)) > 5
    assert sorted(tmp_path.iterdir()) == [table, video]


def test_models_cameras_and_doctor_answer_in_json(command_line: CommandLine) -> None:
    models = json.loads(command_line.run("models", "--json").stdout)["models"]
    shipped = next(model for model in models if model["id"] == "fer-s")
    assert shipped["metrics"]["PublicTest"]["n"] == 3587
    assert shipped["ms_a_face"] > 0
    assert shipped["fault"] is None
    assert isinstance(json.loads(command_line.run("cameras", "--json").stdout)["cameras"], list)
    report = json.loads(command_line.run("doctor", "--json").stdout)
    assert report["versions"]
    assert all({"name", "ok", "detail", "mend"} <= set(check) for check in report["checks"])


def test_models_are_listed_with_accuracy_and_time(command_line: CommandLine, tmp_path: Path) -> None:
    card = json.loads((CHECKOUT / "weights" / "fer-s.json").read_text(encoding="utf-8"))
    card |= {"id": "broken", "name": "Bro\x1b[2Jken", "file": "broken.tflite"}
    (tmp_path / "broken.json").write_text(json.dumps(card))
    (tmp_path / "broken.tflite").write_bytes(b"something else")
    listed = command_line.run("models", REALTIME_FER_WEIGHTS=str(tmp_path))
    assert listed.returncode == 0, listed.stderr
    assert "fer-s: FER S" in listed.stdout
    assert "7 classes: neutral, happy, sad, surprise, fear, disgust, angry" in listed.stdout
    assert "on FER2013 PublicTest (N 3587)" in listed.stdout
    assert "ms per face on this computer with one thread" in listed.stdout
    assert "does not run: The model file broken.tflite is damaged" in listed.stdout
    assert "\x1b" not in listed.stdout
    unmeasured = json.loads(command_line.run("models", "--json", "--no-measure").stdout)["models"]
    assert all(model["ms_a_face"] is None for model in unmeasured)


def test_bench_gives_every_figure(command_line: CommandLine) -> None:
    done = command_line.run(
        "bench", "--json", "--frames", "5", "--size", "640x360", "--faces", "2", "--detector", "haar", "--threads", "1"
    )
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert set(report["stages"]) == {"detect", "preprocess", "classify", "track", "hide", "total"}
    for figures in report["stages"].values():
        assert 0 <= figures["median_ms"] <= figures["p95_ms"]
    assert report["frames"] == 5
    assert report["faces"] == 2
    assert (report["size"], report["model"], report["detector"], report["threads"]) == ("640x360", "fer-s", "haar", 1)
    assert report["fps"] > 0
    assert report["first_result_s"] > 0
    assert report["peak_rss_mb"] is None or report["peak_rss_mb"] > 20


def test_bench_of_annotating_gives_every_stage_s_share_and_the_memory(
    command_line: CommandLine, tmp_path: Path
) -> None:
    clip = tmp_path / "clip.mp4"
    assert command_line.run("annotate", "demo", "-o", clip, "--seconds", "0.4", "--detector", "haar").returncode == 0
    done = command_line.run("bench", "--annotate", clip, "--film", "none", "--detector", "haar", "--json")
    assert done.returncode == 0, done.stderr
    report = json.loads(done.stdout)
    assert (report["frames"], report["film"], report["detector"], report["source"]) == (11, "none", "haar", str(clip))
    assert report["fps"] == pytest.approx(report["frames"] / report["seconds"], rel=0.01)
    assert set(report["stages"]) == {"read", "analyse", "write"}
    for stage in report["stages"].values():
        assert stage["ms_per_frame"] > 0
        assert 0 < stage["share"] <= 1
    told = command_line.run("bench", "--annotate", clip, "--detector", "haar").stdout
    assert "frames per second" in told
    assert "analyse" in told
    assert "no file" in command_line.refused("bench", "--annotate", tmp_path / "none.mp4")


def test_every_command_is_in_the_docs() -> None:
    readme = (CHECKOUT / "docs" / "command-line.md").read_text(encoding="utf-8")
    for command in ("annotate", "report", "export", "bench", "models", "cameras", "doctor", "fetch-detectors"):
        assert f"realtime-fer {command}" in readme


def test_a_recordings_report_is_one_page(command_line: CommandLine, tmp_path: Path) -> None:
    with RecordingSink(tmp_path) as sink:
        for n in range(5):
            sink.write(build_result(n / 10))
    done = command_line.run("report", sink.folder)
    assert done.returncode == 0, done.stderr
    page = sink.folder / "report.html"
    assert str(page) in done.stdout
    assert "Person 1" in page.read_text(encoding="utf-8")
    elsewhere = tmp_path / "elsewhere.html"
    done = command_line.run("report", sink.folder / "session.json", "-o", elsewhere, "--json")
    assert json.loads(done.stdout) == {"report": str(elsewhere)}
    assert elsewhere.is_file()
    done = command_line.run("report", sink.folder, "--language", "de")
    assert done.returncode == 0, done.stderr
    assert "Wer zu sehen war" in page.read_text(encoding="utf-8")
    assert "invalid choice" in command_line.refused("report", sink.folder, "--language", "xx")
    assert "not a recording" in command_line.refused("report", tmp_path, "--language", "de")
    assert "no folder" in command_line.refused("report", tmp_path / "none")
    assert "cannot be written" in command_line.refused("report", sink.folder, "-o", tmp_path / "none" / "page.html")


def test_a_window_that_gets_no_picture_is_not_measured(tmp_path: Path) -> None:
    missing = tmp_path / "none.mp4"
    arguments = ("bench", "--window", "1", "--source", missing)
    said = refusal_of(run_program(*arguments, QT_QPA_PLATFORM="offscreen", HOME=str(tmp_path)))
    assert f"{missing} delivered no frame" in said
