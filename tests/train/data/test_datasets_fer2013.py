"""FER2013 with FER+'s votes: as zips, and as Kaggle's CSV with fer2013new.csv beside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.train.made_up import VOTES_HEADER, encoded, face, write_csv, write_fer2013, write_zip
from tests.train.made_up_folders import FERPLUS_HEADER, write_kaggle
from train.data import DatasetError, create_dataset
from train.data.labelled_faces import FER2013_CLASSES, FERPLUS_CLASSES

ROWS = ((0, "Training"), (3, "Training"), (6, "PublicTest"), (4, "Training"))
VOTES = (
    "Training,fer0000000.png,0,0,0,0,8,2,0,0,0,0",
    "Training,,0,0,0,0,0,0,0,0,0,10",
    "PublicTest,fer0000001.png,9,1,0,0,0,0,0,0,0,0",
    "Training,fer0000002.png,2,0,0,0,0,0,0,8,0,0",
)


def test_kaggles_csv_has_the_votes_of_the_file_beside_it_in_row_order(tmp_path: Path) -> None:
    write_kaggle(tmp_path / "fer2013.csv", *ROWS)
    write_csv(tmp_path / "fer2013new.csv", FERPLUS_HEADER, *VOTES)
    own = create_dataset(tmp_path, "Training")
    assert own.class_names == FER2013_CLASSES
    assert own.labels.tolist() == [0, 3, 4]
    assert own.names == ("row 2", "row 3", "row 5")
    assert own.targets is None
    assert own.votes is not None
    np.testing.assert_allclose(
        own.votes[0, [FERPLUS_CLASSES.index("angry"), FERPLUS_CLASSES.index("disgust")]], [0.8, 0.2]
    )
    assert not own.votes[1].any()

    voted = create_dataset(tmp_path / "fer2013.csv", "train", "ferplus")
    assert voted.class_names == FERPLUS_CLASSES
    assert [voted.class_names[label] for label in voted.labels] == ["angry", "contempt"]
    assert voted.votes is None
    assert voted.targets is not None
    assert voted.targets.dtype == np.float32
    np.testing.assert_allclose(voted.targets.sum(1), 1)
    assert voted.targets[1, FERPLUS_CLASSES.index("contempt")] == pytest.approx(0.8)
    np.testing.assert_array_equal(voted.images, own.images[[0, 2]])


def test_the_other_kaggle_file_is_found_in_a_folder_too(tmp_path: Path) -> None:
    write_csv(tmp_path / "icml_face_data.csv", "emotion, Usage, pixels", "0, Training,1 2 3 4", "6, PublicTest,1 2 3 4")
    assert create_dataset(tmp_path, "validation").labels.tolist() == [6]


@pytest.mark.parametrize(
    ("votes", "said"),
    [
        (VOTES[:3], r"fer2013new\.csv: has 3 rows of votes, and none for .*fer2013\.csv: row 5"),
        ((*VOTES, VOTES[0]), r"fer2013new\.csv: has 5 rows of votes, but fer2013\.csv has 4 images"),
        (
            (VOTES[0], VOTES[2], VOTES[1], VOTES[3]),
            r"fer2013new\.csv: row 3: is of the usage 'PublicTest', but the image",
        ),
        ((VOTES[0], "Training,x,1,2"), r"fer2013new\.csv: row 3: has 4 fields, not 12"),
        (("Training,a,x,0,0,0,0,0,0,0,0,0",), r"fer2013new\.csv: row 2: its votes are not whole numbers"),
    ],
)
def test_votes_of_other_rows_are_refused(tmp_path: Path, votes: tuple[str, ...], said: str) -> None:
    write_kaggle(tmp_path / "fer2013.csv", *ROWS)
    write_csv(tmp_path / "fer2013new.csv", FERPLUS_HEADER, *votes)
    with pytest.raises(DatasetError, match=said):
        create_dataset(tmp_path, "Training")


def test_without_votes_there_are_no_ferplus_labels(tmp_path: Path) -> None:
    write_kaggle(tmp_path / "fer2013.csv", *ROWS)
    with pytest.raises(DatasetError, match=r"fer2013new\.csv must lie beside it"):
        create_dataset(tmp_path, "Training", "ferplus")
    write_csv(tmp_path / "fer2013new.csv", FERPLUS_HEADER.replace(",NF", ""), *VOTES)
    with pytest.raises(DatasetError, match="has no column 'nf'"):
        create_dataset(tmp_path, "Training", "ferplus")


def test_the_zips_give_the_majority_and_the_votes(tmp_path: Path) -> None:
    voted = create_dataset(write_fer2013(tmp_path), "Training", "ferplus")
    assert voted.class_names == FERPLUS_CLASSES
    assert len(voted) == 42
    assert [voted.class_names[label] for label in voted.labels[:7]] == list(FER2013_CLASSES)
    assert voted.targets is not None
    np.testing.assert_array_equal(voted.targets, np.eye(8, dtype=np.float32)[voted.labels])


def test_an_image_that_ferplus_did_not_publish_still_has_its_majority_as_target(tmp_path: Path) -> None:
    lines = ("a,Training,sad,6,0,0,0,0,0,0,2,2,0,0", "b,Training,sad,5,0,0,5,0,0,0,0,0,0,1")
    write_csv(tmp_path / "labels.csv", f"image,usage,emotion,{VOTES_HEADER}", *lines)
    write_zip(tmp_path / "training.zip", {name: encoded(face(0, 0)) for name in ("a.png", "b.png")})
    voted = create_dataset(tmp_path, "Training", "ferplus")
    assert voted.names == ("a",)
    assert voted.targets is not None
    # Of the eight classes; what was voted unknown is left out.
    assert voted.targets[0].tolist() == pytest.approx([0.75, 0, 0, 0, 0, 0, 0, 0.25])


def test_a_set_where_nothing_has_a_majority_is_refused(tmp_path: Path) -> None:
    write_csv(tmp_path / "labels.csv", f"image,usage,emotion,{VOTES_HEADER}", "b,Training,sad,5,0,0,5,0,0,0,0,0,0,1")
    write_zip(tmp_path / "training.zip", {"b.png": encoded(face(0, 0))})
    with pytest.raises(DatasetError, match=r"training\.zip: 'Training': no image has a majority"):
        create_dataset(tmp_path, "Training", "ferplus")


def test_a_zip_that_lacks_an_image_of_its_labels_is_refused(tmp_path: Path) -> None:
    write_csv(tmp_path / "labels.csv", "image,usage,emotion", "a,Training,sad", "b,Training,sad")
    write_zip(tmp_path / "training.zip", {"a.png": encoded(face(0, 0))})
    with pytest.raises(DatasetError, match=r"labels\.csv: row 3: .*training\.zip holds no image 'b'"):
        create_dataset(tmp_path, "Training")


def test_an_unknown_split_and_unknown_folders_are_said(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="'Sunday' is not a split"):
        create_dataset(write_fer2013(tmp_path / "fer"), "Sunday")
    with pytest.raises(DatasetError, match="not 'votes'"):
        create_dataset(tmp_path / "fer", "Training", "votes")
    (tmp_path / "strange" / "things").mkdir(parents=True)
    with pytest.raises(DatasetError, match="holds no data set in a known layout"):
        create_dataset(tmp_path / "strange", "Training")
    with pytest.raises(DatasetError, match="no row has the usage 'PrivateTest'"):
        create_dataset(tmp_path / "fer", "PrivateTest")
