"""The sound of one recording: from a microphone's blocks to packets that are as long as the video."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

import av
import numpy as np

from realtime_fer.core.sound import SoundBlock, SoundFormat, SoundPacket
from realtime_fer.sinks.sound.alignment import Alignment, PlacedBlock
from realtime_fer.sinks.sound.encoder import SAMPLE_RATE, SoundEncoder

#: A gap that is longer becomes silence here, and is told in ``silences``; libswresample fills shorter ones.
SILENCE_S = 0.25

#: One call makes at most so much silence, so that no frame waits for it.
MOST_SILENCE_S = 20.0

#: Blocks that wait for the video's first frame, about a minute. Overflow: the oldest go, which lie before it.
_MOST_EARLY = 3000

#: Packets that wait for the next frame, ten minutes. Overflow: the oldest are given before it.
_MOST_HELD = 28_000

#: Most silences that are listed. Later ones are only counted.
_MOST_SILENCES = 1000

#: What encoding may raise.
_ENCODING_ERRORS = (av.FFmpegError, ValueError)


class RecordedSound:
    """Called from the recording thread alone.

    Args:
        microphone: its name, for people.

    Attributes:
        format: of the packets.
        problem: what FFmpeg refused, or ''. Nothing is given any more then.

    Raises:
        av.FFmpegError, ValueError: FFmpeg has no AAC.
    """

    def __init__(self, microphone: str) -> None:
        self._microphone = microphone
        self._encoder = SoundEncoder()
        self._alignment = Alignment()
        self._early: deque[SoundBlock] = deque(maxlen=_MOST_EARLY)
        self._placed: deque[PlacedBlock] = deque()
        self._held: deque[SoundPacket] = deque()
        self._end_s = 0.0
        self._silences: list[list[float]] = []
        self._more_silences = 0
        self._lost = ""
        self.problem = ""

    @property
    def format(self) -> SoundFormat:
        return self._encoder.format

    @property
    def facts(self) -> dict[str, Any]:
        """For ``session.json``; times are seconds of the video."""
        return {
            "microphone": self._microphone,
            "codec": "aac",
            "sample_rate": SAMPLE_RATE,
            "channels": 1,
            "silences": [{"from_s": round(begin, 3), "to_s": round(end, 3)} for begin, end in self._silences],
            **({"silences_not_listed": self._more_silences} if self._more_silences else {}),
            **({"lost": self._lost} if self._lost else {}),
            **({"problem": self.problem} if self.problem else {}),
        }

    def set_lost(self, sentence: str) -> None:
        """Why the microphone gives nothing any more."""
        self._lost = sentence

    def add(self, blocks: Sequence[SoundBlock], time_of: Callable[[float], float | None], until_s: float) -> None:
        """Takes what was heard.

        Args:
            time_of: seconds of the frames' clock -> seconds of the video; None before its first frame.
            until_s: on the frames' clock; no block that begins before comes any more. What is missing is silence.
        """
        if self.problem:
            return
        self._early.extend(blocks)
        until = time_of(until_s)
        if until is None:
            return
        while self._early:
            block = self._early.popleft()
            start_s = time_of(block.start_s)
            if start_s is not None:
                self._alignment.add(PlacedBlock(block.samples, start_s, block.sample_rate))
        try:
            self._encode(until)
        except _ENCODING_ERRORS as error:
            self.problem = str(error) or type(error).__name__

    def take(self, before_s: float) -> list[SoundPacket]:
        """The packets that begin before a frame of the video, in order; others wait for the next frame."""
        taken = []
        while self._held and (self._held[0].start_s < before_s or len(self._held) > _MOST_HELD):
            taken.append(self._held.popleft())
        return taken

    def finish(self, end_s: float) -> list[SoundPacket]:
        """The last packets of a video that is ``end_s`` long."""
        if not self.problem:
            try:
                # The alignment's clock is the video's.
                self._placed.extend(self._alignment.take(float("inf")))
                self._encode(end_s)
                if 0 < end_s - self._end_s <= SILENCE_S:
                    self._be_silent(end_s - self._end_s)
                self._held.extend(self._encoder.finish())
            except _ENCODING_ERRORS as error:
                self.problem = str(error) or type(error).__name__
        self._silences = [[begin_s, min(to_s, end_s)] for begin_s, to_s in self._silences if begin_s < end_s]
        return self.take(end_s)

    def _encode(self, until_s: float) -> None:
        self._placed.extend(self._alignment.take(until_s))
        rest_s = MOST_SILENCE_S
        while True:
            block = self._placed[0] if self._placed else None
            gap_s = (block.start_s if block is not None else until_s) - self._end_s
            if gap_s > SILENCE_S:
                if rest_s <= 0:
                    return
                silent_s = min(gap_s, rest_s, 1.0)
                rest_s -= silent_s
                self._be_silent(silent_s)
            elif block is not None:
                self._placed.popleft()
                self._held.extend(self._encoder.encode(block))
                self._end_s = max(self._end_s, block.end_s)
            else:
                return

    def _be_silent(self, seconds: float) -> None:
        rate = self._encoder.input_rate or SAMPLE_RATE
        begin_s = self._end_s
        silence = PlacedBlock(np.zeros(round(seconds * rate), np.float32), begin_s, rate)
        self._held.extend(self._encoder.encode(silence))
        self._end_s = silence.end_s
        if self._silences and self._silences[-1][1] >= begin_s - 1e-6:
            self._silences[-1][1] = self._end_s
        elif len(self._silences) < _MOST_SILENCES:
            self._silences.append([begin_s, self._end_s])
        else:
            self._more_silences += 1
