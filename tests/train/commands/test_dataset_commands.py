"""``datasets`` and ``folders``, as the command line calls them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.train.made_up import write_csv
from tests.train.made_up_folders import pixels, write_kaggle
from train.__main__ import command_parser
from train.commands.datasets import write_class_folders
from train.data import DatasetError, create_dataset
from train.data.kaggle_csv import read_kaggle_csv
from train.data.labelled_faces import FER2013_CLASSES

ROWS = [(label, usage) for label in range(7) for usage in ("Training",) * 8 + ("PublicTest",) * 2 + ("PrivateTest",)]


def run(*words: object) -> int:
    arguments = command_parser().parse_args([str(word) for word in words])
    return int(arguments.act(arguments))


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.png")}


def test_datasets_names_each_set_with_layout_licence_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("datasets") == 0
    said = capsys.readouterr().out
    for word in ("fer2013.csv", "icml_face_data.csv", "fer2013new.csv", "labels.csv", "legend.csv", "training.csv"):
        assert word in said
    for word in ("list_patition_label.txt", ".tar.gz", "semicolons", "valid"):
        assert word in said
    for word in ("_exp.npy", "MIT", "Apache-2.0", "agreement", "https://github.com/microsoft/FERPlus", "kaggle.com/c/"):
        assert word in said
    assert said.count("Licence:") == said.count("From:") == 6
    assert all(len(one) <= 120 for one in said.splitlines())


def test_folders_are_split_by_class_and_read_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_kaggle(tmp_path / "fer2013.csv", *ROWS, side=48)
    both = ("--usage", "Training", "--usage", "PublicTest")
    assert run("folders", path, tmp_path / "images", "--validation", "0.2", *both) == 0
    said = capsys.readouterr().out
    assert [one.split() for one in said.splitlines()[1:8]] == [[name, "8", "2"] for name in FER2013_CLASSES]
    assert said.splitlines()[8].split() == ["all", "56", "14"]
    assert "Training and PublicTest" in said
    training, validation = (create_dataset(tmp_path / "images", usage) for usage in ("Training", "PublicTest"))
    assert (len(training), len(validation)) == (56, 14)
    original = {"Training": read_kaggle_csv(path, "Training"), "PublicTest": read_kaggle_csv(path, "PublicTest")}
    by_row = {
        f"fer{int(name.removeprefix('row ')) - 2:07}": (image, faces.class_names[label])
        for faces in original.values()
        for name, image, label in zip(faces.names, faces.images, faces.labels, strict=True)
    }
    for faces in (training, validation):
        assert set(faces.class_names) == set(FER2013_CLASSES)
        for name, image, label in zip(faces.names, faces.images, faces.labels, strict=True):
            was, key = by_row.pop(Path(name).stem)
            np.testing.assert_array_equal(image, was)
            assert faces.class_names[label] == key == Path(name).parent.name
    assert not by_row
    assert sorted(inside.name for inside in tmp_path.iterdir()) == ["fer2013.csv", "images"]


def test_training_alone_is_written_unless_told_otherwise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_kaggle(tmp_path / "fer2013.csv", *ROWS)
    assert run("folders", path, tmp_path / "images") == 0
    assert "from the rows of Training, seed 7" in capsys.readouterr().out
    of_training = {f"fer{number:07}" for number, (_, usage) in enumerate(ROWS) if usage == "Training"}
    assert {Path(name).stem for name in everything(tmp_path / "images")} == of_training


def test_the_seed_decides_the_split(tmp_path: Path) -> None:
    path = write_kaggle(tmp_path / "fer2013.csv", *ROWS)
    for name, seed in (("a", 7), ("b", 7), ("c", 8)):
        write_class_folders(path, tmp_path / name, seed=seed)
    assert everything(tmp_path / "a") == everything(tmp_path / "b")
    assert everything(tmp_path / "a").keys() != everything(tmp_path / "c").keys()


def test_usages_are_chosen_and_the_smallest_classes_are_in_both(tmp_path: Path) -> None:
    path = write_kaggle(
        tmp_path / "fer2013.csv", (0, "PrivateTest"), (0, "PrivateTest"), (1, "PrivateTest"), (2, "Training")
    )
    assert run("folders", path, tmp_path / "new" / "images", "--usage", "PrivateTest", "--validation", "0.01") == 0
    written = everything(tmp_path / "new" / "images")
    assert sorted(name.rpartition("/")[0] for name in written) == [
        "training/angry",
        "training/disgust",
        "validation/angry",
    ]


def test_an_empty_folder_is_taken_and_a_full_one_refused(tmp_path: Path) -> None:
    path = write_kaggle(tmp_path / "fer2013.csv", *ROWS)
    target = tmp_path / "images"
    target.mkdir()
    write_class_folders(path, target)
    before = everything(target)
    with pytest.raises(DatasetError, match="images: already exists and is not empty"):
        write_class_folders(path, target, seed=9)
    assert everything(target) == before
    with pytest.raises(DatasetError, match=r"fer2013\.csv: already exists"):
        write_class_folders(path, path)
    with pytest.raises(DatasetError, match="cannot be written"):
        write_class_folders(path, path / "below")


def test_contempt_is_a_folder_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_kaggle(tmp_path / "fer2013.csv", *((label, "train") for label in (0, 7, 7)))
    assert run("folders", path, tmp_path / "images") == 0
    assert capsys.readouterr().out.splitlines()[8].split() == ["contempt", "1", "1"]
    assert len([name for name in everything(tmp_path / "images") if "/contempt/" in name]) == 2


@pytest.mark.parametrize("row", [f"8,{pixels(0)},Training", "0,1 2 3,Training", "0,1 2 3 4"])
def test_a_damaged_file_writes_nothing(tmp_path: Path, row: str) -> None:
    path = write_csv(tmp_path / "fer2013.csv", "emotion,pixels,Usage", f"0,{pixels(0)},Training", row)
    with pytest.raises(DatasetError, match=r"fer2013\.csv: row 3"):
        write_class_folders(path, tmp_path / "images")
    assert [inside.name for inside in tmp_path.iterdir()] == ["fer2013.csv"]
    with pytest.raises(DatasetError, match="no such file"):
        write_class_folders(tmp_path / "none.csv", tmp_path / "images")
    with pytest.raises(DatasetError, match="no row has the usage Sunday"):
        write_class_folders(
            write_kaggle(tmp_path / "fer2013.csv", (0, "Training")), tmp_path / "images", usages=["Sunday"]
        )


@pytest.mark.parametrize(
    "words", [("--validation", "0"), ("--validation", "1"), ("--validation", "x"), ("--seed", "-1")]
)
def test_an_impossible_share_or_seed_is_refused(
    tmp_path: Path, words: tuple[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run("folders", tmp_path / "a.csv", tmp_path / "images", *words)
    assert words[1] in capsys.readouterr().err
