"""A folder per class, with and without folders for the splits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.train.made_up import face, write_csv
from tests.train.made_up_folders import photograph, write_picture
from train.data import DatasetError, create_dataset
from train.data.splits import split_by_name


def test_splits_and_words_of_any_case_are_known(tmp_path: Path) -> None:
    write_picture(tmp_path / "Train" / "HAPPINESS" / "a.png", face(3, 3))
    write_picture(tmp_path / "Train" / "anger" / "b.png", photograph(200, 100, 90))
    write_picture(tmp_path / "val" / "Happy" / "c.jpg", photograph(30, 30, 10))
    (tmp_path / "val" / "contempt").mkdir()
    (tmp_path / "Train" / "anger" / "Thumbs.db").write_bytes(b"no picture")
    (tmp_path / ".cache").mkdir()
    training, validation = create_dataset(tmp_path, "Training"), create_dataset(tmp_path, "PublicTest")
    assert training.class_names == validation.class_names == ("happy", "angry", "contempt")
    assert training.names == ("HAPPINESS/a.png", "anger/b.png")
    assert training.labels.tolist() == [0, 1]
    np.testing.assert_array_equal(training.images[0], face(3, 3))
    assert (training.images[1] == 90).all()
    assert validation.labels.tolist() == [0]
    with pytest.raises(DatasetError, match="has no folder for the split 'test'"):
        create_dataset(tmp_path, "test")


@pytest.mark.parametrize("with_test", [True, False])
def test_with_no_folder_that_validates_a_part_of_training_does_and_never_test(tmp_path: Path, with_test: bool) -> None:
    names = [f"sad/{number}.png" for number in range(60)]
    for name in names:
        write_picture(tmp_path / "train" / name, photograph(8, 8, 50))
    if with_test:
        write_picture(tmp_path / "test" / "sad" / "b.png", face(1, 2))
        assert create_dataset(tmp_path, "PrivateTest").names == ("sad/b.png",)
    training, validation = create_dataset(tmp_path, "Training"), create_dataset(tmp_path, "PublicTest")
    assert sorted([*training.names, *validation.names]) == sorted(names)
    assert 0.05 < len(validation) / len(names) < 0.4
    # The same as without folders for the splits.
    assert all(split_by_name(name) == "validation" for name in validation.names)
    write_picture(tmp_path / "validation" / "sad" / "c.png", face(1, 2))
    assert create_dataset(tmp_path, "PublicTest").names == ("sad/c.png",)
    assert len(create_dataset(tmp_path, "Training")) == len(names)


def test_without_splits_the_names_decide_and_stay_where_they_are(tmp_path: Path) -> None:
    names = [f"{word}/{number}.png" for word in ("sad", "Neutral") for number in range(100)]
    for name in names:
        write_picture(tmp_path / name, photograph(8, 8, 50))
    training, validation = create_dataset(tmp_path, "Training"), create_dataset(tmp_path, "PublicTest")
    assert sorted([*training.names, *validation.names]) == sorted(names)
    assert 0.1 < len(validation) / 200 < 0.3
    more = create_dataset(tmp_path, "PublicTest", validation=0.5)
    assert 0.4 < len(more) / 200 < 0.6
    assert set(validation.names) < set(more.names)
    (tmp_path / training.names[0]).unlink()
    assert create_dataset(tmp_path, "PublicTest").names == validation.names


def test_the_split_by_name_is_the_same_everywhere() -> None:
    # The first digits of `printf ada | sha256sum` and so on, as shares of 2^64.
    shares = {"ada": 0.992, "max": 0.608, "eva": 0.011, "kim": 0.151, "bo": 0.238}
    for name, share in shares.items():
        assert split_by_name(name) == ("validation" if share < 0.2 else "training")
        assert split_by_name(name, validation=share - 0.001) == "training"
        assert split_by_name(name, validation=share + 0.001) == "validation"


def test_what_is_no_class_is_named(tmp_path: Path) -> None:
    write_picture(tmp_path / "flat" / "happy" / "a.png", face(1, 1))
    (tmp_path / "flat" / "merry").mkdir()
    with pytest.raises(DatasetError, match=r"merry: 'merry' is not an expression"):
        create_dataset(tmp_path / "flat", "Training")
    write_picture(tmp_path / "split" / "train" / "happy" / "a.png", face(1, 1))
    (tmp_path / "split" / "sad").mkdir()
    with pytest.raises(DatasetError, match=r"sad: lies beside the splits' folders, but 'sad' is not a split"):
        create_dataset(tmp_path / "split", "Training")
    (tmp_path / "split" / "sad").rmdir()
    (tmp_path / "split" / "val" / "happy").mkdir(parents=True)
    (tmp_path / "split" / "train" / "happy" / "b.png").write_bytes(b"no picture")
    with pytest.raises(DatasetError, match=r"b\.png is not an image"):
        create_dataset(tmp_path / "split", "Training")
    (tmp_path / "empty" / "train" / "happy").mkdir(parents=True)
    with pytest.raises(DatasetError, match="holds no picture of the split 'training'"):
        create_dataset(tmp_path / "empty", "Training")


@pytest.mark.parametrize(
    ("names", "by_name", "keys"),
    [
        (
            ("0_angry", "1-disgust", "2 Fear", "03.happiness"),
            ("angry", "disgust", "fear", "happy"),
            ("happy", "fear", "disgust", "angry"),
        ),
        (("SADNESS ", " Neutral", "Surprised"), ("sad", "neutral", "surprise"), ("neutral", "sad", "surprise")),
    ],
)
def test_numbers_before_the_word_and_spaces_around_it_mean_nothing(
    tmp_path: Path, names: tuple[str, ...], by_name: tuple[str, ...], keys: tuple[str, ...]
) -> None:
    for name in names:
        write_picture(tmp_path / "train" / name / "a.png", face(1, 1))
    faces = create_dataset(tmp_path, "Training", validation=0.0)
    assert faces.class_names == keys
    read = dict(zip(faces.names, (keys[label] for label in faces.labels), strict=True))
    assert read == {f"{name}/a.png": key for name, key in zip(names, by_name, strict=True)}


def test_the_folders_decide_where_a_table_of_labels_lies_beside_them(tmp_path: Path) -> None:
    for word in ("happy", "sad"):
        for number in range(6):
            write_picture(tmp_path / word / f"image{number}.png", face(1, number))
    rows = (f"{number},happy/image{number}.png,surprise,0.87" for number in range(6))
    write_csv(tmp_path / "labels.csv", ",pth,label,relFCs", *rows)
    faces = create_dataset(tmp_path, "Training", validation=0.0)
    assert faces.class_names == ("happy", "sad")
    assert faces.labels.tolist() == [0] * 6 + [1] * 6
    write_csv(tmp_path / "labels.csv", "image,split,emotion", "image0.png,train,surprise")
    assert create_dataset(tmp_path, "Training", validation=0.0).labels.tolist() == [0] * 6 + [1] * 6


@pytest.mark.parametrize("place", ["images", "images/images", "archive/images", "train/images", "images/train"])
def test_a_further_level_changes_nothing(tmp_path: Path, place: str) -> None:
    write_picture(tmp_path / place / "happy" / "a.png", face(3, 3))
    write_picture(tmp_path / place / "sad" / "images" / "b.png", face(4, 4))
    (tmp_path / "readme.txt").write_text("about")
    faces = create_dataset(tmp_path, "Training", validation=0.0)
    assert [faces.class_names[label] for label in faces.labels] == ["happy", "sad"]
    np.testing.assert_array_equal(faces.images, [face(3, 3), face(4, 4)])


@pytest.mark.parametrize("place", ["test/images", "test/archive", "data/test/more"])
def test_a_test_is_not_taken_for_training_because_it_lies_there_alone(tmp_path: Path, place: str) -> None:
    write_picture(tmp_path / place / "happy" / "a.png", face(3, 3))
    for usage in ("Training", "PublicTest"):
        with pytest.raises(DatasetError, match=r"holds no data set|has no folder for the split"):
            create_dataset(tmp_path, usage, validation=0.5)
