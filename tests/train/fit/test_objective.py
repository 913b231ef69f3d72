"""The loss, on a network so small that every number can be said beforehand."""

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402
from torch.nn import functional as F  # noqa: E402

from train.fit.batches import Batch, TeacherOutput  # noqa: E402
from train.fit.objective import Objective  # noqa: E402
from train.models.face_network import FaceNetwork  # noqa: E402
from train.recipe import Recipe  # noqa: E402

PLAIN = Recipe(label_smoothing=0.0, auxiliary_weight=0.0)


def network(bias: float, votes: int = 0) -> FaceNetwork:
    """Three classes whatever the face: the first by ``bias`` ahead of the others."""
    made = FaceNetwork(nn.Sequential(nn.AvgPool2d(48), nn.Flatten()), 1, 3, votes)
    with torch.no_grad():
        for parameter in made.parameters():
            parameter.zero_()
        made.head.bias[0] = bias
    return made


FACES = torch.full((4, 1, 48, 48), 100.0)
TARGET = torch.eye(3)[[0, 1, 0, 2]]


def test_without_a_teacher_it_is_cross_entropy() -> None:
    loss, logits = Objective(PLAIN)(network(2.0), Batch(FACES, TARGET, None, None))
    assert logits.tolist() == [[2.0, 0.0, 0.0]] * 4
    assert float(loss) == pytest.approx(float(F.cross_entropy(logits, TARGET)), rel=1e-5)


def test_a_student_that_says_what_its_teachers_say_on_average_has_nothing_to_learn() -> None:
    wholly = Recipe(label_smoothing=0.0, auxiliary_weight=0.0, teacher_weight=1.0)
    alike, _ = Objective(wholly, [network(2.0), network(2.0)])(network(2.0), Batch(FACES, TARGET, None, None))
    other, _ = Objective(wholly, [network(-2.0)])(network(2.0), Batch(FACES, TARGET, None, None))
    assert float(alike) == pytest.approx(0, abs=1e-5)
    assert float(other) > 0.5


def test_the_teachers_share_is_the_recipes() -> None:
    own, _ = Objective(PLAIN)(network(2.0), Batch(FACES, TARGET, None, None))
    shared = Recipe(label_smoothing=0.0, auxiliary_weight=0.0, teacher_weight=0.25)
    loss, _ = Objective(shared, [network(2.0)])(network(2.0), Batch(FACES, TARGET, None, None))
    assert float(loss) == pytest.approx(0.75 * float(own), rel=1e-4)


def test_votes_add_their_cross_entropy_and_no_votes_nothing() -> None:
    recipe = Recipe(label_smoothing=0.0, auxiliary_weight=0.5)
    without, _ = Objective(recipe)(network(2.0, votes=8), Batch(FACES, TARGET, torch.zeros(4, 8), None))
    votes, _ = Objective(recipe)(network(2.0, votes=8), Batch(FACES, TARGET, torch.eye(8)[[0, 1, 2, 3]], None))
    assert float(votes - without) == pytest.approx(0.5 * torch.log(torch.tensor(8.0)).item(), rel=1e-3)


def test_faces_without_a_target_add_nothing_and_do_not_thin_the_others() -> None:
    recipe = Recipe(label_smoothing=0.1, auxiliary_weight=0.0)
    labelled, _ = Objective(recipe)(network(2.0), Batch(FACES[:2], TARGET[:2], None, None))
    silent = torch.cat([TARGET[:2], torch.zeros(2, 3)])
    mixed, _ = Objective(recipe)(network(2.0), Batch(FACES, silent, None, None))
    assert float(mixed) == pytest.approx(float(labelled), rel=1e-4)


def test_label_smoothing_is_the_usual_one() -> None:
    recipe = Recipe(label_smoothing=0.1, auxiliary_weight=0.0)
    loss, logits = Objective(recipe)(network(2.0), Batch(FACES, TARGET, None, None))
    assert float(loss) == pytest.approx(float(F.cross_entropy(logits, TARGET, label_smoothing=0.1)), rel=1e-4)


def test_teachers_that_know_the_votes_teach_them_too() -> None:
    recipe = Recipe(label_smoothing=0.0, auxiliary_weight=1.0, teacher_weight=1.0)
    votes = torch.eye(8)[[0, 1, 2, 3]]
    alike, _ = Objective(recipe, [network(2.0, votes=8)])(network(2.0, votes=8), Batch(FACES, TARGET, votes, None))
    assert float(alike) == pytest.approx(0, abs=1e-5)
    sure = network(2.0, votes=8)
    with torch.no_grad():
        sure.auxiliary_head.bias[0] = 5.0
    other, _ = Objective(recipe, [sure])(network(2.0, votes=8), Batch(FACES, TARGET, votes, None))
    assert float(other) > 0.5


def test_an_opinion_brought_along_counts_as_teachers_asked_would() -> None:
    wholly = Recipe(label_smoothing=0.1, auxiliary_weight=0.5, teacher_weight=0.6)
    teacher, student = network(1.0, votes=8), network(-1.0, votes=8)
    votes = torch.eye(8)[[0, 1, 2, 3]]
    with torch.no_grad():
        classes, shares = teacher.forward_both(FACES)
    taught = TeacherOutput(torch.softmax(classes, 1), torch.softmax(shares, 1))
    asked, _ = Objective(wholly, [teacher])(student, Batch(FACES, TARGET, votes, None))
    brought, _ = Objective(wholly)(student, Batch(FACES, TARGET, votes, taught))
    assert float(brought) == pytest.approx(float(asked), rel=0.01)
    without, _ = Objective(wholly)(student, Batch(FACES, TARGET, votes, None))
    assert float(without) != pytest.approx(float(asked), rel=0.05)
