"""The pipeline of a run, as it is asked for."""

from __future__ import annotations

from collections.abc import Callable

from realtime_fer import assembly
from realtime_fer.commands.annotation.request import AnnotateRequest
from realtime_fer.commands.annotation.search_ahead import ChunkDetector
from realtime_fer.core.protocols import ExpressionClassifier, FaceDetector
from realtime_fer.vision.pipeline import ExpressionPipeline

#: A model's name and its threads -> the classifier. Raises ModelError.
MakeClassifier = Callable[[str, int], ExpressionClassifier]


def pipeline_of(
    request: AnnotateRequest,
    make_detector: Callable[[], FaceDetector] | None = None,
    tell: Callable[[str], None] | None = None,
    make_classifier: MakeClassifier | None = None,
) -> ExpressionPipeline:
    """The caller closes it.

    Args:
        make_detector: called once the classifier is there; by default the detector of the request is taken.
        tell: gets a sentence about a network that was not shipped.
        make_classifier: loads a model by its name, with this many threads; by default it is loaded anew.

    Raises:
        RealtimeFerError: a network is missing or damaged.
    """
    make_classifier = make_classifier or assembly.build_classifier
    classifier = make_classifier(request.model, request.threads)
    if tell is not None and (warning := getattr(classifier, "warning", "")):
        tell(warning)
    try:
        detector = make_detector() if make_detector else assembly.build_detector_or_fallback(request.detector)[0]
    except BaseException:
        classifier.close()
        raise
    pipeline = ExpressionPipeline(detector, classifier)
    try:
        if request.compare:
            pipeline.adopt_comparison(make_classifier(request.compare, request.threads))
        if request.blendshapes:
            pipeline.adopt_blendshapes(assembly.build_blendshapes())
        if request.gaze:
            pipeline.adopt_gaze(assembly.build_gaze())
        pipeline.adopt_own_expressions(request.own)
    except BaseException:
        pipeline.close()
        raise
    pipeline.set_options(request.options)
    return pipeline


def chunk_pipeline_of(request: AnnotateRequest) -> tuple[ExpressionPipeline, ChunkDetector]:
    """The pipeline of a run, which the caller closes, and its detector. Raises as ``pipeline_of``."""
    made: list[ChunkDetector] = []

    def make_detector() -> ChunkDetector:
        made.append(ChunkDetector(assembly.build_detector_or_fallback(request.detector)[0]))
        return made[0]

    return pipeline_of(request, make_detector), made[0]
