"""What a recording notes, and what is made of a recording: report, exports, corrections."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from realtime_fer import __version__
from realtime_fer.core.settings import Settings
from realtime_fer.core.settings.table import TABLE

if TYPE_CHECKING:
    from realtime_fer.core.corrections.annotations import Annotations
    from realtime_fer.core.people import People

REPORT_NAME = "report.html"

#: In a recording's folder while it is being reviewed.
REVIEW_CLAIM_NAME = ".realtime-fer-review"

#: A recording's session.json names the versions of these.
RECORDED_PACKAGES = ("numpy", "opencv-python-headless", "ai-edge-litert", "av", "PyQt5", "sounddevice")


def package_versions() -> dict[str, str]:
    versions = {"realtime-fer": __version__}
    for package in RECORDED_PACKAGES:
        try:
            versions[package] = version(package)
        except PackageNotFoundError:
            continue
    return versions


def recorded_settings(settings: Settings) -> dict[str, object]:
    """The settings that session.json records, by name."""
    chosen = {name: getattr(settings, name) for name, declared in TABLE.items() if declared.recorded}
    for name in ("model", "compare_model"):
        # Of a file only its name: its folder is private.
        chosen[name] = Path(chosen[name]).name
    return chosen


def write_report(session: Path, output: Path | None = None) -> Path:
    """Writes the report of a recording and returns its path: ``output``, or ``report.html`` in the recording's folder.

    Raises:
        ReportError: the folder is not a recording.
        SinkError: the page cannot be written.
    """
    from realtime_fer.report.page import make_report
    from realtime_fer.sinks.atomic_files import replace_file
    from realtime_fer.vision.registry import ModelRegistry

    page = make_report(session, {spec.model_id: spec for spec in ModelRegistry().specs()})
    output = output or session / REPORT_NAME
    replace_file(output, page.encode("utf-8", "replace"))
    return output


def export_recording(session: Path, formats: Sequence[str], output: Path | None = None) -> list[Path]:
    """Writes a recording, with a person's corrections, in the forms named, and gives the files.

    Args:
        formats: of ``core.sessions.export_formats.EXPORT_FORMATS``.
        output: folder, made where it is missing; None is the recording's own.

    Raises:
        ReviewError: the folder is no recording, or its corrections cannot be read.
        SinkError: a file cannot be written.
    """
    from realtime_fer.core.corrections.annotations import read_annotations
    from realtime_fer.core.system.private_files import make_private_folder
    from realtime_fer.review.exports.formats import exported
    from realtime_fer.review.rows import read_reviewed
    from realtime_fer.sinks.atomic_files import cannot_write, replace_file

    annotations = read_annotations(session)
    table = read_reviewed(session, annotations)
    folder, made = output or session, datetime.now().astimezone()
    video = next((name for name in ("video.mp4", "video-clean.mp4") if (session / name).is_file()), "")
    if video and output is not None:
        # Windows knows no way from one drive to another; the name alone is found where they lie together.
        with suppress(ValueError):
            video = Path(os.path.relpath(session / video, folder)).as_posix()
    try:
        if not folder.is_dir():
            make_private_folder(folder)
    except OSError as error:
        raise cannot_write(folder, error) from error
    written = []
    for name in formats:
        for file_name, content in exported(name, table, annotations, video=video, made=made).items():
            replace_file(folder / file_name, content)
            written.append(folder / file_name)
    return written


def save_people(session: Path, before: People, now: People) -> None:
    """Takes names and more of a recording that runs into its corrections.

    Args:
        before: as they were written last.

    Raises:
        ReviewError: the corrections that are there cannot be read; they are left as they are.
        SinkError: they cannot be written.
    """
    from realtime_fer.core.corrections.annotations import FILE_NAME, read_annotations
    from realtime_fer.review.live_people import with_people
    from realtime_fer.sinks.atomic_files import replace_file

    replace_file(session / FILE_NAME, with_people(read_annotations(session), before, now).as_json())


def save_corrections(session: Path, annotations: Annotations) -> None:
    """Writes a person's corrections beside a recording, whole or not at all.

    Raises:
        SinkError: they cannot be written; the earlier ones stay.
    """
    from realtime_fer.core.corrections.annotations import FILE_NAME
    from realtime_fer.sinks.atomic_files import replace_file

    replace_file(session / FILE_NAME, annotations.as_json())


def claim_review(session: Path) -> Callable[[], None] | None:
    """Keeps other programs from reviewing a recording at the same time.

    Returns:
        What ends that, or None where another one reviews it.

    Raises:
        SinkError: nothing can be written there.
    """
    from realtime_fer.core.corrections.annotations import FILE_NAME
    from realtime_fer.sinks.atomic_files import cannot_write
    from realtime_fer.sinks.replacement import Claim, ClaimedElsewhere

    try:
        claim = Claim(session / REVIEW_CLAIM_NAME)
    except ClaimedElsewhere:
        return None
    except (OSError, ValueError) as error:
        raise cannot_write(session / FILE_NAME, error) from error
    return partial(claim.release, remove=True)


def recorded_triggers(settings: Settings) -> list[dict[str, object]]:
    """The triggers that are on, for session.json, without names, targets and commands."""
    from realtime_fer.core.triggers.trigger import triggers_of

    kept = [one.as_object() for one in triggers_of(settings.triggers)[0] if one.is_on]
    return [
        {**one, "person": bool(one["person"]), "actions": [action["do"] for action in one["actions"]]} for one in kept
    ]
