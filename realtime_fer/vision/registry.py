"""Finds models by id or path, and makes detectors by name."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib import resources
from itertools import islice
from pathlib import Path

from realtime_fer.core.cards.card_file import check_command, printable_path
from realtime_fer.core.cards.model_spec import ModelSpec, read_model_spec
from realtime_fer.core.enums import CONTACTS_GOOGLE, DetectorName
from realtime_fer.core.errors import DetectorError, ModelError
from realtime_fer.core.protocols import FaceDetector, LandmarkNetwork
from realtime_fer.core.request import is_model_file
from realtime_fer.core.text.addresses import hide_addresses
from realtime_fer.core.text.translation import Wording

logger = logging.getLogger(__name__)

#: Names a folder of a person's own models, used beside the shipped ones.
WEIGHTS_VARIABLE = "REALTIME_FER_WEIGHTS"

#: The most cards read of a folder, which may have been named by mistake.
MOST_CARDS = 500


def weights_folder() -> Path:
    """The folder of the shipped models: installed with the package, or beside it in a checkout."""
    try:
        installed = Path(str(resources.files("realtime_fer.weights")))
        if installed.is_dir():
            return installed
    except ModuleNotFoundError:
        pass
    return Path(__file__).resolve().parents[2] / "weights"


@cache
def shipped_hashes() -> frozenset[str]:
    """SHA-256 of the networks that came with the program, by the cards beside it, which are read once."""
    hashes: set[str] = set()
    for path in weights_folder().glob("*.json"):
        with suppress(ModelError):
            hashes.add(read_model_spec(path).sha256)
    return frozenset(hashes)


class ModelRegistry:
    """The models of ``folder``, or else the shipped ones and those of ``REALTIME_FER_WEIGHTS``, by id.

    >>> ModelRegistry().spec("fer-s").class_names[0]
    'neutral'

    The constructor reads the cards. It leaves out a card that is not usable or whose id is taken, and keeps a sentence
    about it in ``refused``.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or weights_folder()
        folders = [self._folder]
        if folder is None and os.environ.get(WEIGHTS_VARIABLE):
            folders.append(Path(os.environ[WEIGHTS_VARIABLE]))
        self._specs: dict[str, ModelSpec] = {}
        self._cards: dict[str, Path] = {}
        self.refused: list[str] = []
        for path in (path for each in folders for path in self._cards_in(each)):
            try:
                spec = read_model_spec(path)
            except ModelError as error:
                self.refused.append(error.sentence())
                continue
            if spec.model_id in self._specs:
                self.refused.append(
                    Wording(
                        "Model",
                        "The model card {path} is left out: there is a model '{model_id}' already.",
                        path=printable_path(path),
                        model_id=spec.model_id,
                    )
                )
            else:
                self._specs[spec.model_id], self._cards[spec.model_id] = spec, path

    def _cards_in(self, folder: Path) -> list[Path]:
        found = list(islice(folder.glob("*.json"), MOST_CARDS + 1))
        if len(found) > MOST_CARDS:
            text = Wording(
                "Model",
                "Only {count} of the cards in {folder} were read.",
                folder=printable_path(folder),
                count=MOST_CARDS,
            )
            self.refused.append(text)
        return sorted(found[:MOST_CARDS], key=_stem)

    @property
    def folder(self) -> Path:
        return self._folder

    def specs(self) -> list[ModelSpec]:
        return list(self._specs.values())

    def spec(self, word: str) -> ModelSpec:
        """The model whose id is ``word``, or whose card or network file lies at the path ``word``.

        Raises:
            ModelError: there is none, or its card is not usable.
        """
        return self._specs[word] if word in self._specs else self._from_file(word)

    def reread(self, word: str) -> ModelSpec:
        """As ``spec``, with this one card read again: its model may have been exported anew since. Any thread.

        Raises:
            ModelError: as ``spec``; or the card is gone.
        """
        card = self._cards.get(word)
        spec = read_model_spec(card) if card is not None else None
        return spec if spec is not None and spec.model_id == word else self._from_file(word)

    def _from_file(self, word: str) -> ModelSpec:
        path = Path(word)
        if is_model_file(word):
            card = path.with_suffix(".json")
            if path.is_file() and not card.exists():
                raise ModelError(
                    "The model '{path}' has no card, {card}, beside it.",
                    "{command} prints one to start from.",
                    path=printable_path(path),
                    card=printable_path(Path(card.name)),
                    command=check_command(path),
                )
            return read_model_spec(card)
        raise ModelError(
            "There is no model '{word}'.", "Known are: {known}.", word=hide_addresses(word), known=_listed(self._specs)
        )


def _stem(path: Path) -> str:
    # By whole names "fer-s-7.json" would come before "fer-s.json".
    return path.stem


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words) or "none"


def make_detector(name: str) -> FaceDetector:
    """The detector called ``name``.

    Raises:
        DetectorError: no detector has that name, or its model files cannot be had; the text says how to get them.
    """
    try:
        known = DetectorName(name)
    except ValueError:
        raise DetectorError(
            "There is no detector '{name}'.", "Known are: {known}.", name=name, known=", ".join(DetectorName)
        ) from None
    if known is not DetectorName.HAAR:
        return _near_and_far(known)
    from realtime_fer.vision.detectors.haar import HaarDetector

    return HaarDetector()


def _near_and_far(name: DetectorName) -> FaceDetector:
    from realtime_fer.vision import network_files
    from realtime_fer.vision.detectors.near_and_far import MIN_CONFIDENCE, NearAndFarDetector
    from realtime_fer.vision.detectors.second_looks import Network

    def network(near: bool) -> Network:
        if name is CONTACTS_GOOGLE:
            try:
                from realtime_fer.vision.detectors.mediapipe_tasks import TasksBlazeFace
            except ImportError as error:
                raise DetectorError(
                    "The detector '{name}' needs MediaPipe's own runtime, which is not installed. It contacts Google.",
                    "For a comparison, run: pip install 'realtime-fer[mediapipe]'",
                    name=name,
                ) from error
            file_name = network_files.SHORT_RANGE if near else network_files.FULL_RANGE
            return TasksBlazeFace(file_name, MIN_CONFIDENCE)
        from realtime_fer.vision.detectors.blazeface import FULL_RANGE, SHORT_RANGE, BlazeFace

        return BlazeFace(SHORT_RANGE if near else FULL_RANGE, MIN_CONFIDENCE)

    far = None if name is DetectorName.MEDIAPIPE_NEAR else network(near=False)
    try:
        near = None if name is DetectorName.MEDIAPIPE_FAR else network(near=True)
    except DetectorError:
        if far is not None:
            far.close()
        raise
    return NearAndFarDetector(name, near, far, landmarks=_landmarks())


def _landmarks() -> LandmarkNetwork | None:
    """None where its file is missing, as on a computer that fetched the detector's files before there was this one."""
    from realtime_fer.vision.landmarks.face_landmark import FaceLandmarkNetwork

    try:
        return FaceLandmarkNetwork()
    except DetectorError as error:
        logger.warning("Faces are searched in every frame: %s", error.sentence())
        return None
