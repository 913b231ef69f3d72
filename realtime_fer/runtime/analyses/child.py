"""Runs one analysis in a process of its own, so that the window's video stays smooth and a crash costs one analysis.

The process is ``realtime-fer annotate --session --progress json``. It ends when its standard input does: when it is
asked to stop, and also when this program is gone.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from realtime_fer.core.enums import DetectorName
from realtime_fer.core.errors import reason_of
from realtime_fer.core.system.children import child_environment, program_command
from realtime_fer.core.text.packed import unpacked
from realtime_fer.core.text.translation import Wording
from realtime_fer.runtime.analyses.request import AnalysisRequest

#: A line that is longer is no line of the program's.
_LONGEST_LINE = 1_000_000
_LONGEST_COMPLAINT = 2000


@dataclass(frozen=True)
class AnalysisProgress:
    """How far it is.

    Attributes:
        done, expected: frames; ``expected`` is None where nobody knows.
        at_s: second of the video.
        took_s: since the first frame.
        session: the recording's folder.
    """

    done: int
    expected: int | None
    at_s: float
    took_s: float
    session: Path | None = None

    @property
    def fps(self) -> float:
        """Frames a second, 0.0 at the beginning."""
        return self.done / self.took_s if self.took_s > 0 else 0.0

    @property
    def times_real(self) -> float:
        """Seconds of the video a second, 0.0 at the beginning."""
        return self.at_s / self.took_s if self.took_s > 0 else 0.0

    @property
    def share(self) -> float | None:
        """0 to 1; None where nobody knows. Files may have more frames than they say."""
        return None if not self.expected else min(1.0, self.done / self.expected)

    @property
    def left_s(self) -> float | None:
        """Time left at this pace; None where nobody knows."""
        if self.expected is None or not self.fps:
            return None
        return max(0, self.expected - self.done) / self.fps


@dataclass(frozen=True)
class AnalysisEnd:
    """What became of it.

    Attributes:
        frames: analysed.
        session: the recording's folder; None where nothing is kept.
        report: its page; None where there is none.
        sentence: why it ended early or could not start, or ''.
        remark: what a person should know though it is complete, or ''.
        stopped: it was asked to stop, and did.
    """

    frames: int = 0
    session: Path | None = None
    report: Path | None = None
    sentence: str = ""
    remark: str = ""
    stopped: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether every frame is in the recording."""
        return self.session is not None and not self.sentence


class AnalysisChild:
    """Owns the process and the thread that reads from it. ``start`` is called once; all else from any thread.

    Args:
        on_progress, on_end: called in the reading thread; ``on_end`` once, as the last.
        command: the program's command line for ``annotate``'s arguments.
    """

    def __init__(
        self,
        request: AnalysisRequest,
        on_progress: Callable[[AnalysisProgress], None],
        on_end: Callable[[AnalysisEnd], None],
        command: Callable[..., Sequence[str]] = program_command,
    ) -> None:
        self._request = request
        self._on_progress, self._on_end = on_progress, on_end
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._stopping = False
        self._frames = 0
        self._session: Path | None = None
        self._thread = threading.Thread(target=self._run, name="analysis", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def request_stop(self) -> None:
        """It keeps what there is, and ``on_end`` tells. Returns at once."""
        with self._lock:
            self._stopping = True
            if self._process is not None:
                _close(self._process.stdin)

    def join(self, timeout_s: float) -> bool:
        """Whether it has ended by then. One that has not goes on, and ends by itself if it was asked to."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        self._on_end(self._ended())

    def _ended(self) -> AnalysisEnd:
        with tempfile.TemporaryFile() as complaints:
            try:
                with self._lock:
                    if self._stopping:
                        return AnalysisEnd(stopped=True)
                    process = self._process = subprocess.Popen(
                        list(self._command(*self._request.arguments())),
                        stdin=subprocess.PIPE,
                        stdout=subprocess.PIPE,
                        stderr=complaints,
                        env=child_environment(),
                        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
                        | getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0),
                    )
            except (OSError, ValueError) as error:
                return AnalysisEnd(
                    sentence=Wording("Analysis", "The analysis cannot start: {reason}.", reason=reason_of(error))
                )
            last = self._listen(process)
            code = process.wait()
            _close(process.stdout)
            with self._lock:
                _close(process.stdin)
            complaints.seek(0)
            return self._end_of(last, code, complaints.read(_LONGEST_COMPLAINT).decode("utf-8", "replace"))

    def _listen(self, process: subprocess.Popen[bytes]) -> Mapping[str, Any]:
        """Tells the progress, and returns the last line where it is another."""
        assert process.stdout is not None
        last: Mapping[str, Any] = {}
        while line := process.stdout.readline(_LONGEST_LINE):
            # The last line of a process that was killed may be cut off.
            with suppress(ValueError, KeyError, TypeError):
                told = json.loads(line)
                if not isinstance(told, dict):
                    continue
                if "frames" not in told:
                    last = told
                    continue
                self._frames = int(told["frames"])
                self._session = Path(told["session"]) if told["session"] else None
                expected = None if told["of"] is None else int(told["of"])
                self._on_progress(
                    AnalysisProgress(self._frames, expected, float(told["at_s"]), float(told["seconds"]), self._session)
                )
        return last

    def _end_of(self, last: Mapping[str, Any], code: int, complaint: str) -> AnalysisEnd:
        with self._lock:
            stopping = self._stopping
        if "refused" in last:
            return AnalysisEnd(sentence=unpacked(last["refused"]))
        summary = last.get("summary")
        if isinstance(summary, Mapping):
            sentence = unpacked(summary.get("problem", ""))
            return AnalysisEnd(
                frames=int(summary.get("frames", 0)),
                session=_path(summary.get("session")),
                report=_path(summary.get("report")),
                sentence=sentence,
                remark=_remark(summary, self._request),
                stopped=stopping and bool(sentence),
            )
        if stopping and not self._frames:
            return AnalysisEnd(stopped=True)
        if self._session is not None and self._session.is_dir():
            sentence = Wording(
                "Analysis", "The analysis ended unexpectedly (exit code {code}); what was written is kept.", code=code
            )
            return AnalysisEnd(frames=self._frames, session=self._session, sentence=sentence)
        told = complaint.strip().removeprefix("realtime-fer:").strip()
        return AnalysisEnd(
            sentence=told or Wording("Analysis", "The analysis ended unexpectedly (exit code {code}).", code=code)
        )


def _remark(summary: Mapping[str, Any], request: AnalysisRequest) -> str:
    """The first of what is less than perfect."""
    wanted = request.settings.detector
    if summary.get("detector") == DetectorName.HAAR and wanted is not DetectorName.HAAR:
        return Wording("Analysis", "The Haar cascade found the faces, since the files of the detector are missing.")
    if summary.get("sound") == "left out":
        return Wording("Analysis", "The sound is left out: {reason}.", reason=summary.get("sound_reason", ""))
    skipped = summary.get("skipped")
    if isinstance(skipped, list) and skipped:
        return Wording("Analysis", "Pictures that could not be read: {count}.", count=len(skipped))
    return ""


def _path(value: Any) -> Path | None:
    return Path(value) if isinstance(value, str) and value else None


def _close(pipe: BinaryIO | Any) -> None:
    with suppress(OSError):
        if pipe is not None:
            pipe.close()
