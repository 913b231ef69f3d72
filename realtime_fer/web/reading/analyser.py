"""Reads expressions in pictures and videos for one worker of the server."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.frame import Frame, FrameResult, Image
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.protocols import ExpressionClassifier, FaceDetector, FrameSource
from realtime_fer.vision.pipeline import ExpressionPipeline
from realtime_fer.web.refusals import Refusal

#: Pipelines that one worker keeps: that of the last choice, and one more for two people who choose differently.
_KEPT = 2


@dataclass(frozen=True)
class Choice:
    """Which model and which detector a request is read with, by their ids."""

    model: str
    detector: str


class Analyser:
    """Owns up to two pipelines. Made, used and closed by one thread alone.

    Args:
        make_detector, make_classifier: by id.
    """

    def __init__(
        self,
        make_detector: Callable[[str], FaceDetector],
        make_classifier: Callable[[str], ExpressionClassifier],
    ) -> None:
        self._make_detector, self._make_classifier = make_detector, make_classifier
        self._pipelines: OrderedDict[Choice, ExpressionPipeline] = OrderedDict()
        self._scene = 0

    def prepare(self, choice: Choice) -> None:
        """Loads model and detector. Raises Refusal: 503, one of them cannot be loaded."""
        self._pipeline(choice)

    def read_picture(self, image_bgr: Image, choice: Choice, *, quick: bool = False) -> FrameResult:
        """The faces of one picture; nothing of an earlier one counts.

        Args:
            image_bgr: uint8 (h, w, 3).
            quick: searches as for a frame of a camera, and not every tile of the picture for small faces.

        Raises:
            Refusal: 503, model or detector cannot be loaded, or gave nothing usable.
        """
        pipeline, scene = self._pipeline(choice), self._next_scene()
        name = "" if quick else "picture"
        frame = Frame(image_bgr, 0, 0.0, name=name, source_generation=scene, is_still=True)
        return self._processed(pipeline, frame)

    def read_video(self, source: FrameSource, choice: Choice) -> Iterator[FrameResult]:
        """Every frame of a source that is open, with faces followed over time. Identities count on between videos.

        Raises:
            SourceError: the rest of the video is damaged.
            Refusal: as ``read_picture``.
        """
        pipeline, scene = self._pipeline(choice), self._next_scene()
        for index, read in enumerate(iter(source.read, None)):
            time_s = read.media_time_s if read.media_time_s is not None else index / (source.fps or 25.0)
            yield self._processed(pipeline, Frame(read.image_bgr, index, time_s, source_generation=scene))

    def close(self) -> None:
        while self._pipelines:
            self._pipelines.popitem()[1].close()

    def _next_scene(self) -> int:
        # Another generation makes everybody new: no request sees anything of another one.
        self._scene += 1
        return self._scene

    def _processed(self, pipeline: ExpressionPipeline, frame: Frame) -> FrameResult:
        try:
            return pipeline.process(frame)
        except RealtimeFerError as error:
            raise Refusal(503, error.sentence()) from error

    def _pipeline(self, choice: Choice) -> ExpressionPipeline:
        if choice in self._pipelines:
            self._pipelines.move_to_end(choice)
            return self._pipelines[choice]
        try:
            detector = self._make_detector(choice.detector)
            try:
                classifier = self._make_classifier(choice.model)
            except BaseException:
                detector.close()
                raise
        except RealtimeFerError as error:
            raise Refusal(503, error.sentence()) from error
        while len(self._pipelines) >= _KEPT:
            self._pipelines.popitem(last=False)[1].close()
        pipeline = ExpressionPipeline(detector, classifier)
        pipeline.set_options(PipelineOptions(mirror=False))
        self._pipelines[choice] = pipeline
        return pipeline
