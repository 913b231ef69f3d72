"""Annotating videos with several tracks, wide pixels and clocks that jump: what is written is what is shown."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import pytest

from tests.commands.program import CommandLine, refusal_of
from tests.commands.test_probe import write_video
from tests.sounding_clips import beep_at, write_clip

HOW = ("--detector", "haar")


def _annotated(command_line: CommandLine, clip: Path, output: Path, *arguments: str) -> dict[str, Any]:
    done = command_line.run("annotate", clip, "-o", output, "--json", *arguments, *HOW)
    assert done.returncode == 0, done
    return json.loads(done.stdout)


def test_the_video_that_is_written_has_square_pixels(command_line: CommandLine, tmp_path: Path) -> None:
    output = tmp_path / "out.mp4"
    _annotated(command_line, write_video(tmp_path / "a.mp4", aspect=Fraction(4, 3), size=(96, 96)), output)
    with av.open(str(output)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (128, 96)
        assert stream.sample_aspect_ratio in (None, 0, 1)


def test_a_track_is_annotated_by_its_number(command_line: CommandLine, tmp_path: Path) -> None:
    clip = write_video(tmp_path / "a.mp4", stills=1)
    assert _annotated(command_line, clip, tmp_path / "out.mp4")["frames"] == 10
    assert _annotated(command_line, clip, tmp_path / "out.mp4", "--track", "1")["frames"] == 1
    refused = refusal_of(command_line.run("annotate", clip, "-o", tmp_path / "b.mp4", "--track", "3", *HOW))
    assert "There is no video track 3: the file has 2." in refused
    refused = refusal_of(command_line.run("annotate", tmp_path, "-o", tmp_path / "b", "--track", "1", *HOW))
    assert "--track takes one video file." in refused


def test_sound_and_summary_of_joined_recordings(command_line: CommandLine, tmp_path: Path) -> None:
    part = write_clip(tmp_path / "part.ts", "aac").read_bytes()
    clip = tmp_path / "joined.ts"
    clip.write_bytes(part * 2)
    output = tmp_path / "out.mp4"
    summary = _annotated(command_line, clip, output)
    assert summary["duration_s"] == pytest.approx(4.0, abs=0.1)
    assert summary["remarks"] == ["The clock in 'joined.ts' jumps once; time goes on from frame to frame."]
    assert (summary["sound"], summary["problem"]) == ("kept", "")
    assert beep_at(output) == pytest.approx(1.0, abs=0.05)
    with av.open(str(output)) as container:
        sound = container.streams.audio[0]
        assert float((sound.duration or 0) * sound.time_base) == pytest.approx(4.0, abs=0.1)
