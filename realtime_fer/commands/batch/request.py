"""What ``realtime-fer annotate`` makes of a folder of videos, resolved once from the command line."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from realtime_fer.commands.annotation.request import BESIDE, AnnotateRequest, request_without_outputs
from realtime_fer.core.enums import Film
from realtime_fer.core.errors import SinkError
from realtime_fer.core.request import VIDEO_SUFFIXES, Kind, SourceRequest, request_of
from realtime_fer.core.system.folder_trees import videos_of

#: Stem of the tables of all photographs, which no video is likely to have.
PICTURES = "annotated-pictures"


@dataclass(frozen=True)
class BatchRequest:
    """A folder of videos, and what each of them becomes.

    Attributes:
        output: the folder for all results.
        video: how each video is analysed; its source and outputs are replaced for each.
        jsonl, parquet, still: whether each video gets these files beside video and table.
        jobs: videos annotated at once.
    """

    folder: Path
    output: Path
    video: AnnotateRequest
    jsonl: bool = False
    parquet: bool = False
    still: bool = False
    jobs: int = 1

    def for_video(self, video: Path, output: Path) -> AnnotateRequest:
        """The request for one video, whose results are named after ``output``."""
        return replace(
            self.video,
            source=request_of(str(video)),
            output=None if self.video.film is Film.NONE else output,
            csv=output.with_suffix(".csv"),
            jsonl=output.with_suffix(".jsonl") if self.jsonl else None,
            parquet=output.with_suffix(".parquet") if self.parquet else None,
            name=video.relative_to(self.folder).as_posix(),
            still=output.with_suffix(".png") if self.still else None,
        )

    def for_pictures(self) -> AnnotateRequest:
        """The request for all photographs of the tree, which go into the same tree of folders."""
        film = self.video.film
        return replace(
            self.video,
            source=request_of(str(self.folder)),
            film=Film.NONE if film in (Film.NONE, Film.CLEAN) else Film.ANNOTATED,
            output=None if film in (Film.NONE, Film.CLEAN) else self.output,
            csv=self.output / f"{PICTURES}.csv",
            jsonl=self.output / f"{PICTURES}.jsonl" if self.jsonl else None,
            parquet=self.output / f"{PICTURES}.parquet" if self.parquet else None,
        )

    def logged_options(self) -> dict[str, Any]:
        """For the log: results of two runs may stand for each other only where all of these are equal."""
        video = self.video
        return {
            "model": video.model,
            "compare": video.compare,
            "detector": video.detector,
            "mirror": video.options.mirror,
            "min_confidence": video.options.min_confidence,
            "smoothing": video.options.smoothing_s,
            "sensitivity": video.options.sensitivity,
            "film": video.film,
            "overlay": video.style.parts,
            "overlay_size": video.style.size,
            "overlay_contours": video.style.contours,
            "overlay_mesh": video.style.mesh,
            "overlay_axes": video.style.axes,
            "overlay_movements": video.style.movements,
            "privacy": video.options.privacy,
            "seconds": video.seconds,
            "sound": video.sound,
            "blendshapes": video.blendshapes,
            "gaze": video.gaze,
            "own_expressions": video.own.sha256 if video.own is not None else "",
            "jsonl": self.jsonl,
            "parquet": self.parquet,
            "still": self.still,
        }


def is_folder_of_videos(source: SourceRequest) -> bool:
    return source.kind is Kind.FOLDER and bool(videos_of(Path(source.value)))


def batch_request_from(parsed: argparse.Namespace) -> BatchRequest:
    """The whole request, from the command line.

    Raises:
        SinkError: there is no output folder, or a result was given a name.
    """
    for option in ("csv", "jsonl", "parquet", "still"):
        if getattr(parsed, option) not in (None, BESIDE):
            raise SinkError(
                f"In a folder of videos each gets files of its own, so --{option} takes no name.",
                f"Write --{option} alone, or leave it out.",
            )
    if not parsed.output:
        raise SinkError("There is no folder for the videos.", "Give one with -o.")
    output = Path(parsed.output)
    if output.suffix.lower() in VIDEO_SUFFIXES and not os.path.isdir(output):
        raise SinkError(f"'{parsed.source}' is a folder of videos, so '{output}' must be a folder and not a video.")
    return BatchRequest(
        folder=Path(parsed.source.value),
        output=output,
        video=request_without_outputs(parsed),
        jsonl=parsed.jsonl is not None,
        parquet=parsed.parquet is not None,
        still=parsed.still is not None,
        jobs=parsed.jobs,
    )
