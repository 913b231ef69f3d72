"""The commands that read files: annotate and probe."""

from __future__ import annotations

from realtime_fer.arguments.values import AddCommand, add_own_expressions, add_settings, number, whole_number
from realtime_fer.core.request import request_of
from realtime_fer.core.settings.setting import ANNOTATE
from realtime_fer.core.text.translation import LANGUAGES


def add_annotate(add_command: AddCommand) -> None:
    """``realtime-fer annotate``"""
    annotate = add_command(
        "annotate",
        "annotate a video, images, or a folder of videos, without a window",
        "Example: realtime-fer annotate clip.mp4 -o annotated.mp4 --csv",
    )
    annotate.add_argument(
        "source",
        type=request_of,
        metavar="SOURCE",
        help="a video, an image, a folder of either, a network address, or 'demo'",
    )
    annotate.add_argument(
        "-o", "--output", help="an .mp4 file; for images, an image file or a folder; for a folder of videos, a folder"
    )
    beside = "; by default beside the video, under its name"
    annotate.add_argument("--csv", nargs="?", const="", help=f"write a table with one row per face and frame{beside}")
    annotate.add_argument(
        "--jsonl", nargs="?", const="", help=f"write JSON Lines with one object per frame, in more detail{beside}"
    )
    annotate.add_argument(
        "--parquet",
        nargs="?",
        const="",
        help=f"write the table as a Parquet file too, for data sets of many videos (extra 'archive'){beside}",
    )
    annotate.add_argument(
        "--still", nargs="?", const="", help=f"write the frame with the most faces as an image{beside}"
    )
    annotate.add_argument(
        "--jobs", type=whole_number(1, 64), default=1, help="number of videos to annotate in parallel (default: 1)"
    )
    annotate.add_argument(
        "--cluster",
        metavar="ADDRESS",
        help="have a folder of videos annotated by the workers of the Dask scheduler at this address, such as "
        "tcp://host:8786, or by --jobs workers on this computer for 'local' (extra 'cluster'); SOURCE and -o may be "
        "addresses such as s3://bucket/folder",
    )
    annotate.add_argument(
        "--part-seconds",
        type=number(0, 86400),
        default=300.0,
        metavar="SECONDS",
        help="with --cluster and --film none: cut longer videos into parts of about so long (default: 300; 0: none)",
    )
    annotate.add_argument(
        "--compare",
        metavar="MODEL",
        help="run a second model on the same faces; with --csv, its table is NAME-comparison.csv",
    )
    annotate.add_argument(
        "--seconds",
        type=number(0.1, 86400),
        help="stop after this many seconds (default: the whole source; 10 for 'demo')",
    )
    annotate.add_argument(
        "--session",
        nargs="?",
        const="",
        metavar="FOLDER",
        help="make a recording as the window does, with video, table, session.json and report, in a new folder in "
        "FOLDER, by default the window's recordings folder; takes the place of -o, --csv and --still",
    )
    annotate.add_argument(
        "--language", choices=LANGUAGES, default="en", help="with --session: language of the report (default: en)"
    )
    annotate.add_argument(
        "--track",
        type=whole_number(1, 1000),
        default=0,
        help="number of the file's video track, as probe lists them (default: the best one)",
    )
    annotate.add_argument("--mirror", action="store_true", help="flip frames left to right")
    annotate.add_argument(
        "--no-sound",
        action="store_true",
        help="write silent videos; otherwise a video's sound is kept, and voices and names in it identify people even "
        "where --privacy hides their faces",
    )
    annotate.add_argument(
        "--progress",
        choices=("json",),
        help="for a program that runs this one: print the progress as JSON, one object a line, run at low priority, "
        "and stop, keeping the results so far, when standard input ends",
    )
    add_own_expressions(annotate)
    add_settings(annotate, ANNOTATE)
    annotate.add_argument("--json", action="store_true", help="print the summary as a JSON object")


def add_probe(add_command: AddCommand) -> None:
    """``realtime-fer probe``"""
    probe = add_command(
        "probe",
        "say what is in a video, picture or folder, and how it will be read",
        "Example: realtime-fer probe clip.mov --json",
    )
    probe.add_argument("source", type=request_of, metavar="FILE", help="a video, a picture, or a folder of either")
    probe.add_argument(
        "--track", type=whole_number(1, 1000), default=0, help="number of the video track (default: the best one)"
    )
    probe.add_argument("--json", action="store_true", help="print a JSON object")
