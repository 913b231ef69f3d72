"""The sound of an annotated video: in step with the picture, or a sentence that says why it is left out."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path
from typing import Any

import av
import pytest

from tests.commands.program import CommandLine
from tests.sounding_clips import beep_at, regular, sound_end_of, sound_of, white_at, write_clip

HOW = ("--detector", "haar")

#: How far apart the beep and the white frame may be, in seconds.
APART_S = 0.04


@pytest.fixture
def annotated(command_line: CommandLine, tmp_path: Path) -> Any:
    def run(clip: Path, *arguments: str) -> tuple[dict[str, Any], Path]:
        output = tmp_path / "out.mp4"
        done = command_line.run("annotate", clip, "-o", output, "--json", *arguments, *HOW)
        assert done.returncode == 0, done
        return json.loads(done.stdout), output

    return run


def check_in_step(video: Path, at_s: float) -> None:
    assert white_at(video) == pytest.approx(at_s, abs=APART_S)
    assert beep_at(video) == pytest.approx(white_at(video), abs=APART_S)


@pytest.mark.parametrize(
    "name",
    ["aac.mp4", "aac.ts", "aac.mkv", "libmp3lame.mp4", "ac3.mp4", "eac3.mkv", "libopus.mp4", "alac.mov", "flac.mkv"],
)
def test_the_sound_is_kept_in_step(annotated: Any, tmp_path: Path, name: str) -> None:
    clip = write_clip(tmp_path / name, name.split(".")[0])
    summary, video = annotated(clip)
    assert (summary["sound"], summary["sound_reason"]) == ("kept", "")
    check_in_step(video, 1.0)
    assert sound_end_of(video) == pytest.approx(2.0, abs=0.03)
    with av.open(str(clip)) as before, av.open(str(video)) as after:
        names = [container.streams.audio[0].codec_context.name for container in (before, after)]
        # Packets are copied: each is one of the old, perhaps without its transport header.
        old, new = ([bytes(packet) for packet in container.demux(audio=0)] for container in (before, after))
    assert names[0] == names[1]
    assert all(any(was.endswith(packet) for was in old) for packet in new)


@pytest.mark.parametrize(
    ("frames_at", "sound_s", "beep_s", "shown_s"),
    [
        pytest.param([0.7 + t for t in regular(2.0)], (0.0, 2.7), 1.5, 0.8, id="a video that begins late"),
        pytest.param(regular(2.0), (0.8, 2.0), 1.2, 1.2, id="a sound that begins late"),
        pytest.param(regular(2.0), (0.0, 5.0), 1.0, 1.0, id="a sound that is longer"),
        pytest.param(regular(2.0), (0.0, 1.4), 1.0, 1.0, id="a sound that is shorter"),
        pytest.param(
            [0.0, 0.04, 0.3, 0.32, 0.34, 0.9, 1.0, 1.01, 1.5, 1.9], (0.0, 2.0), 1.0, 1.0, id="variable frame rate"
        ),
    ],
)
@pytest.mark.parametrize("name", ["aac.mkv", "ac3.mkv", "aac.mp4"])
def test_every_clock_stays_one(
    annotated: Any,
    tmp_path: Path,
    name: str,
    frames_at: list[float],
    sound_s: tuple[float, float],
    beep_s: float,
    shown_s: float,
) -> None:
    clip = write_clip(tmp_path / name, name.split(".")[0], frames_at=frames_at, sound_s=[sound_s], beeps_at=[beep_s])
    summary, video = annotated(clip)
    assert summary["sound"] == "kept"
    check_in_step(video, shown_s)
    with av.open(str(video)) as container:
        stream = container.streams.video[0]
        length_s = float(stream.duration * stream.time_base)
    assert sound_end_of(video) <= length_s + 0.03
    ffprobe = shutil.which("ffprobe")
    if ffprobe is not None:
        asked = [ffprobe, "-v", "error", "-show_entries", "format=duration:stream=codec_type", "-of", "json", video]
        told = json.loads(subprocess.run(asked, capture_output=True, check=True).stdout)
        assert [stream["codec_type"] for stream in told["streams"]] == ["video", "audio"]
        assert float(told["format"]["duration"]) == pytest.approx(length_s, abs=0.03)


def test_the_sound_ends_where_seconds_cuts(annotated: Any, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4", beeps_at=[0.6])
    summary, video = annotated(clip, "--seconds", "1.2")
    assert summary["sound"] == "kept"
    check_in_step(video, 0.6)
    assert sound_end_of(video) == pytest.approx(1.2, abs=0.03)


def test_the_default_track_is_kept_in_both_videos(annotated: Any, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mkv", sound_s=[(0.0, 2.0)] * 3, beeps_at=[1.0, 0.2, 1.5], default=1)
    _, video = annotated(clip, "--film", "both")
    for path in (video, video.with_name("out-clean.mp4")):
        assert beep_at(path) == pytest.approx(0.2, abs=APART_S)
        with av.open(str(path)) as container:
            assert len(container.streams.audio) == 1


@pytest.mark.parametrize(("name", "title"), [("pcm_s16le.mov", "PCM"), ("mp2.mkv", "MP2")])
def test_a_codec_that_mp4_cannot_hold(
    command_line: CommandLine, annotated: Any, tmp_path: Path, name: str, title: str
) -> None:
    clip = write_clip(tmp_path / name, name.split(".")[0])
    summary, video = annotated(clip)
    assert (summary["sound"], summary["sound_reason"]) == ("left out", f"MP4 cannot hold {title}")
    assert sound_of(video) == []
    done = command_line.run("annotate", clip, "-o", video, *HOW)
    assert f"The sound is left out: MP4 cannot hold {title}.\n" in done.stdout


def test_damaged_sound_is_left_out(annotated: Any, tmp_path: Path) -> None:
    noise = random.Random(0)
    clip = write_clip(tmp_path / "clip.mkv", "ac3", spoil=lambda content: noise.randbytes(len(content)))
    summary, video = annotated(clip)
    assert (summary["sound"], summary["sound_reason"]) == ("left out", "it is damaged")
    assert white_at(video) == pytest.approx(1.0)


def test_without_sound_nothing_is_said(command_line: CommandLine, annotated: Any, tmp_path: Path) -> None:
    clip = write_clip(tmp_path / "clip.mp4")
    silent = tmp_path / "silent.mp4"
    summary, video = annotated(clip, "--no-sound", "--privacy", "blur")
    assert (summary["sound"], summary["sound_reason"]) == ("left out", "--no-sound was given")
    assert sound_of(video) == []
    video.rename(silent)
    for arguments in ((), ("--no-sound",)):
        summary, _ = annotated(silent, *arguments)
        assert (summary["sound"], summary["sound_reason"]) == ("none", "")
    assert "The sound" not in command_line.run("annotate", silent, "-o", video, *HOW).stdout


def test_a_folder_of_videos_keeps_each_sound(command_line: CommandLine, tmp_path: Path) -> None:
    clips, out = tmp_path / "clips", tmp_path / "out"
    clips.mkdir()
    write_clip(clips / "a.mp4")
    write_clip(clips / "b.mov", "pcm_s16le")
    done = command_line.run("annotate", clips, "-o", out, "--json", *HOW)
    assert done.returncode == 0, done
    told = [(entry["sound"], entry["sound_reason"]) for entry in json.loads(done.stdout)["files"]]
    assert told == [("kept", ""), ("left out", "MP4 cannot hold PCM")]
    check_in_step(out / "a.mp4", 1.0)
    again = command_line.run("annotate", clips, "-o", out, *HOW)
    assert "b.mov: The sound is left out: MP4 cannot hold PCM.\n" in again.stdout
