"""The files that ``annotate`` writes: checks of their names, and the sinks that write them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from realtime_fer import __version__
from realtime_fer.commands.annotation.request import AnnotateRequest
from realtime_fer.commands.annotation.session_output import SessionOutput
from realtime_fer.core.enums import Film
from realtime_fer.core.errors import SinkError
from realtime_fer.core.frame import clean_image
from realtime_fer.core.protocols import FrameSink, FrameSource
from realtime_fer.core.request import PICTURE_SUFFIXES, WRITABLE_VIDEO_SUFFIXES, SourceRequest, has_scheme
from realtime_fer.core.sound import SoundFormat
from realtime_fer.core.text.addresses import shown_address
from realtime_fer.sinks.atomic_files import cannot_write
from realtime_fer.sinks.comparison import ComparisonCsvSink
from realtime_fer.sinks.csv_file import CsvSink
from realtime_fer.sinks.images import ImageFolderSink, PictureSink
from realtime_fer.sinks.jsonl_file import JsonLinesSink
from realtime_fer.sinks.parquet_file import ParquetSink, load_pyarrow
from realtime_fer.sinks.replacement import Claim, ClaimedElsewhere, Replacement, partial_name
from realtime_fer.sinks.video_sink import VideoSink
from realtime_fer.sources import ImageFolderSource
from realtime_fer.vision.annotators import FrameDrawer

#: Marks a folder of pictures that a program is writing into.
FOLDER_CLAIM_NAME = ".realtime-fer-in-use"


def recording_folder(word: str) -> Path:
    """The folder of a recording that is named by itself, or by one of the main files in it."""
    path = Path(word)
    return path.parent if path.name in ("session.json", "expressions.csv") and path.is_file() else path


def refuse_addresses(*paths: str | None) -> None:
    """Raises SinkError: a path is an address, or ``-`` for standard output.

    A file named after an address would show the password in it.
    """
    for path in paths:
        if path == "-":
            raise SinkError("Results cannot be written to standard output.", "Give a file's name.")
        if path and has_scheme(path):
            raise SinkError(
                "'{address}' is an address, not a file or folder.",
                "Give a path on this computer.",
                address=shown_address(path),
            )


def refuse_overwriting(source: SourceRequest, outputs: Iterable[Path]) -> None:
    """Raises SinkError: an output would overwrite the source, one of its pictures, or another output."""
    read = source.path
    written = list(outputs)
    # The partial result of a killed run may be the source of this one.
    written += [partial_name(path) for path in written if not os.path.isdir(path)]
    for at, path in enumerate(written):
        if read is not None and _are_one(path, read):
            raise SinkError(f"The output {path} is the source itself.", "Choose another name.")
        if read is not None and _is_picture(path) and _are_one(path.parent, read):
            raise SinkError(f"The output {path} is one of the source's pictures.", "Choose another name.")
        if any(_are_one(path, other) for other in written[:at]):
            raise SinkError(f"Two outputs have the name {path}.", "Choose another name for one of them.")


def _is_picture(path: Path) -> bool:
    return path.suffix.lower() in PICTURE_SUFFIXES and os.path.isfile(path)


def _are_one(path: Path, other: Path) -> bool:
    """Whether both names mean one file, which need not exist."""
    try:
        with suppress(OSError):
            return os.path.samefile(path, other)
        return os.path.normcase(os.path.realpath(path)) == os.path.normcase(os.path.realpath(other))
    except ValueError:  # An impossible name, which is refused when the file is opened.
        return False


class Outputs:
    """The files of one run, each written under its partial name; earlier files stay until ``finish``.

    On exit, unfinished files are removed.
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
        """Returns the partial path. Raises SinkError: it cannot be written, or another program is writing it."""
        file = Replacement(path)
        self._files.append(file)
        return file.partial

    def in_folder(self, folder: Path) -> Path:
        """Makes and claims the folder. Raises SinkError: as ``at``."""
        try:
            made = not os.path.isdir(folder)
            folder.mkdir(parents=True, exist_ok=True)
            self._folders.append((Claim(folder / FOLDER_CLAIM_NAME), made))
        except ClaimedElsewhere:
            raise SinkError(
                f"Another program is writing into '{folder}'.",
                "Wait until it is done, or choose another name.",
            ) from None
        except (OSError, ValueError) as error:
            raise cannot_write(folder, error) from error
        return folder

    def begin(self) -> None:
        """Starts writing, once everything is prepared. Raises SinkError."""
        for file in self._files:
            file.begin()

    def finish(self) -> str:
        """Moves the files to their places. Returns '', or why that failed for one of them."""
        problem = ""
        for file in self._files:
            try:
                file.finish()
            except SinkError as error:
                kept = f"{error.sentence()} It is kept as '{file.partial}'."
                problem = problem or kept
        return problem

    def leave(self) -> list[str]:
        """Keeps the files under their partial names, and returns these."""
        for file in self._files:
            file.leave()
        return [str(file.partial) for file in self._files if file.partial.exists()]

    def named(self, sentence: str) -> str:
        """Replaces partial names in a sentence by the names that the user gave."""
        for file in self._files:
            if str(file.partial) in sentence:
                sentence = sentence.replace(str(file.partial), str(file.path))
        return sentence


def sinks_of(
    source: FrameSource, request: AnnotateRequest, outputs: Outputs, sound: SoundFormat | None = None
) -> list[Callable[[], FrameSink]]:
    """Claims all files in ``outputs`` and returns what makes their sinks, videos first.

    Args:
        sound: of the packets that the videos will get.

    Raises:
        SinkError: a name does not fit the source, or cannot be written.
    """
    makers: list[Callable[[], FrameSink]] = []
    if request.session is not None:
        makers.append(partial(SessionOutput, request, request.session, source, sound))
    if request.output is not None:
        makers += _picture_sinks(source, request, request.output, outputs, sound)
    if request.csv is not None:
        makers.append(partial(CsvSink, outputs.at(request.csv), **_columns(request)))
    if request.comparison is not None:
        makers.append(partial(ComparisonCsvSink, outputs.at(request.comparison)))
    if request.jsonl is not None:
        makers.append(partial(JsonLinesSink, outputs.at(request.jsonl)))
    if request.parquet is not None:
        load_pyarrow()  # refuses where the library is missing
        name = request.name or source.name
        makers.append(partial(ParquetSink, outputs.at(request.parquet), name, __version__, **_columns(request)))
    return makers


def _columns(request: AnnotateRequest) -> dict[str, Any]:
    """What the tables have columns for only where it was asked for."""
    return {"blendshapes": request.blendshapes, "gaze": request.gaze, "own": request.own_slugs}


def _picture_sinks(
    source: FrameSource, request: AnnotateRequest, output: Path, outputs: Outputs, sound: SoundFormat | None
) -> Iterator[Callable[[], FrameSink]]:
    draw = FrameDrawer(lambda: request.style)
    if output.suffix.lower() in WRITABLE_VIDEO_SUFFIXES:
        drawn = clean_image if request.film is Film.CLEAN else draw
        max_fps = source.fps or 30.0
        yield partial(VideoSink, outputs.at(output), draw=drawn, max_fps=max_fps, sound=sound)
        if request.clean is not None:
            yield partial(VideoSink, outputs.at(request.clean), max_fps=max_fps, sound=sound)
        return
    if not isinstance(source, ImageFolderSource):
        raise SinkError(
            f"The output {output} must end in .mp4.", f"Known endings are {', '.join(WRITABLE_VIDEO_SUFFIXES)}."
        )
    if request.film is not Film.ANNOTATED:
        raise SinkError(f"--film {request.film} needs a video as output, and '{output}' is not a video.")
    read = request.source.path
    if output.suffix and not (read is not None and read.is_dir()) and not os.path.isdir(output):
        PictureSink(output)  # refuses an unknown ending
        yield partial(PictureSink, output, outputs.at(output), draw)
    else:
        yield partial(ImageFolderSink, outputs.in_folder(output), input_path=read, draw=draw)
