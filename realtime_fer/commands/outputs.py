"""What ``annotate`` writes: the names of its files, and the sinks that write them."""

from __future__ import annotations

import argparse
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
from realtime_fer.sources import ImageFolderSource

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
    read = Path(source)
    for output in outputs:
        if output is None or not read.exists():
            continue
        written = Path(output)
        if written.exists() and written.samefile(read):
            raise SinkError(f"The output {written} is the source itself.", "Choose another name.")


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
    if output.suffix and not Path(parsed.source).is_dir() and not output.is_dir():
        yield lambda: PictureSink(output)
    else:
        yield lambda: ImageFolderSink(output, input_path=Path(parsed.source))


def clean_name(film: Path) -> Path:
    return film.with_name(f"{film.stem}-clean{film.suffix}")


def comparison_name(table: Path) -> Path:
    return table.with_name(f"{table.stem}-comparison{table.suffix}")
