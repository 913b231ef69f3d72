"""What teachers say beforehand: the same faces, the same teacher output, and a student that learns from it."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from tests.train.made_up import write_fer2013  # noqa: E402
from train.__main__ import main  # noqa: E402
from train.augmentation.views import changed_faces  # noqa: E402
from train.data.labelled_faces import DatasetError, LabelledFaces  # noqa: E402
from train.data.readers import create_dataset  # noqa: E402
from train.fit.batches import Batches  # noqa: E402
from train.fit.checkpoint import load_checkpoint  # noqa: E402
from train.fit.fingerprints import network_sha256  # noqa: E402
from train.fit.soft_targets import TeacherEnsemble, load_soft_targets  # noqa: E402
from train.fit.teachers import load_teacher  # noqa: E402
from train.recipe import Recipe, read_recipe  # noqa: E402

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data set, a teacher of one epoch and its soft targets."""
    folder = tmp_path_factory.mktemp("distilling")
    data = write_fer2013(folder / "fer2013")
    (folder / "recipe.toml").write_text("epochs = 1\nbatch = 7\nwarm_up_epochs = 1\nmixup_probability = 0.5\n")
    words = ["--recipe", str(folder / "recipe.toml"), "--data", str(data)]
    assert main(["fit", *words, "--run", str(folder / "teacher")]) == 0
    assert main(["soft-targets", *words, *soft(folder), "--views", "3"]) == 0
    return folder


def soft(folder: Path) -> list[str]:
    return ["--teacher", str(folder / "teacher" / "best.pt"), "--out", str(folder / "soft")]


@pytest.fixture(scope="module")
def faces(made: Path) -> LabelledFaces:
    return create_dataset(made / "fer2013", "Training")


def test_an_opinion_is_about_the_picture_beside_it(made: Path, faces: LabelledFaces) -> None:
    targets = load_soft_targets(made / "soft", faces)
    assert (len(targets), targets.teachers) == (3, ("fer-s",))
    pictures, classes, votes = targets.look_up(torch.tensor([2, 0]), torch.tensor([5, 11]))
    recipe = read_recipe(made / "recipe.toml")
    expected = np.stack([changed_faces(faces.images, recipe, view, CPU)[face] for view, face in ((2, 5), (0, 11))])
    np.testing.assert_array_equal(pictures.numpy(), expected)
    assert (np.abs(expected.astype(int) - faces.images[[5, 11]]).mean((1, 2)) > 5).all(), "a view is a changed face"
    teacher = load_teacher(made / "teacher" / "best.pt", faces.class_names)
    validation = create_dataset(made / "fer2013", "PublicTest")
    majority = create_dataset(made / "fer2013", "PublicTest", labels_as="ferplus")
    asked = TeacherEnsemble([teacher], validation, majority).probabilities(expected)
    torch.testing.assert_close(classes, asked[0], atol=0.02, rtol=0)
    assert votes is not None
    assert asked[1] is not None
    torch.testing.assert_close(votes, asked[1], atol=0.02, rtol=0)
    facts = json.loads((made / "soft" / "facts.json").read_text())
    assert facts["validation"]["PublicTest"]["n"] == 14
    assert facts["teachers"][0]["temperature"] > 0


def test_what_was_begun_is_gone_on_with_and_other_faces_are_refused(
    made: Path, faces: LabelledFaces, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    views = sorted((made / "soft").glob("view-*.npz"))
    before = [path.read_bytes() for path in views]
    views[1].unlink()
    words = ["soft-targets", "--recipe", str(made / "recipe.toml"), *soft(made), "--views", "3"]
    assert main([*words, "--data", str(made / "fer2013")]) == 0
    with np.load(views[1]) as again:
        assert len(again["faces"]) == len(faces)
    assert views[0].read_bytes() == before[0]
    other = write_fer2013(tmp_path / "other", training=49)
    assert main([*words, "--data", str(other)]) == 2
    assert "was begun with other faces;" in capsys.readouterr().err
    with pytest.raises(DatasetError, match="other faces or classes"):
        load_soft_targets(made / "soft", create_dataset(other, "Training"))
    with pytest.raises(DatasetError, match="holds no soft targets"):
        load_soft_targets(tmp_path, faces)
    views[2].write_bytes(b"half")
    with pytest.raises(DatasetError, match=r"view-02\.npz: is damaged"):
        load_soft_targets(made / "soft", faces)
    views[2].write_bytes(before[2])


def test_views_that_were_begun_otherwise_are_refused(
    made: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    recipe, data = tmp_path / "other.toml", ["--data", str(made / "fer2013"), "--views", "3"]
    for entry, said in (("scale = 0.1", "a recipe with other augmentation"), ("seed = 8", "another seed")):
        recipe.write_text(f"{(made / 'recipe.toml').read_text()}{entry}\n")
        assert main(["soft-targets", "--recipe", str(recipe), *data, *soft(made)]) == 2
        assert f"was begun with {said};" in capsys.readouterr().err
    # What is drawn anew in every epoch is not in the views.
    recipe.write_text(f"{(made / 'recipe.toml').read_text()}erase_probability = 0.1\n")
    assert main(["soft-targets", "--recipe", str(recipe), *data, *soft(made)]) == 0
    state = torch.load(made / "teacher" / "best.pt", weights_only=True)
    facts = json.loads((made / "soft" / "facts.json").read_text())
    state["network"]["head.weight"] *= 1.01
    torch.save(state, tmp_path / "best.pt")
    teacher = load_teacher(tmp_path / "best.pt", tuple(facts["class_names"]))
    assert [network_sha256(teacher)] != facts["teachers_sha256"]
    # A folder of an older version tells less of itself, and is gone on with all the same.
    older = {key: value for key, value in facts.items() if key not in ("changes", "teachers_sha256", "teachers_data")}
    (made / "soft" / "facts.json").write_text(json.dumps(older))
    recipe.write_text((made / "recipe.toml").read_text())
    assert main(["soft-targets", "--recipe", str(recipe), *data, *soft(made)]) == 0
    assert load_soft_targets(made / "soft", create_dataset(made / "fer2013", "Training")).teachers_data == ()
    (made / "soft" / "facts.json").write_text(json.dumps(facts))


def test_batches_of_views_are_flipped_and_erased_and_no_more(made: Path, faces: LabelledFaces) -> None:
    recipe = dataclasses.replace(read_recipe(made / "recipe.toml"), erase_probability=0.0, mixup_probability=0.0)
    targets = load_soft_targets(made / "soft", faces)
    batches = Batches(faces, recipe, True, CPU, torch.Generator().manual_seed(1), targets)
    batch = batches.make(batches.order()[:7], 0)
    assert batch.taught is not None
    views = torch.cat([targets.look_up(torch.full((42,), view), torch.arange(42))[0] for view in range(3)]).float()
    for picture in batch.grey[:, 0]:
        distance = min(float((views - turned).abs().mean((1, 2)).min()) for turned in (picture, picture.flip(1)))
        assert distance < 0.01
    torch.testing.assert_close(batch.taught.classes.sum(1), torch.ones(7), atol=0.01, rtol=0)


def test_a_student_learns_from_soft_targets_and_its_card_names_the_teachers(
    made: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["fit", "--recipe", str(made / "recipe.toml"), "--data", str(made / "fer2013")]
    words += ["--run", str(made / "student"), "--soft-targets", str(made / "soft")]
    assert main([*words, "--teacher", str(made / "teacher" / "best.pt")]) == 2
    assert "not both" in capsys.readouterr().err
    assert main(words) == 0
    student = load_checkpoint(made / "student" / "best.pt")
    assert student.teachers == ("fer-s",)
    assert student.teachers_data == ({"name": "FER2013", "n": 42, "ferplus": True},)


def test_a_run_can_start_from_a_trained_network(made: Path, capsys: pytest.CaptureFixture[str]) -> None:
    slow = made / "slow.toml"
    slow.write_text("epochs = 1\nbatch = 7\nwarm_up_epochs = 1\nlearning_rate = 1e-9\naverage_decay = 0.0\n")
    words = ["fit", "--recipe", str(slow), "--data", str(made / "fer2013"), "--run", str(made / "tuned")]
    words += ["--start-from", str(made / "teacher" / "best.pt")]
    assert main(words) == 0
    begun, gone_on = (load_checkpoint(made / name / "best.pt").network for name in ("teacher", "tuned"))
    for name, weights in begun.named_parameters():
        torch.testing.assert_close(gone_on.get_parameter(name), weights, atol=1e-5, rtol=0)
    slow.write_text('model = "fer-xs"\n' + slow.read_text())
    assert main([*words[:-4], "--run", str(made / "other"), *words[-2:]]) == 2
    assert "is of another network or of other classes" in capsys.readouterr().err


def test_a_recipe_of_other_classes_is_refused(made: Path, faces: LabelledFaces) -> None:
    recipe = Recipe(classes=("happy", "sad"))
    with pytest.raises(DatasetError, match="other faces or classes"):
        load_soft_targets(made / "soft", faces.select(recipe.classes))
