"""Annotate on damaged videos, odd outputs and refused wishes: a sentence, the right code, no earlier result lost."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest

from realtime_fer import cli
from tests.kept_networks import keep_networks, keep_parser, make_demo_small
from tests.sources.clips import write_clip, write_gif

#: Of all that is made up here; printed, so that a failure can be repeated.
SEED = 20_261_128

EARLIER = ("out.mp4", "out-clean.mp4", "out.csv", "out-comparison.csv", "out.jsonl", "out.png")

FRAMES = 26

KINDS: dict[str, Callable[[Path], Path]] = {
    "clip.mp4": lambda path: write_clip(path, FRAMES, (160, 120), options={"movflags": "faststart"}, noise=True),
    "clip.mkv": lambda path: write_clip(path, FRAMES, (160, 120), noise=True),
    "clip.avi": lambda path: write_clip(path, FRAMES, (160, 120), noise=True),
    "clip.ts": lambda path: write_clip(path, FRAMES, (160, 120), noise=True),
    "clip.gif": lambda path: write_gif(path, [8] * FRAMES, (80, 60)),
}


@pytest.fixture(autouse=True)
def quick_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    keep_networks(monkeypatch)
    keep_parser(monkeypatch)
    make_demo_small(monkeypatch)


@pytest.fixture(scope="module")
def videos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("videos")
    for name, make in KINDS.items():
        make(folder / name)
    return folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current one, with the results of an earlier run."""
    print(f"seed {SEED}")
    monkeypatch.chdir(tmp_path)
    for name in EARLIER:
        (tmp_path / name).write_text(f"the earlier {name}")
    return tmp_path


def intact(folder: Path) -> bool:
    return all((folder / name).read_text(errors="replace") == f"the earlier {name}" for name in EARLIER)


def annotate(capsys: pytest.CaptureFixture[str], *arguments: str | Path, how: tuple[str, ...] = ()) -> tuple[int, str]:
    """Exit code and what was said; a sentence and never a traceback."""
    how = how or ("--detector", "haar", "--threads", "1", "--seconds", "0.2")
    code = cli.run(["annotate", *map(str, arguments), *how])
    told = capsys.readouterr()
    print(told.err)
    assert code in (0, 1, 2)
    assert "Traceback" not in told.err
    assert "fault in the program" not in told.err
    if code:
        assert told.err.startswith("realtime-fer: "), told.err
    if code == 2:
        assert told.err.count("\n") == 1, told.err
    return code, told.err


def damaged(content: bytes, how: str, rng: np.random.Generator) -> bytes:
    if how == "cut":
        return content[: int(len(content) * rng.uniform(0.3, 0.8))]
    broken = bytearray(content)
    if how == "hole":
        start = int(rng.integers(len(content) // 4, len(content) // 2))
        broken[start : start + len(content) // 6] = rng.bytes(len(content) // 6)
    else:
        for place in rng.integers(0, len(content), 12):
            broken[place] ^= 1 << int(rng.integers(8))
    return bytes(broken)


@pytest.mark.parametrize("number", range(2))
@pytest.mark.parametrize("how", ["cut", "hole", "flip"])
@pytest.mark.parametrize("name", KINDS)
def test_damaged_videos(
    name: str, how: str, number: int, videos: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rng = np.random.default_rng([SEED, list(KINDS).index(name), len(how), ord(how[0]), number])
    source = folder / name
    source.write_bytes(damaged((videos / name).read_bytes(), how, rng))
    code, said = annotate(
        capsys, name, "-o", "out.mp4", "--csv", how=("--detector", "haar", "--threads", "1", "--seconds", "60")
    )
    assert sorted(path.name for path in folder.iterdir()) == sorted([*EARLIER, name]), "nothing lies about"
    if code == 2:
        assert intact(folder)
        return
    with av.open(str(folder / "out.mp4")) as container:
        came = sum(1 for _ in container.decode(video=0))
    with (folder / "out.csv").open(newline="") as file:
        rows = list(csv.reader(file))
    assert len({len(row) for row in rows}) == 1, "whole rows"
    if how == "cut" and name not in ("clip.ts", "clip.gif"):  # which promise nothing
        assert code == 1
        assert "damaged" in said
        assert any("damaged" in row[rows[0].index("marker")] for row in rows), "marked in the table"
    if code == 0 and name in ("clip.mp4", "clip.avi"):
        assert came == FRAMES, "whoever hears nothing has all"


@pytest.mark.parametrize("name", KINDS)
def test_whole_videos_are_no_false_alarm(
    name: str, videos: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    how = ("--detector", "haar", "--threads", "1")
    assert annotate(capsys, videos / name, "-o", "out.mp4", "--csv", how=how) == (0, "")
    with av.open("out.mp4") as container:
        assert sum(1 for _ in container.decode(video=0)) == FRAMES
    assert (folder / "out-clean.mp4").read_text().startswith("the earlier"), "only what was asked for is replaced"


ALL = ("-o", "out.mp4", "--film", "both", "--csv", "--jsonl", "--still")

REFUSED = {
    "model": ("demo", *ALL, "--model", "nobody"),
    "second model": ("demo", *ALL, "--compare", "nobody"),
    "second model, later": ("demo", *ALL, "--model", "fer-s", "--compare", "broken.tflite"),
    "network": ("demo", *ALL, "--model", "broken.tflite"),
    "still": ("demo", *ALL[:-1], "--still", "out.xyz"),
    "unknown ending": ("demo", "-o", "out.xyz", "--csv", "out.csv"),
    "no such source": ("nothing.mp4", *ALL),
    "no video": ("out.csv", "-o", "out.mp4", "--jsonl"),
    "source is output": ("out.mp4", *ALL),
    "twice": ("demo", "--film", "none", "--csv", "out.csv", "--jsonl", "./out.csv"),
    "twice, while written": ("demo", "--film", "none", "--csv", "z.csv", "--jsonl", "z.partial.csv"),
    "option": ("demo", *ALL, "--smoothing", "much"),
    "number": ("demo", *ALL, "--seconds", "nan"),
    "unknown option": ("demo", *ALL, "--nothing"),
    "one of the outputs": ("demo", *ALL[:-1], "--still", "none/out.png"),
    "the last of the outputs": ("demo", *ALL[:5], "--jsonl", "none/out.jsonl"),
    "detector": ("demo", *ALL, "--detector", "mediapipe"),
    "comparison": ("demo", *ALL, "--compare", "nobody", "--detector", "haar"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_refusal_leaves_earlier_results(
    what: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "broken.tflite").write_bytes(b"no network")
    monkeypatch.setenv("REALTIME_FER_CACHE", str(folder / "nothing"))
    how = ("--threads", "1") if "--detector" in REFUSED[what] else ("--detector", "haar")
    before = sorted(folder.iterdir())
    code, _ = annotate_or_usage(capsys, *REFUSED[what], *how)
    assert code == 2
    assert intact(folder)
    assert sorted(path for path in folder.iterdir() if path.name != "nothing") == before


def annotate_or_usage(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """As ``annotate``; argparse begins its sentence with the command's whole name."""
    code = cli.run(["annotate", *arguments])
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    assert told.err.startswith("realtime-fer")
    assert told.err.count("\n") == 1, told.err
    return code, told.err


@pytest.fixture
def odd(folder: Path) -> Path:
    (folder / "file").write_text("a file")
    (folder / "inner").mkdir()
    if os.name != "nt":
        os.mkfifo(folder / "pipe.csv")
        (folder / "round.csv").symlink_to("round.csv")
        (folder / "victim").write_text("a person's own")
        (folder / "sly.partial.csv").symlink_to("victim")
    return folder


LONG = "x" * 251

ODD = {
    "a folder": ("inner", "Is a directory"),
    "below a file": ("file/out.csv", "part of its path is a file"),
    "no such folder": ("none/out.csv", "does not exist"),
    "a pipe": ("pipe.csv", "not an ordinary file"),
    "a device": ("/dev/null", "not an ordinary file"),
    "a full device": ("/dev/full", "not an ordinary file"),
    "too long": (f"{LONG}x.csv", "File name too long"),
    "too long a folder": (f"{LONG}{LONG}/out.csv", "File name too long"),
    "an endless link": ("round.csv", "cannot be written"),
    "a null byte": ("a\0b.csv", "cannot be written"),
    "a link where it is written": ("sly.csv", "cannot be written"),
    "root": ("/", "Is a directory"),
    "here": (".", "Is a directory"),
}


@pytest.mark.skipif(sys.platform == "win32", reason="pipes, links and devices of Unix")
@pytest.mark.parametrize(
    ("what", "option"), [*((what, "--csv") for what in ODD), ("a pipe", "--jsonl"), ("below a file", "--jsonl")]
)
def test_odd_outputs(what: str, option: str, odd: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name, sentence = ODD[what]
    before = sorted(odd.iterdir())
    code, said = annotate(capsys, "demo", "-o", "out.mp4", option, name)
    assert code == 2
    assert sentence in said
    assert intact(odd)
    assert (odd / "victim").read_text() == "a person's own"
    assert sorted(odd.iterdir()) == before


@pytest.mark.parametrize("name", [f"{LONG}.csv", "brace{0}.csv", "lines\nof.csv", "-.csv", "ä 顔.csv", "none"])
def test_odd_names_that_are_names(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = sorted(folder.iterdir())
    assert annotate(capsys, "demo", "--film", "none", f"--csv={name}") == (0, "")
    assert sorted(folder.iterdir()) == sorted([*before, folder / name])


@pytest.mark.parametrize("word", ["Demo", "demo ", " DEMO\t", "auto", " Auto "])
def test_the_demo_ends_however_it_is_called(
    word: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("realtime_fer.sources.cameras.list_cameras", list)
    monkeypatch.setattr("realtime_fer.commands.annotation.run.DEMO_SECONDS", 0.2)
    code = cli.run(["annotate", word, "--film", "none", "--csv", "out.csv", "--detector", "haar"])
    assert code == 0
    assert "6 frames" in capsys.readouterr().out
