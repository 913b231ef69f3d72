"""What ``realtime-fer annotate`` makes of one source, resolved once from the command line."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, field, replace
from pathlib import Path

from realtime_fer import assembly
from realtime_fer.core.enums import DetectorName, Film
from realtime_fer.core.errors import SinkError
from realtime_fer.core.options import OverlayStyle, PipelineOptions
from realtime_fer.core.own_expressions.model import OwnModel
from realtime_fer.core.request import WRITABLE_VIDEO_SUFFIXES, SourceRequest
from realtime_fer.core.settings import Settings
from realtime_fer.core.settings.settings_file import load_settings

#: Value of an option for a file, such as ``--csv``, without a name: the file goes beside the video under its name.
BESIDE = ""


@dataclass(frozen=True)
class SessionRequest:
    """A recording, as the window makes them, instead of single files.

    Attributes:
        folder: the new recording's folder goes in here.
        jsonl: whether it has JSON lines too.
        language: of its report.
    """

    folder: Path
    jsonl: bool = False
    language: str = "en"


@dataclass(frozen=True)
class AnnotateRequest:
    """One source, how it is analysed, and the files to write.

    Attributes:
        output: the video, picture or folder of pictures; None with ``Film.NONE``.
        csv, jsonl, parquet, still: None for no such file.
        model, compare: ids or files of the model and of a second one.
        detector: None for the best one that is installed.
        style: of the drawing.
        seconds: longest duration; None for the whole source.
        threads: of each classifier.
        sound: whether the videos keep the source's sound.
        session: the recording that is made; ``output`` and the other files are None then.
        blendshapes: whether they are measured, and are in table and JSON lines.
        span: of a video, the frames from the first to before the second time alone, seconds; times then begin at 0.
        name: what the rows of ``parquet`` call the source; '' for its file name.
        gaze: whether it is found where faces look, and is there too.
        own: what was learned of a person's own expressions, by which faces are judged too; None for none.

    Example::

        request = AnnotateRequest(request_of("clip.mp4"), output=Path("out.mp4"), csv=Path("out.csv"))
        summary = annotate_source(request, lambda progress: print(progress.done))
        print(summary["faces_per_frame"])
    """

    source: SourceRequest
    output: Path | None = None
    csv: Path | None = None
    jsonl: Path | None = None
    parquet: Path | None = None
    still: Path | None = None
    film: Film = Settings.film
    model: str = Settings.model
    compare: str | None = None
    detector: DetectorName | None = None
    options: PipelineOptions = field(default_factory=lambda: PipelineOptions(mirror=False))
    style: OverlayStyle = field(default_factory=OverlayStyle)
    seconds: float | None = None
    threads: int = Settings.threads
    sound: bool = True
    session: SessionRequest | None = None
    blendshapes: bool = False
    span: tuple[float, float] | None = None
    name: str = ""
    gaze: bool = False
    own: OwnModel | None = None

    @property
    def own_slugs(self) -> tuple[str, ...]:
        """Of the own expressions, which the tables have columns for."""
        return self.own.slugs if self.own is not None else ()

    @property
    def writes_video(self) -> bool:
        """Whether a video is written, and not only pictures or tables."""
        if self.session is not None:
            return self.film is not Film.NONE
        return self.output is not None and self.output.suffix.lower() in WRITABLE_VIDEO_SUFFIXES

    @property
    def clean(self) -> Path | None:
        """The second video, without drawings."""
        if self.film is not Film.BOTH or self.output is None:
            return None
        return self.output.with_name(f"{self.output.stem}-clean{self.output.suffix}")

    @property
    def comparison(self) -> Path | None:
        """The second model's table."""
        if not self.compare or self.csv is None:
            return None
        return self.csv.with_name(f"{self.csv.stem}-comparison{self.csv.suffix}")

    @property
    def outputs(self) -> tuple[Path, ...]:
        """All files and folders to write."""
        named = (self.output, self.clean, self.csv, self.comparison, self.jsonl, self.parquet, self.still)
        return tuple(path for path in named if path is not None)


def request_without_outputs(parsed: argparse.Namespace) -> AnnotateRequest:
    """The source and how it is analysed, from the command line.

    Raises:
        OwnExpressionsError: their file cannot be used.
    """
    return AnnotateRequest(
        source=replace(parsed.source, track=parsed.track),
        film=parsed.film,
        model=parsed.model,
        compare=parsed.compare,
        detector=parsed.detector,
        options=PipelineOptions(
            mirror=parsed.mirror,
            min_confidence=parsed.min_confidence,
            smoothing_s=parsed.smoothing,
            privacy=parsed.privacy,
            sensitivity=parsed.sensitivity,
        ),
        style=OverlayStyle(
            parsed.overlay,
            parsed.overlay_size,
            parsed.overlay_contours,
            parsed.overlay_mesh,
            parsed.overlay_axes,
            parsed.overlay_movements,
        ),
        seconds=parsed.seconds,
        threads=parsed.threads,
        sound=not parsed.no_sound,
        blendshapes=parsed.blendshapes,
        gaze=parsed.gaze,
        own=assembly.own_model(parsed.own_expressions),
    )


def request_from(parsed: argparse.Namespace) -> AnnotateRequest:
    """The whole request, from the command line.

    Raises:
        SinkError: the outputs contradict each other, or one lacks a name.
        OwnExpressionsError: their file cannot be used.
    """
    if parsed.session is not None:
        return _session_request_from(parsed)
    output = None if parsed.output is None else Path(parsed.output)

    def resolved(option: str, suffix: str) -> Path | None:
        name = getattr(parsed, option)
        if name is None:
            return None
        if name != BESIDE:
            return Path(name)
        if not parsed.output:
            raise SinkError(f"--{option} needs a name where no video is written.")
        return Path(parsed.output).with_suffix(suffix)

    request = replace(
        request_without_outputs(parsed),
        output=output,
        csv=resolved("csv", ".csv"),
        jsonl=resolved("jsonl", ".jsonl"),
        parquet=resolved("parquet", ".parquet"),
        still=resolved("still", ".png"),
    )
    if request.film is not Film.NONE:
        if output is None:
            raise SinkError("The video has no name.", "Give one with -o, or --film none for the numbers alone.")
    elif output is not None:
        raise SinkError(
            "With --film none no video is written, so -o has no meaning.", "Give --csv, --jsonl or --parquet a name."
        )
    elif not request.outputs:
        raise SinkError("With --film none and none of --csv, --jsonl and --parquet there is nothing to write.")
    return request


def _session_request_from(parsed: argparse.Namespace) -> AnnotateRequest:
    for option in ("output", "csv", "parquet", "still"):
        if getattr(parsed, option) is not None:
            raise SinkError(
                "A recording has its own files, so --{option} has no meaning with --session.",
                "Leave one of the two out.",
                option=option,
            )
    if parsed.jsonl not in (None, BESIDE):
        raise SinkError("In a recording the JSON lines have their own name, so --jsonl takes none.")
    if parsed.session == BESIDE:
        settings, _ = load_settings(assembly.settings_path())
        folder = assembly.recordings_folder(settings)
    else:
        folder = Path(parsed.session)
    session = SessionRequest(folder, jsonl=parsed.jsonl is not None, language=parsed.language)
    return replace(request_without_outputs(parsed), session=session)
