"""What ``annotate`` writes: the names of its files, and the sinks that write them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from realtime_fer.core.enums import Film
from realtime_fer.core.errors import SinkError
from realtime_fer.core.protocols import FrameSink, FrameSource
from realtime_fer.core.request import PICTURE_SUFFIXES, SourceRequest
from realtime_fer.core.text.addresses import shown_address
from realtime_fer.sinks.atomic_files import cannot_write
from realtime_fer.sinks.comparison import ComparisonCsvSink
from realtime_fer.sinks.csv_file import CsvSink
from realtime_fer.sinks.images import ImageFolderSink, PictureSink
from realtime_fer.sinks.jsonl_file import JsonLinesSink
from realtime_fer.sinks.replacement import Claim, ClaimedElsewhere, Replacement, partial_name
from realtime_fer.sinks.video_sink import VideoSink
from realtime_fer.sources import ImageFolderSource

FILM_SUFFIXES = (".mp4", ".m4v", ".mov")

#: Says that a program is writing into a folder of pictures.
FOLDER_CLAIM_NAME = ".realtime-fer-in-use"

#: Stands for a name beside the film's: what an option without a value means.
BESIDE = ""


def name_what_is_beside(parsed: argparse.Namespace) -> None:
    """Gives options without a value the film's name with their own ending."""
    for option, suffix in (("csv", ".csv"), ("jsonl", ".jsonl"), ("still", ".png")):
        if getattr(parsed, option) == BESIDE:
            if not parsed.output:
                raise SinkError(f"--{option} needs a name where no film is written.")
            setattr(parsed, option, str(Path(parsed.output).with_suffix(suffix)))


def refuse_addresses(*paths: str | None) -> None:
    """Raises SinkError: a path is an address, or the sign for standard output.

    As a file's name an address would be made and told with all that it hides.
    """
    for path in paths:
        if path == "-":
            raise SinkError("Results are written to files and not to standard output.", "Give a file's name.")
        if path and "://" in path:
            raise SinkError(
                "'{address}' is an address and no file or folder.",
                "Give a path on this computer.",
                address=shown_address(path),
            )


def refuse_overwriting(source: SourceRequest, outputs: list[Any]) -> None:
    """Raises SinkError: an output would destroy the source, one of its pictures, or another output."""
    read = source.path
    written = [Path(output) for output in outputs if output is not None]
    # What a killed program left may well be a source, and is not emptied for its own result.
    written += [partial_name(path) for path in written if not os.path.isdir(path)]
    for at, path in enumerate(written):
        if read is not None and _are_one(path, read):
            raise SinkError(f"The output {path} is the source itself.", "Choose another name.")
        if read is not None and _is_picture(path) and _are_one(path.parent, read):
            raise SinkError(f"The output {path} is one of the source's pictures.", "Choose another name.")
        if any(_are_one(path, other) for other in written[:at]):
            raise SinkError(f"Two of the outputs have the name {path}.", "Choose another name for one of them.")


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in PICTURE_SUFFIXES and os.path.isfile(path)


def _are_one(path: Path, other: Path) -> bool:
    """Whether both names mean one file, which need not be there yet."""
    try:
        with suppress(OSError):
            return os.path.samefile(path, other)
        return os.path.normcase(os.path.realpath(path)) == os.path.normcase(os.path.realpath(other))
    except ValueError:  # No file can have this name, which is said when it is to be made.
        return False


class Outputs:
    """The files of one run, each written under its partial name; what was there before stays until ``finish``.

    On leaving, what was not finished is removed.
    """

    def __init__(self) -> None:
        self._files: list[Replacement] = []
        self._folders: list[tuple[Claim, bool]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files:
            file.discard()
        for claim, made in self._folders:
            claim.release(remove=True)
            if made:
                with suppress(OSError):
                    claim.path.parent.rmdir()

    def at(self, path: Path | str) -> Path:
        """Where the file is to be written. Raises SinkError: nothing can be, or another program is just doing so."""
        file = Replacement(path)
        self._files.append(file)
        return file.partial

    def in_folder(self, folder: Path) -> Path:
        """The folder, made where it is missing. Raises SinkError, as ``at``."""
        try:
            made = not os.path.isdir(folder)
            folder.mkdir(parents=True, exist_ok=True)
            self._folders.append((Claim(folder / FOLDER_CLAIM_NAME), made))
        except ClaimedElsewhere:
            raise SinkError(
                f"Another program is writing into '{folder}' at this moment.",
                "Wait until it is done, or choose another name.",
            ) from None
        except (OSError, ValueError) as error:
            raise cannot_write(folder, error) from error
        return folder

    def begin(self) -> None:
        """All is prepared: from here on there is something to keep. Raises SinkError."""
        for file in self._files:
            file.begin()

    def finish(self) -> str:
        """Puts what was written into its place; '' or why that failed for one of the files."""
        problem = ""
        for file in self._files:
            try:
                file.finish()
            except SinkError as error:
                kept = f"{error.sentence()} It is kept as '{file.partial}'."
                problem = problem or kept
        return problem

    def leave(self) -> list[str]:
        """What was written stays under its partial name; gives the names."""
        for file in self._files:
            file.leave()
        return [str(file.partial) for file in self._files if file.partial.exists()]

    def named(self, sentence: str) -> str:
        """A sentence about the partial files, with the names that the person gave."""
        for file in self._files:
            sentence = sentence.replace(str(file.partial), str(file.path))
        return sentence


def sinks_of(source: FrameSource, parsed: argparse.Namespace, outputs: Outputs) -> list[Callable[[], FrameSink]]:
    """What was asked for, films first: places for all in ``outputs``, and what makes the sinks.

    Raises:
        SinkError: it makes no sense, or cannot be written there.
    """
    return list(_sinks_of(source, parsed, outputs))


def _sinks_of(source: FrameSource, parsed: argparse.Namespace, outputs: Outputs) -> Iterator[Callable[[], FrameSink]]:
    if parsed.output is not None and parsed.film is not Film.NONE:
        yield from _picture_sinks(source, parsed, Path(parsed.output), outputs)
    elif parsed.film is not Film.NONE:
        raise SinkError("There is no name for the film.", "Give one with -o, or --film none for the numbers alone.")
    elif parsed.output is not None:
        raise SinkError("With --film none no film is written, so -o has no meaning.", "Give --csv or --jsonl a name.")
    elif not (parsed.csv or parsed.jsonl or parsed.still):
        raise SinkError("With --film none and neither --csv nor --jsonl there is nothing to write.")
    if parsed.csv:
        yield partial(CsvSink, outputs.at(parsed.csv))
        if parsed.compare:
            yield partial(ComparisonCsvSink, outputs.at(comparison_name(Path(parsed.csv))))
    if parsed.jsonl:
        yield partial(JsonLinesSink, outputs.at(parsed.jsonl))


def _picture_sinks(
    source: FrameSource, parsed: argparse.Namespace, output: Path, outputs: Outputs
) -> Iterator[Callable[[], FrameSink]]:
    if output.suffix.lower() in FILM_SUFFIXES:
        image: Literal["annotated", "clean"] = "clean" if parsed.film is Film.CLEAN else "annotated"
        max_fps = source.fps or 30.0
        yield partial(VideoSink, outputs.at(output), image=image, max_fps=max_fps)
        if parsed.film is Film.BOTH:
            yield partial(VideoSink, outputs.at(clean_name(output)), image="clean", max_fps=max_fps)
        return
    if not isinstance(source, ImageFolderSource):
        raise SinkError(f"The output {output} must end in .mp4.", f"Known endings are {', '.join(FILM_SUFFIXES)}.")
    if parsed.film is not Film.ANNOTATED:
        raise SinkError(f"--film {parsed.film} is for films; '{output}' is none.")
    read = parsed.source.path
    if output.suffix and not (read is not None and read.is_dir()) and not os.path.isdir(output):
        PictureSink(output)  # which refuses what is no picture's name
        yield partial(PictureSink, output, outputs.at(output))
    else:
        yield partial(ImageFolderSink, outputs.in_folder(output), input_path=read)


def clean_name(film: Path) -> Path:
    return film.with_name(f"{film.stem}-clean{film.suffix}")


def comparison_name(table: Path) -> Path:
    return table.with_name(f"{table.stem}-comparison{table.suffix}")
