"""``realtime-fer annotate``: annotates one source, or each video of a folder."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from tqdm import tqdm

from realtime_fer.commands.annotation.background import ProgressLines, in_background
from realtime_fer.commands.annotation.outputs import refuse_addresses
from realtime_fer.commands.annotation.request import AnnotateRequest, request_from
from realtime_fer.commands.annotation.run import RunProgress, annotate_source
from realtime_fer.commands.batch.request import BatchRequest, batch_request_from, is_folder_of_videos
from realtime_fer.commands.batch.run import annotate_folder
from realtime_fer.commands.cluster.request import ClusterRequest
from realtime_fer.core.errors import RealtimeFerError, SinkError, SourceError
from realtime_fer.core.request import Kind, has_scheme
from realtime_fer.core.text.printable import counted, say, say_json

# tqdm's monitor thread wakes bars that hang; without it, a machine that can start no thread gets no warning.
tqdm.monitor_interval = 0


def read_request(parsed: argparse.Namespace) -> AnnotateRequest | BatchRequest | ClusterRequest:
    """What the command line asks for. Raises SinkError, SourceError: it makes no sense."""
    if parsed.cluster is not None:
        return _cluster_request_from(parsed)
    refuse_addresses(parsed.output, parsed.csv, parsed.jsonl, parsed.parquet, parsed.still, parsed.session)
    if parsed.session is not None and is_folder_of_videos(parsed.source):
        raise SinkError(
            "'{source}' is a folder of videos, and a recording shows one video.",
            "Give each video by itself.",
            source=parsed.source,
        )
    if parsed.track and parsed.source.kind is not Kind.FILE:
        raise SourceError("--track takes one video file.", "Give each video by itself.")
    return batch_request_from(parsed) if is_folder_of_videos(parsed.source) else request_from(parsed)


def _cluster_request_from(parsed: argparse.Namespace) -> ClusterRequest:
    refuse_addresses(parsed.csv, parsed.jsonl, parsed.parquet, parsed.still, parsed.session)
    source, output = str(parsed.source), parsed.output or ""
    if not has_scheme(source) and not is_folder_of_videos(parsed.source):
        raise SourceError("--cluster takes a folder of videos.", "Annotate a single file without it.")
    for option in ("session", "progress"):
        if getattr(parsed, option) is not None:
            raise SinkError("--{option} has no meaning with --cluster.", "Leave one of the two out.", option=option)
    return ClusterRequest(source, output, batch_request_from(parsed), parsed.cluster, parsed.part_seconds)


def annotate(
    request: AnnotateRequest | BatchRequest | ClusterRequest, *, as_json: bool, for_program: bool = False
) -> int:
    """Returns exit code 0; 1 when it ended early or one of the videos failed, and kept what it had.

    Args:
        for_program: prints what ``annotation.background`` says, instead.

    Raises:
        RealtimeFerError: it could not start.
    """
    if isinstance(request, ClusterRequest):
        from realtime_fer.commands.cluster.run import annotate_on_cluster

        return annotate_on_cluster(request, as_json=as_json)
    if isinstance(request, BatchRequest):
        if for_program:
            raise SinkError("--progress takes one source, and not a folder of videos.")
        return annotate_folder(request, as_json=as_json)
    if for_program:
        return _annotate_for_program(request)
    with tqdm(unit=" frames", disable=None, file=sys.stderr, leave=False) as bar:

        def progress(now: RunProgress) -> None:
            bar.total = now.expected
            bar.update(now.done - bar.n)

        summary = annotate_source(request, progress)
    _print(summary, as_json)
    return 1 if summary["problem"] else 0


def _annotate_for_program(request: AnnotateRequest) -> int:
    lines = ProgressLines()
    with in_background():
        try:
            summary = annotate_source(request, lines.progress)
        except RealtimeFerError as error:
            lines.refused(error.sentence())
            raise
    lines.finished(summary)
    return 1 if summary["problem"] else 0


def _print(summary: dict[str, Any], as_json: bool) -> None:
    if as_json:
        say_json(summary)
    else:
        frames, without = (counted(summary[key], "frame") for key in ("frames", "frames_without_faces"))
        say(f"{summary['source']}: {frames}, {summary['duration_s']:.1f} s, ", end="")
        say(f"{summary['faces_per_frame']:.2f} faces per frame, {without} without faces.")
        for person in summary["people"]:
            shares = ", ".join(f"{name} {share:.0%}" for name, share in person["shares"].items() if share >= 0.01)
            say(f"  person {person['face_id']}, in {counted(person['frames'], 'frame')}: {shares}")
        names = ("output", "csv", "jsonl", "parquet", "still", "session")
        kept = [path for path in (summary[name] for name in names) if path]
        say(f"Written with {summary['model']} and {summary['detector']}: {', '.join(kept)}")
        if summary["sound_reason"]:
            say(f"The sound is {summary['sound']}: {summary['sound_reason']}.")
        for remark in summary["remarks"]:
            say(remark)
        for skipped in summary["skipped"]:
            say(f"Left out: {skipped}")
    if summary["problem"]:
        say(f"realtime-fer: {summary['problem']}", error=True)
