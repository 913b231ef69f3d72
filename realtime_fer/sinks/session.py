"""One recording: videos, tables and a page of facts, in a folder of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from realtime_fer.core.enums import Film
from realtime_fer.core.errors import SinkError
from realtime_fer.core.frame import FrameResult, clean_image
from realtime_fer.core.protocols import DrawFrame
from realtime_fer.core.sound import SoundBlock, SoundFormat, SoundPacket
from realtime_fer.core.text.translation import Wording
from realtime_fer.sinks.atomic_files import ClosedOnExit
from realtime_fer.sinks.comparison import comparison_result
from realtime_fer.sinks.csv_file import CsvSink
from realtime_fer.sinks.jsonl_file import JsonLinesSink
from realtime_fer.sinks.recording_time import Steps, WrittenFrame, WrittenFrames
from realtime_fer.sinks.session_facts import FACTS_NAME, RecordingSummary, SessionFacts, wording_of
from realtime_fer.sinks.session_folder import SessionFolder, local_now
from realtime_fer.sinks.sound.recorded_sound import RecordedSound
from realtime_fer.sinks.video_sink import VideoSink

VIDEO_NAME = "video.mp4"
CLEAN_VIDEO_NAME = "video-clean.mp4"
CSV_NAME = "expressions.csv"
JSONL_NAME = "expressions.jsonl"
COMPARISON_NAME = "comparison.csv"

# Changed facts reach the disk at most this often, and unchanged ones this often, in seconds of the recording.
_FACTS_EVERY_S = 1.0
_UNCHANGED_FACTS_EVERY_S = 30.0

# Whether the files are still where they were made is checked this often, in the same seconds.
_CHECK_PLACE_EVERY_S = 1.0

#: Names of the videos and whether each is annotated, by the choice of ``Settings.film``.
_VIDEOS: dict[Film, dict[str, bool]] = {
    Film.ANNOTATED: {VIDEO_NAME: True},
    Film.CLEAN: {VIDEO_NAME: False},
    Film.BOTH: {VIDEO_NAME: True, CLEAN_VIDEO_NAME: False},
    Film.NONE: {},
}


class RecordingSink(ClosedOnExit):
    """One recording in a new session folder. Called from one thread alone.

    >>> with RecordingSink(Path("recordings"), jsonl=True) as sink:
    ...     for result in results:
    ...         sink.write(result)
    >>> sorted(path.name for path in sink.folder.iterdir())
    ['expressions.csv', 'expressions.jsonl', 'session.json', 'video.mp4']

    ``video.mp4`` shows what ``film`` says (``both``: the annotated frames, and ``video-clean.mp4`` the original ones;
    ``none``: no video). ``expressions.csv``, and ``expressions.jsonl`` if wanted, hold the numbers; ``comparison.csv``
    holds those of a second model, from the first frame on which one runs. Each result goes into all files, the videos
    first, with the same time. Row ``frame`` of a table is that frame of a video. ``session.json`` is written at the
    start with ``"complete": false``, when the facts change, and at the end.

    Args:
        recordings_folder: holds the session folders.
        session_facts: as ``extra`` of :class:`SessionFacts`.
        wall_clock: gives an aware time; for the folder's name, the start and the end.
        film: which frames the video shows.
        jsonl: write JSON lines too.
        blendshapes, gaze, own, source_index: as of :class:`CsvSink`.
        max_fps, sound: as of :class:`VideoSink`.
        every_frame: all frames of a file are written, so that a long time between two is no gap: the first of them was
            on screen.
        draw: gives the pictures of the annotated video.

    Attributes:
        folder: of this session. After a move, ``check_place`` and ``close`` set the new one.
        summary: None until ``close``.

    Raises:
        SinkError: folder or files cannot be created; nothing is left of them.
    """

    def __init__(
        self,
        recordings_folder: Path,
        *,
        session_facts: Mapping[str, Any] | None = None,
        wall_clock: Callable[[], datetime] = local_now,
        film: Film = Film.ANNOTATED,
        jsonl: bool = False,
        blendshapes: bool = False,
        gaze: bool = False,
        own: Sequence[str] = (),
        source_index: int | None = None,
        max_fps: float = 30.0,
        sound: SoundFormat | None = None,
        every_frame: bool = False,
        draw: DrawFrame = clean_image,
    ) -> None:
        self._wall_clock = wall_clock
        self._started = started = wall_clock()
        self._every_frame, self._source_index = every_frame, source_index
        self._steps = Steps()
        self._written = WrittenFrames()
        self._last_s = self._facts_s = self._checked_s = self._silent_end_s = 0.0
        self._sentence = self._early = ""
        self._session = SessionFolder(recordings_folder, started)
        self.folder = self._session.path
        self.summary: RecordingSummary | None = None
        self._videos: list[VideoSink] = []
        self._tables: list[CsvSink | JsonLinesSink] = []
        self._comparison: CsvSink | None = None
        self._sound: RecordedSound | None = None
        videos = _VIDEOS[film]
        self._facts = SessionFacts(
            self.folder,
            session_facts or {},
            started,
            {
                "film": film,
                "video": VIDEO_NAME if videos else "",
                **({"clean_video": CLEAN_VIDEO_NAME} if CLEAN_VIDEO_NAME in videos else {}),
                "table": CSV_NAME,
                **({"lines": JSONL_NAME} if jsonl else {}),
            },
            every_frame=every_frame,
        )
        try:
            for name, annotated in videos.items():
                drawn = draw if annotated else clean_image
                self._videos.append(VideoSink(self.folder / name, draw=drawn, max_fps=max_fps, sound=sound))
            self._csv = CsvSink(
                self.folder / CSV_NAME, blendshapes=blendshapes, gaze=gaze, own=own, source_index=source_index
            )
            self._tables.append(self._csv)
            if jsonl:
                self._tables.append(JsonLinesSink(self.folder / JSONL_NAME, source_index=source_index))
            self._facts.write()
        except Exception:
            self._discard()
            raise

    def write(self, result: FrameResult, marker: str = "") -> None:
        """Appends a frame to videos and tables.

        Raises:
            SinkError: one of them cannot be continued; ``close`` still finishes the others.
        """
        if self.summary is not None or self._sentence:
            raise SinkError("The recording in '{folder}' is closed and takes no more frames.", folder=self.folder)
        with self._keeping_reason():
            self._write(result, marker)

    def _write(self, result: FrameResult, marker: str) -> None:
        index = self._csv.frames
        if not index:
            self._facts.begin(result.frame)
        step = self._steps.to(result.frame)
        t_s = step.to_s
        if t_s - self._checked_s >= _CHECK_PLACE_EVERY_S:
            self._checked_s = t_s
            self._check_files()
        gap = "" if self._every_frame else self._facts.gap_note(step)
        note = "; ".join(text for text in (marker, gap) if text)
        for video in self._videos:
            video.write(result, t_s)
        for table in self._tables:
            table.write(result, t_s, note)
        self._write_comparison(result, index, t_s)
        self._last_s = t_s
        self._written.add(WrittenFrame(result.frame.timestamp_s, index, t_s))
        self._facts.add_frame(result, step, self._steps.damaged_frames, may_be_gap=not self._every_frame)
        if marker:
            self._facts.add_marker(index, t_s, marker)
        self._keep_facts(at_once=bool(marker))

    def write_sound(self, packet: SoundPacket) -> bool:
        """Appends a packet to every video; as :meth:`VideoSink.write_sound`."""
        with self._keeping_reason():
            taken = [video.write_sound(packet) for video in self._videos]
        return all(taken)

    def write_note(self, frame: int, t_s: float, note: str) -> None:
        """Appends a note of the program's own to the tables, at a frame that was written before.

        Raises:
            SinkError: a table cannot be continued.
        """
        with self._keeping_reason():
            for table in self._tables:
                table.write_note(frame, t_s, note)

    @property
    def duration_s(self) -> float:
        """Of the videos; 0 without one."""
        return max((video.duration_s for video in self._videos), default=0.0)

    def end_early(self, sentence: str) -> None:
        """Says why the recording is incomplete, for ``session.json`` and the report; a fault's reason goes before."""
        self._early = sentence

    def begin_listening(self, microphone: str) -> None:
        """The videos get sound, if there are any. Only before the first frame. ``microphone``: its name."""
        if not self._videos or self._csv.frames:
            return
        self._sound = RecordedSound(microphone)
        for video in self._videos:
            video.add_sound(self._sound.format)
        self._tell_sound()

    def write_heard(self, blocks: Sequence[SoundBlock], until_s: float) -> str:
        """Appends what the microphone heard; what is missing becomes silence. Nothing without ``begin_listening``.

        Args:
            until_s: on the clock of ``Frame.timestamp_s``; no block that begins before comes any more.

        Returns:
            '', or why the sound cannot go on: the videos go on in silence.

        Raises:
            SinkError: as ``write``.
        """
        sound = self._sound
        if sound is None or self.summary is not None or self._sentence:
            return ""
        had_problem = bool(sound.problem)
        sound.add(blocks, self._steps.at, until_s)
        if self._csv.frames:
            for packet in sound.take(self._last_s):
                self.write_sound(packet)
        if had_problem or not sound.problem:
            return ""
        return Wording("Sink", "The sound cannot be encoded ({reason}).", reason=sound.problem)

    def end_listening(self, sentence: str) -> None:
        """The microphone gives nothing any more, and why."""
        if self._sound is not None:
            self._sound.set_lost(sentence)
        else:
            self._facts.sound = {"lost": sentence}
        self._facts.changed = True

    def _finish_sound(self) -> None:
        """Raises SinkError: a video cannot be written."""
        if self._sound is None or not self._csv.frames:
            return
        for packet in self._sound.finish(self._videos[0].duration_s):
            self.write_sound(packet)

    def add_late_marker(self, timestamp_s: float, marker: str) -> None:
        """Marks a frame written before: the first captured at ``timestamp_s`` or later, else the last.

        Raises:
            SinkError: there is no frame yet, or the table cannot be continued.
        """
        frame = self._written.at(timestamp_s)
        if frame is None:
            raise SinkError("The recording in '{folder}' has no frame that could be marked.", folder=self.folder)
        with self._keeping_reason():
            for table in self._tables:
                table.write_note(frame.index, frame.t_s, marker)
            self._facts.add_marker(frame.index, frame.t_s, marker)
            self._keep_facts(at_once=True)

    def is_here(self) -> bool:
        """Whether ``folder`` is still this recording's; another one may have its name by now. Before ``close``."""
        return self._session.is_here()

    def check_place(self) -> None:
        """Checks that folder and files are where they were created; for when nothing is written for a while.

        Raises:
            SinkError: they were deleted, moved, renamed or replaced; ``close`` still finishes them.
        """
        if self.summary is None and not self._sentence:
            with self._keeping_reason():
                self._check_files()

    def _check_files(self) -> None:
        was = self.folder
        if not self._session.is_here():
            self._follow_folder()
            if self.folder != was:
                is_empty = not self._csv.frames
                raise SinkError(
                    "The recording's folder '{folder}' was moved or renamed.",
                    "Nothing was recorded until then." if is_empty else "What was recorded until then is in '{now}'.",
                    folder=was,
                    now=self.folder,
                )
        for sink in self._sinks():
            sink.check_place()
        if not self._session.is_here():
            raise SinkError("The recording's folder '{folder}' was moved, renamed or deleted.", folder=was)

    def _follow_folder(self) -> bool:
        is_known = self._session.follow()
        self.folder = self._facts.folder = self._session.path
        return is_known

    @contextmanager
    def _keeping_reason(self) -> Iterator[None]:
        """Keeps an error as the reason why the recording ended."""
        try:
            yield
        except Exception as error:
            self._sentence = wording_of(error)
            raise

    def set_dropped(self, **counts: int) -> None:
        """Counts of results that were dropped upstream: ``set_dropped(recording=3)``. The last call counts."""
        self._facts.dropped.update(counts)

    def set_silent_end(self, seconds: float) -> None:
        """For how long no frame had arrived when the recording was stopped; the video is that much shorter."""
        self._silent_end_s = seconds

    def close(self) -> None:
        """Finishes all files and sets ``summary``. A recording without a frame is removed.

        Raises:
            SinkError: one of them could not be finished, and no ``write`` reported it before; the others are finished.
        """
        if self.summary is not None:
            return
        reported = bool(self._sentence)
        failure: Exception | None = None
        if not reported:
            try:
                self.check_place()
            except SinkError as error:
                failure = error
        if not reported:
            try:
                self._finish_sound()
            except SinkError as error:
                failure = failure or error
        for sink in self._sinks():
            try:
                sink.close()
            except Exception as error:  # Whatever it is, the other files are finished.
                failure = failure or error
        if failure is not None and not reported:
            self._sentence = wording_of(failure)
        frames = self._videos[0].frames if self._videos else self._csv.frames
        duration_s = self._videos[0].duration_s if self._videos else self._last_s
        here = self._follow_folder()
        self._tell_sound()
        self.summary = RecordingSummary(
            self.folder,
            duration_s,
            frames,
            self._csv.rows,
            dict(self._facts.dropped),
            self._facts.models,
            self._sentence or self._early,
        )
        if here and not frames:
            self._discard()
        elif here:
            try:
                self._facts.write_end(
                    self.summary,
                    self._wall_clock(),
                    size=self._videos[0].size if self._videos else None,
                    silent_end_s=self._silent_end_s,
                    comparison_table=COMPARISON_NAME if self._comparison is not None else "",
                )
            except SinkError as error:
                failure = failure or error
        self._session.close()
        if failure is not None and not reported:
            raise failure

    def _tell_sound(self) -> None:
        if self._sound is not None:
            self._facts.sound = self._sound.facts

    def _write_comparison(self, result: FrameResult, index: int, t_s: float) -> None:
        comparison = comparison_result(result)
        if comparison is None:
            return
        if self._comparison is None:
            self._check_files()
            self._comparison = CsvSink(self.folder / COMPARISON_NAME, source_index=self._source_index)
        self._comparison.write_at(comparison, index, t_s)

    def _keep_facts(self, *, at_once: bool) -> None:
        """Writes the facts now and then, so that a sudden end costs few of them. A failure ends no recording."""
        wait_s = _FACTS_EVERY_S if self._facts.changed else _UNCHANGED_FACTS_EVERY_S
        if at_once or self._last_s - self._facts_s >= wait_s:
            self._facts_s = self._last_s
            self._tell_sound()
            # Another folder may have the name by now.
            if self._session.is_here():
                with suppress(SinkError):
                    self._facts.write()

    def _sinks(self) -> list[VideoSink | CsvSink | JsonLinesSink]:
        return [*self._videos, *self._tables, *([self._comparison] if self._comparison else [])]

    def _discard(self) -> None:
        for sink in self._sinks():
            with suppress(SinkError):
                sink.close()
        for name in (VIDEO_NAME, CLEAN_VIDEO_NAME, CSV_NAME, JSONL_NAME, COMPARISON_NAME, FACTS_NAME):
            with suppress(OSError):
                (self.folder / name).unlink()
        self._session.close()
        self._session.remove_if_empty()
