"""What the server can do, apart from HTTP: its models and detectors, and the pool that reads pictures and videos."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError, Future
from concurrent.futures import TimeoutError as WaitedTooLong
from time import monotonic
from typing import Any

from realtime_fer import __version__, assembly
from realtime_fer.core.cards.model_order import RECOMMENDED, in_order
from realtime_fer.core.doubts import DOUBTS
from realtime_fer.core.enums import DetectorName
from realtime_fer.core.errors import DetectorError
from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.protocols import ExpressionClassifier, FaceDetector
from realtime_fer.core.settings.table import TABLE
from realtime_fer.core.text.translation import Wording
from realtime_fer.vision import network_files
from realtime_fer.vision.registry import ModelRegistry
from realtime_fer.web.limits import Limits
from realtime_fer.web.reading.analyser import Analyser, Choice
from realtime_fer.web.reading.answers import answer_of
from realtime_fer.web.reading.pool import WorkerPool
from realtime_fer.web.reading.uploads import picture_of
from realtime_fer.web.reading.video_stream import VideoStream
from realtime_fer.web.refusals import STOPPING, Refusal, busy, too_slow

#: The files that each detector needs. The one that contacts Google is not offered.
DETECTOR_FILES: dict[DetectorName, tuple[str, ...]] = {
    DetectorName.MEDIAPIPE: (network_files.SHORT_RANGE, network_files.FULL_RANGE),
    DetectorName.MEDIAPIPE_NEAR: (network_files.SHORT_RANGE,),
    DetectorName.MEDIAPIPE_FAR: (network_files.FULL_RANGE,),
    DetectorName.HAAR: (),
}


def available_detectors() -> tuple[str, ...]:
    """Those whose files are there, the preferred one first; the Haar cascade always is."""
    return tuple(name for name, files in DETECTOR_FILES.items() if all(map(_is_there, files)))


def _is_there(file_name: str) -> bool:
    try:
        network_files.find(file_name)
    except DetectorError:
        return False
    return True


class Service:
    """Reads what is sent with a bounded pool of pipelines. Any thread may call it; it owns the pool's threads.

    Args:
        model: id of the model where a request names none.
        detector: likewise; None for the first of ``detectors``.
        workers: threads that read; each has its own networks.
        threads: of the classifier in each worker.
        detectors: that may be asked for, the default one first; None for those whose files are there.
        make_detector, make_classifier: by id, in the worker's thread; None for the real ones.
        clock: monotonic seconds.

    Raises:
        Refusal: 422, there is no such model or detector.
    """

    def __init__(
        self,
        *,
        model: str = RECOMMENDED,
        detector: str | None = None,
        workers: int = 2,
        threads: int = 1,
        limits: Limits | None = None,
        registry: ModelRegistry | None = None,
        detectors: Sequence[str] | None = None,
        make_detector: Callable[[str], FaceDetector] | None = None,
        make_classifier: Callable[[str], ExpressionClassifier] | None = None,
        clock: Callable[[], float] = monotonic,
    ) -> None:
        known = registry or ModelRegistry()
        self.limits = limits or Limits()
        self._specs = {spec.model_id: spec for spec in in_order(known.specs())}
        self.detectors = tuple(detectors) if detectors is not None else available_detectors()
        self._clock = clock
        self.default = Choice(model, detector or self.detectors[0])
        self.choice(None, None)
        detector_of = make_detector or assembly.build_detector
        classifier_of = make_classifier or (lambda name: assembly.build_classifier(name, threads, known))
        # One video leaves a worker to the pictures, where there are several.
        self._video_room = threading.BoundedSemaphore(max(1, workers - 1))

        def make_desk() -> Analyser:
            analyser = Analyser(detector_of, classifier_of)
            analyser.prepare(self.default)
            return analyser

        self._prepared = threading.Semaphore(0)
        self.pool = WorkerPool(
            make_desk, workers=workers, waiting=self.limits.waiting, ready=lambda: self._prepared.release()
        )

    def wait_until_ready(self, timeout_s: float = 120.0) -> None:
        """Waits until each worker has loaded its networks.

        Raises:
            Refusal: 503, they cannot be loaded, or not in this time.
        """
        until_s = self._clock() + timeout_s
        for _ in range(self.pool.workers):
            if not self._prepared.acquire(timeout=max(0.0, until_s - self._clock())):
                raise too_slow(timeout_s)
        self.result_of(self.pool.submit(lambda analyser: None), timeout_s)

    def choice(self, model: str | None, detector: str | None) -> Choice:
        """What a request is read with. Only ids count: a client can name no file.

        Raises:
            Refusal: 422, there is no such model or detector.
        """
        chosen = Choice(model or self.default.model, detector or self.default.detector)
        if chosen.model not in self._specs:
            raise Refusal(
                422, Wording("Web", "There is no such model; known are: {known}.", known=", ".join(self._specs))
            )
        if chosen.detector not in self.detectors:
            raise Refusal(
                422, Wording("Web", "There is no such detector; known are: {known}.", known=", ".join(self.detectors))
            )
        return chosen

    def catalogue(self) -> dict[str, Any]:
        """Models, detectors, expressions, doubts and limits, for JSON. Their words can be said in other languages."""
        titles = {str(choice.value): choice.title for choice in TABLE["detector"].choices}
        notes = {str(choice.value): choice.tip for choice in TABLE["detector"].choices}
        return {
            "program": f"realtime-fer {__version__}",
            "default": {"model": self.default.model, "detector": self.default.detector},
            "models": [
                {
                    "id": spec.model_id,
                    "name": spec.name,
                    "classes": list(spec.class_names),
                    "trained_on": spec.dataset,
                    "accuracy": [{"value": value, "faces": faces} for value, faces in spec.accuracies()],
                }
                for spec in self._specs.values()
            ],
            "detectors": [
                {"id": name, "name": Wording("Setting", titles[name]), "note": Wording("Setting", notes[name])}
                for name in self.detectors
            ],
            "expressions": [
                {
                    "key": entry.key,
                    "name": Wording("Expression", entry.display_name),
                    "colour": "#{:02x}{:02x}{:02x}".format(*entry.colour_rgb),
                }
                for entry in EXPRESSIONS
            ],
            "doubts": [
                {"key": d.key, "words": Wording("Doubt", d.words), "advice": Wording("Doubt", d.advice)}
                for d in DOUBTS
                if d.key
            ],
            "limits": {
                "body_bytes": self.limits.body_bytes,
                "picture_bytes": self.limits.picture_bytes,
                "pictures": self.limits.pictures,
                "seconds": self.limits.time_s,
                "video_frames": self.limits.video_frames,
                "video_seconds": self.limits.video_time_s,
            },
        }

    def read_pictures(
        self, sent: Sequence[tuple[str, bytes]], choice: Choice, *, quick: bool = False
    ) -> list[dict[str, Any]]:
        """What is in these pictures, each with its ``name``; ``error`` and ``status`` stand in for one that cannot be
        read, where another one can.

        Args:
            sent: names for people, and files' contents.

        Raises:
            Refusal: none can be read (that of the first), the server is busy (429), or it took too long (503).
        """
        until_s = self._clock() + self.limits.time_s

        def work(analyser: Analyser) -> list[dict[str, Any] | Refusal]:
            return [self._read(analyser, name, content, choice, quick, until_s) for name, content in sent]

        read = self.result_of(self.pool.submit(work), self.limits.time_s)
        refusals = [answer for answer in read if isinstance(answer, Refusal)]
        if refusals and len(refusals) == len(read):
            raise refusals[0]
        return [
            {"name": name, **({"error": a.sentence, "status": a.status} if isinstance(a, Refusal) else a)}
            for (name, _), a in zip(sent, read, strict=True)
        ]

    def _read(
        self, analyser: Analyser, name: str, content: bytes, choice: Choice, quick: bool, until_s: float
    ) -> dict[str, Any] | Refusal:
        if self._clock() > until_s:
            return too_slow(self.limits.time_s)
        try:
            image_bgr = picture_of(content, name, self.limits)
            return answer_of(analyser.read_picture(image_bgr, choice, quick=quick))
        except Refusal as refusal:
            return refusal

    def read_video(self, name: str, content: bytes, choice: Choice) -> VideoStream:
        """Analyses every frame of a video while the answer is being sent.

        Raises:
            Refusal: it is no video (415) or damaged from its first frame on (422), or the server is busy (429).
        """
        if not self._video_room.acquire(blocking=False):
            self.pool.count_refused()
            raise busy()
        stream = VideoStream(name, content, self.limits, self._clock, self._video_room.release)
        try:
            future = self.pool.submit(lambda analyser: stream.work(analyser, choice))
        except BaseException:
            self._video_room.release()
            raise
        try:
            stream.begin(future)
        except BaseException:
            stream.close()
            raise
        return stream

    @staticmethod
    def result_of(future: Future[Any], timeout_s: float) -> Any:
        """Raises Refusal: 503, it took longer or the server ends; and what the work raised."""
        try:
            return future.result(timeout_s)
        except WaitedTooLong as error:
            future.cancel()
            raise too_slow(timeout_s) from error
        except CancelledError as error:
            raise Refusal(503, STOPPING) from error

    def close(self) -> None:
        """Finishes what has begun and ends the threads."""
        self.pool.close()
