"""What ``annotate`` writes: the names of its files, and the sinks that write them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

from realtime_fer.core.errors import SinkError
from realtime_fer.core.protocols import FrameSink, FrameSource
from realtime_fer.sinks.comparison_file import ComparisonCsvSink
from realtime_fer.sinks.csv_file import CsvSink
from realtime_fer.sinks.images import ImageFolderSink, PictureSink
from realtime_fer.sinks.jsonl_file import JsonLinesSink
from realtime_fer.sinks.video_file import VideoFileSink
from realtime_fer.sources import ImageFolderSource, file_of
from realtime_fer.sources.images import IMAGE_SUFFIXES

VIDEO_SUFFIXES = (".mp4", ".m4v", ".mov")

#: Stands for a name beside the film's: what an option without a value means.
BESIDE = ""


def name_what_is_beside(parsed: argparse.Namespace) -> None:
    """Gives options without a value the film's name with their own ending."""
    for option, suffix in (("csv", ".csv"), ("jsonl", ".jsonl"), ("still", ".png")):
        if getattr(parsed, option) == BESIDE:
            if not parsed.output:
                raise SinkError(f"--{option} needs a name where no film is written.")
            setattr(parsed, option, str(Path(parsed.output).with_suffix(suffix)))


def refuse_overwriting(source: str, outputs: list[Any]) -> None:
    """Raises SinkError: an output would destroy the source, one of its pictures, or another output."""
    read = file_of(source)
    written = [Path(output) for output in outputs if output is not None]
    for at, path in enumerate(written):
        if read is not None and _are_one(path, read):
            raise SinkError(f"The output {path} is the source itself.", "Choose another name.")
        if read is not None and _is_picture(path) and _are_one(path.parent, read):
            raise SinkError(f"The output {path} is one of the source's pictures.", "Choose another name.")
        if any(_are_one(path, other) for other in written[:at]):
            raise SinkError(f"Two of the outputs have the name {path}.", "Choose another name for one of them.")


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in IMAGE_SUFFIXES and os.path.isfile(path)


def _are_one(path: Path, other: Path) -> bool:
    """Whether both names mean one file, which need not be there yet."""
    try:
        return os.path.samefile(path, other)
    except (OSError, ValueError):
        return os.path.normcase(os.path.realpath(path)) == os.path.normcase(os.path.realpath(other))


def sinks_of(source: FrameSource, parsed: argparse.Namespace) -> Iterator[Callable[[], FrameSink]]:
    """What was asked for, films first. Raises SinkError: it makes no sense."""
    if parsed.output is not None and parsed.film != "none":
        yield from _picture_sinks(source, parsed, Path(parsed.output))
    elif parsed.film != "none":
        raise SinkError("There is no name for the film.", "Give one with -o, or --film none for the numbers alone.")
    elif parsed.output is not None:
        raise SinkError("With --film none no film is written, so -o has no meaning.", "Give --csv or --jsonl a name.")
    elif not (parsed.csv or parsed.jsonl or parsed.still):
        raise SinkError("With --film none and neither --csv nor --jsonl there is nothing to write.")
    if parsed.csv:
        yield lambda: CsvSink(parsed.csv)
        if parsed.compare:
            yield lambda: ComparisonCsvSink(comparison_name(Path(parsed.csv)))
    if parsed.jsonl:
        yield lambda: JsonLinesSink(parsed.jsonl)


def _picture_sinks(source: FrameSource, parsed: argparse.Namespace, output: Path) -> Iterator[Callable[[], FrameSink]]:
    if output.suffix.lower() in VIDEO_SUFFIXES:
        image: Literal["annotated", "clean"] = "clean" if parsed.film == "clean" else "annotated"
        yield lambda: VideoFileSink(output, image=image, max_fps=source.fps or 30.0)
        if parsed.film == "both":
            yield lambda: VideoFileSink(clean_name(output), image="clean", max_fps=source.fps or 30.0)
        return
    if not isinstance(source, ImageFolderSource):
        raise SinkError(f"The output {output} must end in .mp4.", f"Known endings are {', '.join(VIDEO_SUFFIXES)}.")
    if parsed.film != "annotated":
        raise SinkError(f"--film {parsed.film} is for films; '{output}' is none.")
    read = file_of(parsed.source)
    if output.suffix and not (read is not None and read.is_dir()) and not output.is_dir():
        yield lambda: PictureSink(output)
    else:
        yield lambda: ImageFolderSink(output, input_path=read)


def clean_name(film: Path) -> Path:
    return film.with_name(f"{film.stem}-clean{film.suffix}")


def comparison_name(table: Path) -> Path:
    return table.with_name(f"{table.stem}-comparison{table.suffix}")
