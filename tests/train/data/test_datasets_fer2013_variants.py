"""FER2013's CSV in the forms that people pass on: other words, an eighth class, other sizes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.train.made_up import face, write_csv
from tests.train.made_up_folders import pixels, resized_by_opencv
from train.data import DatasetError, LabelledFaces, create_dataset
from train.data.labelled_faces import FER2013_CLASSES
from train.data.labels_csv import read_labels


def keys(faces: LabelledFaces) -> list[str]:
    return [faces.class_names[label] for label in faces.labels]


def write_rows(path: Path, *rows: tuple[object, str]) -> Path:
    return write_csv(path, "emotion,pixels,Usage", *(f"{word},{pixels(1)},{usage}" for word, usage in rows))


def test_classes_may_be_words_or_numbers_with_a_point(tmp_path: Path) -> None:
    words = ("happy", "Happiness", " SAD ", "0.0", "6.", "4")
    faces = create_dataset(write_rows(tmp_path / "a.csv", *((word, "Training") for word in words)), "Training")
    assert keys(faces) == ["happy", "happy", "sad", "angry", "neutral", "sad"]
    assert faces.class_names == FER2013_CLASSES


@pytest.mark.parametrize("word", ["7", "7.0", "Contempt"])
def test_contempt_is_an_eighth_class_of_every_split(tmp_path: Path, word: str) -> None:
    path = write_rows(tmp_path / "a.csv", (0, "Training"), (word, "Training"), (3, "PublicTest"))
    training, validation = create_dataset(path, "Training"), create_dataset(path, "PublicTest")
    assert keys(training) == ["angry", "contempt"]
    assert keys(validation) == ["happy"]
    assert training.class_names == validation.class_names == (*FER2013_CLASSES, "contempt")


@pytest.mark.parametrize(
    ("training", "validation", "test"),
    [("train", "val", "test"), ("Train", "valid", "TEST "), ("training", "validation", "PrivateTest")],
)
def test_each_word_for_a_split_is_read_and_test_stays_apart(
    tmp_path: Path, training: str, validation: str, test: str
) -> None:
    path = write_rows(tmp_path / "a.csv", (0, training), (1, training), (3, validation), (6, test))
    read = {usage: keys(create_dataset(path, usage)) for usage in ("Training", "PublicTest", "PrivateTest")}
    assert read == {"Training": ["angry", "disgust"], "PublicTest": ["happy"], "PrivateTest": ["neutral"]}


def test_a_missing_split_is_named_with_those_that_are_there(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.csv", (0, "train"), (6, "test"))
    with pytest.raises(DatasetError, match=r"a\.csv: no row has the usage 'PublicTest'; there is test, train\."):
        create_dataset(path, "PublicTest")


def test_rows_of_any_square_are_brought_to_48(tmp_path: Path) -> None:
    large = face(2, 5, side=224)
    row = " ".join(map(str, large.reshape(-1)))
    grey = create_dataset(write_csv(tmp_path / "a.csv", "emotion,pixels,Usage", f"2,{row},Training"), "Training")
    np.testing.assert_array_equal(grey.images, resized_by_opencv(large)[None])


def test_rows_in_colour_are_read_as_rgb(tmp_path: Path) -> None:
    red = np.zeros((224, 224, 3), np.uint8)
    red[..., 0] = 200
    row = " ".join(map(str, red.reshape(-1)))
    faces = create_dataset(write_csv(tmp_path / "a.csv", "emotion,pixels,Usage", f"3,{row},Training"), "Training")
    assert faces.images.shape == (1, 48, 48)
    # Red counts 0.299 in grey, and blue 0.114.
    assert set(faces.images.reshape(-1).tolist()) == {60}
    assert keys(faces) == ["happy"]


def test_labels_of_the_zips_may_be_numbers_of_fer2013_but_not_where_numbers_mean_nothing(tmp_path: Path) -> None:
    labels = write_csv(tmp_path / "labels.csv", "image,usage,emotion", "a,train,3.0", "b,Train,0")
    assert [row.expression_key() for row in read_labels(labels, "Training")] == ["happy", "angry"]
    other = write_csv(tmp_path / "other.csv", "image,split,emotion", "a,train,3")
    with pytest.raises(DatasetError, match=r"other\.csv: row 2: '3' is not an expression, such as 'happy'"):
        read_labels(other, "train")[0].expression_key()
