"""A recording as the window makes them, written by ``annotate --session`` with every frame of a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from realtime_fer import __version__, assembly
from realtime_fer.commands.annotation.request import AnnotateRequest, SessionRequest
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.protocols import FrameSource
from realtime_fer.core.settings import Settings
from realtime_fer.core.sound import SoundFormat, SoundPacket
from realtime_fer.core.text.translation import in_language
from realtime_fer.sinks.atomic_files import ClosedOnExit
from realtime_fer.sinks.session import RecordingSink
from realtime_fer.sources import ImageFolderSource
from realtime_fer.vision.annotators import FrameDrawer


def expected_frames(source: FrameSource, seconds: float | None) -> int | None:
    """How many frames an open source has within ``seconds``; None where nobody knows."""
    count = source.frame_count
    if seconds and source.fps and not isinstance(source, ImageFolderSource):
        limit = round(seconds * source.fps)
        count = limit if count is None else min(count, limit)
    return count


class SessionOutput(ClosedOnExit):
    """The one sink of such a run. Called from one thread alone.

    Attributes:
        folder: of the recording.

    Raises:
        SinkError: it cannot be created.
    """

    def __init__(
        self, request: AnnotateRequest, session: SessionRequest, source: FrameSource, sound: SoundFormat | None
    ) -> None:
        self._session = session
        self._recording = RecordingSink(
            session.folder,
            session_facts=_facts(request, source),
            film=request.film,
            jsonl=session.jsonl,
            blendshapes=request.blendshapes,
            gaze=request.gaze,
            own=request.own_slugs,
            max_fps=source.fps or 30.0,
            sound=sound,
            every_frame=True,
            draw=FrameDrawer(lambda: request.style),
        )

    @property
    def folder(self) -> Path:
        return self._recording.folder

    @property
    def duration_s(self) -> float:
        """Of its videos."""
        return self._recording.duration_s

    def write(self, result: FrameResult, t_s: float) -> None:
        """Raises SinkError. ``t_s`` is what the recording's own clock says too."""
        self._recording.write(result)

    def write_sound(self, packet: SoundPacket) -> bool:
        """As :meth:`VideoSink.write_sound`."""
        return self._recording.write_sound(packet)

    def write_note(self, frame: int, t_s: float, note: str) -> None:
        """Raises SinkError: a table cannot be continued."""
        self._recording.write_note(frame, t_s, note)

    def end_early(self, sentence: str) -> None:
        """Why the recording is incomplete; before ``close``."""
        self._recording.end_early(sentence)

    def close(self) -> None:
        """Raises SinkError: a file could not be finished."""
        self._recording.close()

    def write_report(self) -> Path:
        """Writes the report of the closed recording. Raises RealtimeFerError."""
        with in_language(self._session.language):
            return assembly.write_report(self.folder)


def _facts(request: AnnotateRequest, source: FrameSource) -> dict[str, Any]:
    """What ``session.json`` says besides what the recording itself knows."""
    options = request.options
    chosen = Settings(
        model=request.model,
        compare_model=request.compare or "",
        detector=request.detector or Settings.detector,
        min_confidence=options.min_confidence,
        smoothing_s=options.smoothing_s,
        sensitivity=options.sensitivity,
        privacy=options.privacy,
        threads=request.threads,
        adapt_load=False,
        overlay=request.style.parts,
        overlay_size=request.style.size,
        overlay_contours=request.style.contours,
        overlay_mesh=request.style.mesh,
        overlay_axes=request.style.axes,
        overlay_movements=request.style.movements,
        film=request.film,
        jsonl=request.session is not None and request.session.jsonl,
        blendshapes=request.blendshapes,
        gaze=request.gaze,
        own_expressions=request.own is not None,
    )
    return {
        "source": source.name,
        "program": __version__,
        "packages": assembly.package_versions(),
        "settings": assembly.recorded_settings(chosen),
        "every_frame": True,
        "source_frames": expected_frames(source, request.seconds),
    }
