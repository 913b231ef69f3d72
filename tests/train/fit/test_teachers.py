"""Teachers: what an exported file says, of which data it learned, and what a mirrored face adds."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from realtime_fer.core.cards.model_spec import read_model_spec  # noqa: E402
from tests.train.made_up import face  # noqa: E402
from train.cards.card_data import FERPLUS_SOURCE  # noqa: E402
from train.data.labelled_faces import FER2013_CLASSES, FERPLUS_CLASSES, DatasetError, LabelledFaces  # noqa: E402
from train.fit.soft_targets import TeacherEnsemble  # noqa: E402
from train.fit.teachers import Teacher, load_teacher  # noqa: E402
from train.predictors import TflitePredictor  # noqa: E402

CHECKOUT = Path(__file__).resolve().parents[3]
WEIGHTS = CHECKOUT / "weights"


def golden(model_id: str) -> tuple[np.ndarray, np.ndarray]:
    """Faces (n, 48, 48) and the probabilities that the trained network gave for them."""
    content = np.load(CHECKOUT / "tests" / "train" / "golden" / f"{model_id}.npz")
    return content["faces"], content["probabilities"]


def made_up_validation(faces: int = 14) -> LabelledFaces:
    labels = np.arange(faces) % 7
    images = np.stack([face(int(label), number) for number, label in enumerate(labels)])
    return LabelledFaces(images, labels.astype(np.int64), FER2013_CLASSES, tuple(f"face-{n}" for n in range(faces)))


def test_an_exported_teacher_says_what_its_file_says() -> None:
    faces, _ = golden("fer-s-7")
    inputs = faces[..., None].astype(np.float32)
    teacher = load_teacher(WEIGHTS / "fer-s-7.json", FER2013_CLASSES)
    logits, votes = teacher.forward_both(torch.from_numpy(faces).float().unsqueeze(1))
    assert votes is not None
    for model_id, given, class_names in (("fer-s-7", logits, FER2013_CLASSES), ("fer-s", votes, FERPLUS_CLASSES)):
        spec = read_model_spec(WEIGHTS / f"{model_id}.json")
        expected = TflitePredictor.of_card(spec).predict(inputs)
        columns = [spec.class_names.index(name) for name in class_names]
        np.testing.assert_allclose(torch.softmax(given, 1).numpy(), expected[:, columns], atol=1e-4)
    with pytest.raises(DatasetError, match=r"fer-s-7\.json lacks the classes to be learned: contempt"):
        load_teacher(WEIGHTS / "fer-s-7.json", FERPLUS_CLASSES)


def test_an_exported_teacher_without_an_output_for_votes_has_no_opinion_on_them() -> None:
    teacher = load_teacher(WEIGHTS / "fer-s.json", FER2013_CLASSES)
    logits, votes = teacher.forward_both(torch.zeros(1, 1, 48, 48))
    assert (logits.shape, votes) == ((1, 7), None)


def test_the_data_of_a_teacher_and_of_its_own_teachers_are_handed_on(tmp_path: Path) -> None:
    card = json.loads((WEIGHTS / "fer-s-7.json").read_text(encoding="utf-8"))
    (tmp_path / card["file"]).write_bytes((WEIGHTS / card["file"]).read_bytes())
    assert FERPLUS_SOURCE in card["data"]["source"]
    card["data"]["teachers"] = [{"name": "AffectNet", "n": 5}]
    (tmp_path / "taught.json").write_text(json.dumps(card), encoding="utf-8")
    ensemble = TeacherEnsemble([load_teacher(tmp_path / "taught.json", FER2013_CLASSES)], made_up_validation(), None)
    assert ensemble.teachers_data() == [
        {"name": "FER2013", "n": 28709, "ferplus": True},
        {"name": "facial_expressions", "n": 7918, "ferplus": False},
        {"name": "AffectNet", "n": 5, "ferplus": False},
    ]


class LeftHalf(torch.nn.Module):
    """Logits from the left half of the face alone, so that the mirrored face gives others."""

    def forward_both(self, grey: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        means = grey[:, 0, :, :24].reshape(len(grey), 8, -1).mean(2) / 40
        return means[:, :7], means.flip(1)


def test_the_opinion_on_a_mirrored_face_is_the_mean_of_both_logits() -> None:
    faces = np.stack([face(number, number) for number in range(7)])
    faces[:, :, 30:] //= 3
    network = LeftHalf()
    ensemble = TeacherEnsemble(
        [Teacher(network, FER2013_CLASSES, FER2013_CLASSES)], made_up_validation(), None, mirrored=True
    )
    grey = torch.from_numpy(faces).float().unsqueeze(1)
    both = [(a + b) / 2 for a, b in zip(network.forward_both(grey), network.forward_both(grey.flip(3)), strict=True)]
    assert (both[0] - network.forward_both(grey)[0]).abs().max() > 0.3
    facts = ensemble.facts()[0]
    assert facts["mirrored"] is True
    classes, votes = ensemble.probabilities(faces)
    assert votes is not None
    torch.testing.assert_close(classes, torch.softmax(both[0] / facts["temperature"], 1), atol=1e-3, rtol=0)
    torch.testing.assert_close(votes, torch.softmax(both[1], 1), atol=1e-3, rtol=0)


def test_a_file_that_looks_at_mirrored_faces_itself_is_not_asked_twice() -> None:
    assert read_model_spec(WEIGHTS / "fer-s-7.json").card["mirrored"] is True
    teacher = load_teacher(WEIGHTS / "fer-s-7.json", FER2013_CLASSES)
    faces, _ = golden("fer-s-7")
    once, mirrored = (
        TeacherEnsemble([teacher], made_up_validation(), None, mirrored=mirrored).probabilities(faces[:4])[0]
        for mirrored in (False, True)
    )
    torch.testing.assert_close(once, mirrored, atol=0, rtol=0)
