"""The interfaces between folders. ``runtime`` and ``assembly`` know detectors, sources and sinks by these alone."""

from __future__ import annotations

from collections.abc import Callable, Collection
from types import TracebackType
from typing import Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.face_features.gaze import Eyes
from realtime_fer.core.face_features.landmarks import Landmarks
from realtime_fer.core.face_features.resting_face import RestingFace
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import Frame, FrameResult, Image, SourceFrame
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.own_expressions.model import OwnModel
from realtime_fer.core.request import VideoTrack


class FrameSource(Protocol):
    """Gives frames one after another. Opened, read and closed by one thread alone."""

    @property
    def name(self) -> str:
        """For people, without credentials: 'Integrated Camera', 'demo', a file's name."""

    @property
    def is_live(self) -> bool:
        """True where a frame that is not read in time is lost: cameras and addresses."""

    @property
    def fps(self) -> float | None:
        """Frames a second, as far as the source knows; after ``open``."""

    @property
    def frame_count(self) -> int | None:
        """Frames in all, where that is known; after ``open``."""

    def open(self) -> None:
        """Raises SourceError: it cannot be opened."""

    def read(self) -> SourceFrame | None:
        """The next frame, blocking; None at the end. Raises SourceError: lost or damaged."""

    def close(self) -> None:
        """May be called twice, and without ``open``."""


@runtime_checkable
class SeekableSource(FrameSource, Protocol):
    """A source whose frames can be read from any place, as a player needs it.

    >>> source.open()
    >>> source.seek(2.5)
    >>> shown = source.read()
    >>> source.step(-1)
    >>> before = source.read()
    >>> before.media_time_s < shown.media_time_s <= 2.5
    True

    Times are seconds since the first frame, as ``SourceFrame.media_time_s``.
    """

    @property
    def duration_s(self) -> float | None:
        """When the last frame ends, as far as the source knows; after ``open``."""

    @property
    def position_s(self) -> float:
        """Time of the frame that was read last; after ``open``, ``seek`` and ``step``, of the one that is read next."""

    def seek(self, t_s: float) -> None:
        """The next ``read`` gives the frame that is on screen at ``t_s``: the last one whose time is at most ``t_s``.

        Before the first frame that is the first one, after the end the last one. It works after the end was reached.

        Raises SourceError: not open, or nothing can be read there any more.
        """

    def step(self, frames: int) -> None:
        """The next ``read`` gives the frame that is ``frames`` after the one at ``position_s``; before it if negative.

        0 gives that frame again. Outside the range it gives the first or the last one.

        Raises SourceError: as ``seek``.
        """


@runtime_checkable
class TrackedSource(FrameSource, Protocol):
    """A file that may have several video tracks, of which one is read."""

    @property
    def tracks(self) -> tuple[VideoTrack, ...]:
        """Those that move, in the order of their numbers; () where there is only one. After ``open``."""


@runtime_checkable
class PictureSource(SeekableSource, Protocol):
    """Pictures in a list, of which any can be shown."""

    @property
    def picture_names(self) -> tuple[str, ...]:
        """Names of all pictures in their order, those that cannot be read too; after ``open``."""

    def go_to(self, index: int) -> None:
        """The next ``read`` gives the picture at this place of ``picture_names``, or the nearest that can be read.

        Raises SourceError: as ``seek``.
        """


#: For ``FaceDetector.detect``: more tiles than any image has.
ALL_TILES = 1_000_000


class LandmarkNetwork(Protocol):
    """Finds the points of faces. Called from one thread alone."""

    def predict(self, image_bgr: Image, regions: npt.NDArray[np.float32]) -> Landmarks:
        """The points of the faces in n squares of a uint8 (h, w, 3) BGR image.

        Args:
            regions: float32 (n, 4), as ``vision.landmarks.regions`` gives them; a square may leave the image.
        """

    def close(self) -> None: ...


class BlendshapeNetwork(Protocol):
    """Finds the blendshapes of faces. Called from one thread alone."""

    def predict(self, image_bgr: Image, regions: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """(n, 52), columns as ``BLENDSHAPE_KEYS``, 0 to 1; NaN for a square that holds no face.

        Args:
            image_bgr, regions: as of ``LandmarkNetwork``.
        """

    def close(self) -> None: ...


class EyeNetwork(Protocol):
    """Finds irises and lids of faces. Called from one thread alone."""

    def predict(self, image_bgr: Image, points: npt.NDArray[np.float32]) -> Eyes:
        """The eyes of n faces in a uint8 (h, w, 3) BGR image, by their points, float32 (n, 468, 2 or more)."""

    def close(self) -> None: ...


class FaceDetector(Protocol):
    """Finds faces. Called from one thread alone."""

    @property
    def name(self) -> str:
        """As in the dropdown and ``--detector``: a ``DetectorName``."""

    @property
    def family(self) -> str:
        """Key of the crop in a model's card: 'mediapipe' or 'haar'."""

    @property
    def landmarks(self) -> LandmarkNetwork | None:
        """By which the faces that it finds can be followed; None where they cannot. Belongs to the detector."""

    def detect(self, image_bgr: Image, *, thorough: bool = False, tiles: int = 0) -> Faces:
        """The faces of a uint8 (h, w, 3) BGR image, in its pixels, most confident first.

        Args:
            thorough: searches with all that the detector has, whatever it costs; otherwise it may skip what it did for
                the frames just before.
            tiles: the most tiles of the image that it may search more closely for small faces, if it does so at all.
                Later calls return their faces too, until they are searched again or a call passes 0. ``ALL_TILES``
                searches every tile now.
        """

    def close(self) -> None: ...


class ExpressionClassifier(Protocol):
    """Reads expressions. Called from one thread alone."""

    @property
    def spec(self) -> ModelSpec: ...

    def predict(self, inputs: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """(n, H, W, C) values 0 to 255 -> (n, classes) probabilities, columns as ``spec.class_names``.

        Raises ModelError: the network gave no probabilities.
        """

    def close(self) -> None: ...


class Annotator(Protocol):
    """Draws one kind of thing."""

    def annotate(self, image_bgr: Image, result: FrameResult) -> None:
        """Draws onto ``image_bgr``, uint8 (h, w, 3), in place."""


#: Gives a result's image with everything drawn onto it, uint8 (h, w, 3). Called from one thread alone.
DrawFrame = Callable[[FrameResult], Image]


class Pipeline(Protocol):
    """Frame in, result out: what the inference thread drives. Called from one thread alone."""

    def process(self, frame: Frame) -> FrameResult:
        """Raises ModelError: the model cannot read these faces; ComparisonModelError: the comparison model cannot.

        Without that model the same frame can be processed.
        """

    def adopt_detector(self, detector: FaceDetector) -> None: ...

    def adopt_classifier(self, classifier: ExpressionClassifier | None) -> None: ...

    def set_options(self, options: PipelineOptions) -> None: ...

    def adopt_comparison(self, classifier: ExpressionClassifier | None) -> None:
        """Reads the same faces with a second model too; None ends the comparison."""

    def adopt_blendshapes(self, network: BlendshapeNetwork | None) -> None:
        """Finds blendshapes too, from the next frame on; None ends that."""

    def adopt_gaze(self, network: EyeNetwork | None) -> None:
        """Finds where faces look too, from the next frame on; None ends that."""

    def adopt_own_expressions(self, model: OwnModel | None) -> None:
        """Judges faces by a person's own expressions too, from the next frame on; None ends that."""

    def learn_resting_faces(self, identities: Collection[int] | None = None) -> None:
        """Learns the resting faces of these identities, or of all in view; results tell how it goes on."""

    def use_resting_face(self, face: RestingFace) -> None:
        """Takes one from a file, for whoever is alone in view; results tell of it."""

    def forget_resting_faces(self, identities: Collection[int] | None = None) -> None: ...

    def forget_people(self, identities: Collection[int]) -> None:
        """Forgets who these are: their resting faces too; a face in view gets a new number."""

    def set_degradation(self, step: int) -> None:
        """A position in ``core.degradation.DEGRADATION_STEPS``."""

    def close(self) -> None: ...


class FrameSink(Protocol):
    """Writes results in order. A context manager; called from one thread alone."""

    def write(self, result: FrameResult, t_s: float) -> None:
        """Keeps one result.

        Args:
            t_s: seconds since the first frame, strictly increasing; the same for every sink of a recording.

        Raises:
            SinkError: it cannot be written, such as on a full disk.
        """

    def close(self) -> None:
        """Finishes the file. May be called twice. Raises SinkError."""

    def __enter__(self) -> FrameSink: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
