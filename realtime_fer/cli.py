"""The program's entry point: runs the command that the arguments name, and turns errors into an exit code.

Exit codes: 0 done; 1 ended early, results so far are kept; 2 could not start, with one sentence on stderr.
"""

from __future__ import annotations

import atexit
import signal
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

EXIT_DONE, EXIT_EARLY, EXIT_REFUSED = 0, 1, 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the program and returns its exit code; ``None`` for the arguments of this process, which a window then ends.

    This file imports only the standard library at its top, so that Ctrl-C during the slow imports is handled here.
    """
    try:
        from realtime_fer.core.system.termination import termination_as_interrupt
        from realtime_fer.native_memory import bound_native_memory
        from realtime_fer.native_output import escape_unencodable, open_standard_streams, quiet_native_output

        open_standard_streams()
        escape_unencodable()
        quiet_native_output()
        bound_native_memory()
        # While the interpreter shuts down, Ctrl-C would only print a traceback.
        atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)
        with termination_as_interrupt():
            code = run(sys.argv[1:] if arguments is None else arguments)
        if arguments is None and "PyQt5.QtWidgets" in sys.modules:
            from realtime_fer.core.system.termination import end_process

            # Whichever of Qt's objects Python takes apart first may still be needed by another.
            end_process(code)
        return code
    except KeyboardInterrupt:
        if sys.stderr is not None:
            sys.stderr.write("realtime-fer: stopped.\n")
        return 1


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code. Prints no traceback, whatever happens."""
    from realtime_fer.arguments.parser import build_parser
    from realtime_fer.core.errors import reason_of
    from realtime_fer.core.text.printable import say
    from realtime_fer.native_output import printing_failure

    try:
        code = _run(build_parser().parse_args(arguments))
    except SystemExit as exit:  # from argparse, after help and errors
        code = exit.code if isinstance(exit.code, int) else EXIT_DONE
    failure = printing_failure()
    if failure is None:
        return code
    if not isinstance(failure, BrokenPipeError):  # A closed pipe has no reader left.
        say(f"realtime-fer: The output could not be printed: {reason_of(failure)}.", error=True)
    return code or EXIT_EARLY


def _run(parsed: argparse.Namespace) -> int:
    from realtime_fer.commands.interrupts import recorded_interrupts
    from realtime_fer.commands.unexpected_errors import describe_unexpected
    from realtime_fer.core.errors import RealtimeFerError
    from realtime_fer.core.text.printable import say

    # The window handles its own.
    noticing: AbstractContextManager[list[int]] = recorded_interrupts() if parsed.command else nullcontext([])
    with noticing as interrupts:
        try:
            return _dispatch(parsed)
        except RealtimeFerError as error:
            say(f"realtime-fer: {error.sentence()}", error=True)
            return EXIT_REFUSED
        except KeyboardInterrupt as stopped:
            say(f"realtime-fer: stopped. {stopped}".rstrip(), error=True)
            return EXIT_EARLY
        except Exception as error:
            if interrupts:
                # A library turned the KeyboardInterrupt into another exception.
                say("realtime-fer: stopped.", error=True)
                return EXIT_EARLY
            say(f"realtime-fer: {describe_unexpected(error)}", error=True)
            return EXIT_REFUSED


def _dispatch(parsed: argparse.Namespace) -> int:
    from realtime_fer.native_memory import refuse_little_memory

    if parsed.command in (None, "annotate", "bench", "live", "serve"):
        refuse_little_memory()
    # Imported here, so that a command loads only the libraries that it needs.
    if parsed.command is None:
        from realtime_fer.arguments.settings import window_settings
        from realtime_fer.window import run_window

        return run_window(window_settings(parsed))
    if parsed.command == "annotate":
        from realtime_fer.commands.annotate import annotate, read_request

        return annotate(read_request(parsed), as_json=parsed.json, for_program=parsed.progress == "json")
    if parsed.command == "live":
        from realtime_fer.arguments.settings import live_settings
        from realtime_fer.commands.live.request import request_from
        from realtime_fer.commands.live.run import live

        return live(request_from(parsed, live_settings(parsed)))
    if parsed.command == "probe":
        from realtime_fer.commands.probe import probe

        return probe(parsed.source, track=parsed.track, as_json=parsed.json)
    if parsed.command == "export":
        from realtime_fer.commands.export import export

        return export(parsed.session, parsed.output, formats=parsed.format or (), as_json=parsed.json)
    if parsed.command == "summary":
        from realtime_fer.commands.summary import summary

        return summary(parsed.dataset, by=parsed.by, as_json=parsed.json)
    if parsed.command == "review":
        from realtime_fer.commands.annotation.outputs import recording_folder, refuse_addresses
        from realtime_fer.window import run_review

        refuse_addresses(parsed.session)
        return run_review(recording_folder(parsed.session))
    if parsed.command == "report":
        from realtime_fer.commands.report import report

        return report(parsed.session, parsed.output, language=parsed.language, as_json=parsed.json)
    if parsed.command == "bench" and parsed.annotate is not None:
        from realtime_fer.commands.bench_annotate import AnnotateBenchRequest, bench_annotate

        to_annotate = AnnotateBenchRequest(parsed.annotate, parsed.film, parsed.model, parsed.detector, parsed.threads)
        return bench_annotate(to_annotate, as_json=parsed.json)
    if parsed.command == "bench":
        from realtime_fer.commands.bench import BenchRequest, bench

        request = BenchRequest(
            parsed.source, parsed.size, parsed.model, parsed.detector, parsed.threads, parsed.faces, parsed.frames
        )
        if not parsed.window:
            return bench(request, as_json=parsed.json)
        from realtime_fer.window import bench_window

        return bench_window(request, seconds=parsed.window, timeline=parsed.timeline, as_json=parsed.json)
    if parsed.command == "models" and parsed.check is not None:
        from realtime_fer.commands.models.check import check_model

        return check_model(Path(parsed.check), as_json=parsed.json)
    if parsed.command == "models":
        from realtime_fer.commands.models.listing import list_models

        return list_models(as_json=parsed.json, measure=not parsed.no_measure)
    if parsed.command == "cameras":
        from realtime_fer.commands.cameras import cameras

        return cameras(as_json=parsed.json)
    if parsed.command == "serve":
        from realtime_fer.web.command import ServeRequest, serve

        return serve(
            ServeRequest(
                host=parsed.host,
                port=parsed.port,
                token=parsed.token or "",
                expose=parsed.expose,
                host_names=parsed.allow_host,
                origins=parsed.allow_origin,
                model=parsed.model,
                detector=parsed.detector,
                workers=parsed.workers,
            )
        )
    if parsed.command == "doctor":
        from realtime_fer.commands.doctor import doctor

        return doctor(as_json=parsed.json)
    from realtime_fer.commands.fetch_detectors import fetch_detectors

    return fetch_detectors(blendshapes=parsed.blendshapes, file=parsed.file)
