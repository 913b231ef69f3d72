"""A fit on made-up faces: it learns, is repeatable, and resumes exactly."""

from __future__ import annotations

import csv
import dataclasses
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")
from torch import nn  # noqa: E402

from realtime_fer.core.errors import ModelError  # noqa: E402
from tests.train.made_up import encoded, face, write_csv, write_fer2013, write_zip  # noqa: E402
from train.__main__ import main  # noqa: E402
from train.data.facial_expressions import person_in  # noqa: E402
from train.data.labelled_faces import (  # noqa: E402
    FER2013_CLASSES,
    FERPLUS_CLASSES,
    DatasetError,
    LabelledFaces,
    concatenate,
)
from train.data.readers import create_dataset  # noqa: E402
from train.data.training_faces import training_faces, validation_faces, validation_name  # noqa: E402
from train.fit import batches as batches_module  # noqa: E402
from train.fit.checkpoint import load_checkpoint  # noqa: E402
from train.fit.fit import fit  # noqa: E402
from train.fit.run_folder import RunError  # noqa: E402
from train.fit.soft_targets import SoftTargets  # noqa: E402
from train.fit.teachers import Teacher, load_teacher  # noqa: E402
from train.measure.plots import draw_curve  # noqa: E402
from train.models.face_network import FaceNetwork  # noqa: E402
from train.recipe import Recipe  # noqa: E402

RECIPE = Recipe(epochs=2, batch=14, warm_up_epochs=1, mixup_probability=0.5)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> tuple[LabelledFaces, LabelledFaces]:
    folder = write_fer2013(tmp_path_factory.mktemp("fer2013"))
    return create_dataset(folder, "Training"), create_dataset(folder, "PublicTest")


def weights_of(path: Path) -> dict[str, torch.Tensor]:
    return torch.load(path, weights_only=True)["network"]


def test_a_stopped_and_resumed_run_equals_a_whole_one(
    data: tuple[LabelledFaces, LabelledFaces], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = fit(*data, RECIPE, tmp_path / "whole", device_name="cpu", show_progress=False)
    assert (whole.epochs_done, whole.interrupted, whole.n) == (2, False, 14)

    calls = 0
    real = batches_module.augment

    def stop_in_the_second_epoch(*arguments: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 5:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(batches_module, "augment", stop_in_the_second_epoch)
    cut = fit(*data, RECIPE, tmp_path / "cut", device_name="cpu", show_progress=False)
    assert (cut.epochs_done, cut.interrupted) == (1, True)
    monkeypatch.undo()
    # As after a kill between the row in the log and the checkpoint.
    with (tmp_path / "cut" / "log.csv").open("a", encoding="utf-8") as log:
        log.write("2,0,0,0,0,0,0,0\n")
    resumed = fit(*data, RECIPE, tmp_path / "cut", resume=True, device_name="cpu", show_progress=False)
    assert (resumed.epochs_done, resumed.interrupted) == (2, False)

    expected, given = weights_of(tmp_path / "whole" / "last.pt"), weights_of(tmp_path / "cut" / "last.pt")
    assert all(torch.equal(expected[name], given[name]) for name in expected)
    assert resumed.best_accuracy == whole.best_accuracy
    with (tmp_path / "cut" / "log.csv").open(encoding="utf-8") as log:
        assert [row["epoch"] for row in csv.DictReader(log)] == ["1", "2"]
    checkpoint = load_checkpoint(tmp_path / "cut" / "best.pt")
    assert checkpoint.training_n == 42
    assert checkpoint.recipe == RECIPE.as_mapping()

    with pytest.raises(RunError, match="holds a run already"):
        fit(*data, RECIPE, tmp_path / "whole", show_progress=False)
    with pytest.raises(RunError, match="another recipe"):
        fit(*data, dataclasses.replace(RECIPE, seed=8), tmp_path / "whole", resume=True, show_progress=False)
    pytest.importorskip("matplotlib")
    draw_curve(tmp_path / "whole", tmp_path / "curve.png")
    assert (tmp_path / "curve.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("chosen_by", "sign"), [("accuracy", 1), ("nll", -1), ("last", 1)])
def test_the_epoch_that_is_kept_is_the_best_in_what_the_recipe_says(
    data: tuple[LabelledFaces, LabelledFaces], tmp_path: Path, chosen_by: str, sign: int
) -> None:
    recipe = dataclasses.replace(RECIPE, epochs=4, learning_rate=0.4, chosen_by=chosen_by)
    result = fit(*data, recipe, tmp_path / "run", device_name="cpu", show_progress=False)
    with (tmp_path / "run" / "log.csv").open(encoding="utf-8") as log:
        rows = list(csv.DictReader(log))
    scores = [float(row["epoch"] if chosen_by == "last" else row[f"validation_{chosen_by}"]) * sign for row in rows]
    assert len(set(scores)) > 1
    assert result.best_epoch == scores.index(max(scores)) + 1
    assert result.best_accuracy == pytest.approx(float(rows[result.best_epoch - 1]["validation_accuracy"]))
    assert load_checkpoint(result.checkpoint).epoch == result.best_epoch


def test_a_run_is_gone_on_with_on_the_same_faces_and_teachers_alone(
    data: tuple[LabelledFaces, LabelledFaces], tmp_path: Path
) -> None:
    training, validation = data
    recipe = dataclasses.replace(RECIPE, epochs=1)
    sources = [{"name": "FER2013", "n": len(training)}]
    teachers = [Teacher(FaceNetwork(nn.Sequential(nn.AvgPool2d(24), nn.Flatten()), 4, 7, 8), *2 * (FER2013_CLASSES,))]
    others = [Teacher(FaceNetwork(nn.Sequential(nn.AvgPool2d(24), nn.Flatten()), 4, 7, 8), *2 * (FER2013_CLASSES,))]

    def resumed(first: LabelledFaces, second: LabelledFaces, **changed: Any) -> int:
        given = {"data_sources": sources, "teachers": teachers, **changed}
        run = fit(first, second, recipe, tmp_path / "run", resume=True, device_name="cpu", show_progress=False, **given)
        return run.epochs_done

    def otherwise(faces: LabelledFaces, name: str, value: object) -> LabelledFaces:
        changed = getattr(faces, name).copy()
        changed[3] = value
        return dataclasses.replace(faces, **{name: changed})

    assert resumed(training, validation) == 1
    best, last = ((tmp_path / "run" / name).read_bytes() for name in ("best.pt", "last.pt"))
    soft_targets = SoftTargets(torch.zeros(1, 42, 48, 48, dtype=torch.uint8), torch.zeros(1, 42, 7), None, ("fer-s",))
    for said, refused in (
        ("other faces;", lambda: resumed(concatenate(training, validation), validation)),
        ("other faces or labels;", lambda: resumed(otherwise(training, "images", 0), validation)),
        ("other faces or labels;", lambda: resumed(otherwise(training, "labels", 0), validation)),
        ("other faces or labels;", lambda: resumed(otherwise(training, "votes", 0), validation)),
        ("to choose the best epoch on;", lambda: resumed(training, otherwise(validation, "labels", 0))),
        ("data sets of other names;", lambda: resumed(*data, data_sources=[{"name": "mine", "n": len(training)}])),
        ("other teachers;", lambda: resumed(*data, teachers=())),
        ("other teachers;", lambda: resumed(*data, teachers=others)),
        ("other soft targets;", lambda: resumed(*data, soft_targets=soft_targets)),
    ):  # fmt: skip
        with pytest.raises(RunError, match=f"was begun with .*{said}"):
            refused()
    assert [(tmp_path / "run" / name).read_bytes() for name in ("best.pt", "last.pt")] == [best, last]
    assert resumed(training, validation) == 1
    # A run of an older version does not say what it was begun with.
    state = torch.load(tmp_path / "run" / "last.pt", weights_only=True)
    del state["begun_with"]
    torch.save(state, tmp_path / "run" / "last.pt")
    assert resumed(otherwise(training, "labels", 0), validation, teachers=()) == 1


def test_an_impossible_run_is_refused(data: tuple[LabelledFaces, LabelledFaces], tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="fewer than one batch of 128"):
        fit(*data, Recipe(), tmp_path, show_progress=False)
    with pytest.raises(RunError, match="'quantum' is not available"):
        fit(*data, RECIPE, tmp_path, device_name="quantum", show_progress=False)
    (tmp_path / "file").write_text("")
    with pytest.raises(RunError, match="cannot be made"):
        fit(*data, RECIPE, tmp_path / "file" / "run", show_progress=False)
    (tmp_path / "last.pt").write_bytes(b"nothing")
    words = ["--weights", str(tmp_path / "last.pt"), "--images", "x", "--labels", "y", "--usage", "z"]
    assert main(["evaluate", *words]) == 2


def test_without_pytorch_a_sentence_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    assert main(["fit", "--recipe", "x.toml", "--data", "y"]) == 2
    said = capsys.readouterr().err
    assert "pip install torch==2.13.0" in said
    assert "pip install -e '.[train]'" in said


def test_a_teacher_without_the_classes_is_refused_and_one_with_them_is_followed(
    data: tuple[LabelledFaces, LabelledFaces], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_fer2013(tmp_path / "fer2013")
    recipe = tmp_path / "recipe.toml"

    def run(name: str, classes: str, *teacher: str) -> int:
        recipe.write_text(f"epochs = 1\nbatch = 2\nwarm_up_epochs = 1\n{classes}\n")
        return main(["fit", "--recipe", str(recipe), "--data", str(folder), "--run", str(tmp_path / name), *teacher])

    assert run("of two", 'classes = ["sad", "happy"]') == 0
    assert run("refused", "", "--teacher", str(tmp_path / "of two" / "best.pt")) == 2
    assert "lacks the classes to be learned: angry" in capsys.readouterr().err
    assert run("of seven", "") == 0
    assert run("student", 'classes = ["happy", "sad"]', "--teacher", str(tmp_path / "of seven" / "best.pt")) == 0
    student = load_checkpoint(tmp_path / "student" / "best.pt")
    assert student.teachers == ("fer-s",)
    assert student.teachers_data == ({"name": "FER2013", "n": 42, "ferplus": True},)
    assert student.validated_on == "FER2013 PublicTest"
    # What the teachers of a teacher learned from goes on to its students.
    state = torch.load(tmp_path / "student" / "best.pt", weights_only=True)
    state["teachers_data"] = [{"name": "AffectNet", "n": 9, "ferplus": False}]
    torch.save(state, tmp_path / "taught.pt")
    taught = load_teacher(tmp_path / "taught.pt", ("happy",)).data
    assert [entry["name"] for entry in taught] == ["FER2013", "AffectNet"]
    # A run of an older version names its data sets at most.
    for key in ("teachers_data", "validated_on"):
        del state[key]
    torch.save(state, tmp_path / "older.pt")
    older = load_checkpoint(tmp_path / "older.pt")
    assert (older.teachers_data, older.validated_on) == ((), "FER2013 PublicTest")
    torch.save({**state, "data_sources": [{"name": "holidays", "n": 3}]}, tmp_path / "older.pt")
    assert load_checkpoint(tmp_path / "older.pt").validated_on == "holidays validation"


def test_a_teachers_logits_come_in_the_students_order() -> None:
    network = FaceNetwork(nn.Sequential(nn.AvgPool2d(24), nn.Flatten()), 4, 3, 8)
    faces = torch.rand(5, 1, 48, 48) * 255
    assert torch.equal(Teacher(network, ("a", "b", "c"), ("c", "a"))(faces), network(faces)[:, [2, 0]])


def test_a_run_gives_two_networks_one_for_each_head(data: tuple[LabelledFaces, LabelledFaces], tmp_path: Path) -> None:
    run = fit(*data, RECIPE, tmp_path / "run", device_name="cpu", show_progress=False).checkpoint
    labels, votes = load_checkpoint(run), load_checkpoint(run, "votes")
    assert labels.class_names == data[0].class_names
    assert votes.class_names == FERPLUS_CLASSES
    assert (labels.labels_as, votes.labels_as) == ("emotion", "ferplus")
    faces = torch.rand(3, 1, 48, 48) * 255
    with torch.no_grad():
        assert votes.network(faces).shape == (3, 8)
        assert torch.equal(votes.network(faces), load_checkpoint(run).network.forward_both(faces)[1])
    without = fit(
        *data, dataclasses.replace(RECIPE, auxiliary_weight=0.0), tmp_path / "one", device_name="cpu",
        show_progress=False,
    )  # fmt: skip
    with pytest.raises(ModelError, match="has not learned"):
        load_checkpoint(without.checkpoint, "votes")


def test_further_data_can_teach_the_votes_alone(tmp_path: Path) -> None:
    fer2013, photographs = write_fer2013(tmp_path / "fer2013"), tmp_path / "photographs"
    photographs.mkdir()
    write_csv(
        photographs / "labels.csv", "image,split,emotion", "A_B_0001.jpg,train,contempt", "A_B_0002.jpg,train,sad"
    )
    write_zip(photographs / "train.zip", {f"A_B_000{i}.jpg": encoded(face(i, i)) for i in (1, 2)})
    recipe = dataclasses.replace(RECIPE, further_data="votes")
    faces, sources = training_faces([fer2013, photographs], recipe)
    first = create_dataset(fer2013, "Training")
    more = faces.soft_targets()[len(first) :]
    assert [source["n"] for source in sources] == [len(first), len(more)]
    assert not more.any()
    assert [FERPLUS_CLASSES[vote] for vote in faces.votes[len(first) :].argmax(1)] == ["contempt", "sad"]
    assert (faces.votes[len(first) :].sum(1) == 1).all()
    assert (faces.soft_targets()[: len(first)].sum(1) == 1).all()


def test_further_labels_can_be_softened_and_their_common_faces_seen_now_and_then(tmp_path: Path) -> None:
    fer2013, photographs = write_fer2013(tmp_path / "fer2013"), tmp_path / "photographs"
    photographs.mkdir()
    words = ["happy"] * 10 + ["neutral"] * 10 + ["sad"] * 3
    rows = [f"A_B_{i:04}.jpg,train,{word}" for i, word in enumerate(words)]
    write_csv(photographs / "labels.csv", "image,split,emotion", *rows)
    write_zip(photographs / "train.zip", {f"A_B_{i:04}.jpg": encoded(face(1, i)) for i in range(len(words))})
    recipe = dataclasses.replace(RECIPE, batch=2, further_data="softened", further_common_share=0.2)
    faces, _ = training_faces([fer2013, photographs], recipe)
    own = len(create_dataset(fer2013, "Training"))
    voted = faces.votes[:own]
    happy = FERPLUS_CLASSES.index("happy")
    np.testing.assert_allclose(faces.votes[own], voted[voted.argmax(1) == happy].mean(0))
    batches = batches_module.Batches(faces, recipe, True, torch.device("cpu"), torch.Generator().manual_seed(1))
    assert len(batches) == (own + 4 + 3) // 2
    first, second = batches.order().tolist(), batches.order().tolist()
    for order in (first, second):
        assert len(set(order)) == len(order) == own + 4 + 3
        assert sum(own <= row < own + 20 for row in order) == 4
        assert sum(row >= own + 20 for row in order) == 3
    assert set(first) != set(second), "other common faces in another epoch"


def test_a_share_of_training_can_be_held_out_to_choose_on(tmp_path: Path) -> None:
    fer2013 = write_fer2013(tmp_path / "fer2013", training=210)
    recipe = dataclasses.replace(RECIPE, held_out=0.3)
    learned, _ = training_faces([fer2013], recipe)
    chosen_on = validation_faces([fer2013], recipe)
    whole = create_dataset(fer2013, "Training")
    assert sorted(learned.names + chosen_on.names) == sorted(whole.names)
    assert 30 <= len(chosen_on) <= 100
    assert str(validation_name([fer2013], recipe)) == "FER2013 30% of Training, held out"
    assert str(validation_name([fer2013], RECIPE)) == "FER2013 PublicTest"


def test_people_of_a_fold_are_not_learned_from(tmp_path: Path) -> None:
    fer2013, photographs = write_fer2013(tmp_path / "fer2013"), tmp_path / "muxspace"
    photographs.mkdir()
    names = [f"Person {chr(65 + i)}_000{picture}.jpg" for i in range(12) for picture in (1, 2)]
    write_csv(photographs / "labels.csv", "image,split,emotion", *(f"{name},train,sad" for name in names))
    write_zip(photographs / "train.zip", {name: encoded(face(1, i)) for i, name in enumerate(names)})
    own = len(create_dataset(fer2013, "Training"))
    learned = []
    for fold in ("1/2", "2/2"):
        recipe = dataclasses.replace(RECIPE, further_data="votes", left_out_fold=fold)
        faces, sources = training_faces([fer2013, photographs], recipe)
        learned.append(set(faces.names[own:]))
        assert [source["n"] for source in sources] == [own, len(learned[-1])]
    assert learned[0] | learned[1] == set(names)
    assert not learned[0] & learned[1]
    assert {person_in(name) for name in learned[0]}.isdisjoint(person_in(name) for name in learned[1])
    with pytest.raises(DatasetError, match="Only facial_expressions tells who is in a picture"):
        training_faces([fer2013], dataclasses.replace(RECIPE, left_out_fold="1/2"))
