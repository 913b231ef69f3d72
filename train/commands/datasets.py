"""The commands ``datasets``, which lists what can be read, and ``folders``, which unpacks Kaggle's CSV."""

from __future__ import annotations

import argparse
import os
import tempfile
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from realtime_fer.core.text.printable import say, say_lines
from train.commands.command_line import AddCommand
from train.data.kaggle_csv import iterate_kaggle_csv
from train.data.labelled_faces import FER2013_CLASSES, FER2013_NUMBERING, DatasetError
from train.data.splits import VALIDATION_SHARE

#: Rows that 'folders' writes by default: others would mix faces to measure on into those to learn from.
USAGES = ("Training",)

#: Folder names that 'folders' writes, by split.
SPLIT_FOLDERS = ("training", "validation")


@dataclass(frozen=True)
class CatalogueEntry:
    """One data set, as the listing describes it."""

    name: str
    what: str
    layouts: tuple[str, ...]
    licence: str
    source: str


CATALOGUE = (
    CatalogueEntry(
        "FER2013",
        "35,887 grey faces of 48x48 in seven classes (Training, PublicTest, PrivateTest).",
        (
            "Kaggle's fer2013.csv (columns emotion, pixels, Usage) or icml_face_data.csv, or a folder with one of "
            "them; classes as 0 to 6, 7 for contempt, or words; pixels of any square, grey or RGB",
            "a folder with labels.csv (columns image, usage, emotion) and training.zip, public_test.zip",
        ),
        "For research and education; the pictures may not be passed on.",
        "Kaggle, after signing in: "
        "https://www.kaggle.com/c/challenges-in-representation-learning-facial-expression-recognition-challenge",
    ),
    CatalogueEntry(
        "FER+",
        "Ten people's votes for each face of FER2013, in eight classes: '--labels-as ferplus'.",
        (
            "fer2013new.csv beside Kaggle's CSV, whose rows stand in the same order",
            "vote columns (neutral … contempt, unknown, NF) in the labels.csv of FER2013's zips",
        ),
        "MIT (the labels; the pictures are FER2013's).",
        "Microsoft: https://github.com/microsoft/FERPlus",
    ),
    CatalogueEntry(
        "facial_expressions",
        "Press photographs in eight classes, very unbalanced. Pictures are converted to 48x48, grey.",
        (
            "the repository's own folder, with images/ and data/legend.csv; split 80/20 by person",
            "a folder with labels.csv (columns image, split, emotion) and train.zip, validation.zip",
        ),
        "Apache-2.0.",
        "muxspace: https://github.com/muxspace/facial_expressions",
    ),
    CatalogueEntry(
        "AffectNet",
        "Photographs from the web in eight classes. Faces are converted to 48x48, grey; none, uncertain and no-face "
        "are left out.",
        (
            "a folder with training.csv and validation.csv (subDirectory_filePath, face_x … expression …), in it or "
            "in its Manually_Annotated_file_lists/, and the pictures in images/ or Manually_Annotated_Images/",
            "a folder with train_set/ and val_set/, each with images/N.jpg and annotations/N_exp.npy",
        ),
        "For research only, by a licence agreement; it may not be passed on.",
        "From its authors, at the request of a head of a laboratory or a professor, with the signed agreement: "
        "http://mohammadmahoor.com/affectnet/",
    ),
    CatalogueEntry(
        "RAF-DB",
        "15,339 photographs from the web in seven classes. Aligned faces are converted to 48x48, grey; a fifth of "
        "training validates, and test stays apart.",
        (
            "a folder with EmoLabel/list_patition_label.txt and Image/aligned/, or basic/ around both",
            "a folder with train/ and test/, each with folders 1 to 7",
        ),
        "For research that is not commercial, by agreement; it may not be passed on.",
        "From its authors, on request: http://www.whdeng.cn/RAF/model1.html",
    ),
    CatalogueEntry(
        "Your own pictures",
        "Cropped faces of any size and format; they are converted to 48x48, grey.",
        (
            "a folder per class (happy/, sad/ …, also happiness/, Anger/, 0_angry/ and so on); split 80/20 by "
            "file name",
            "the same below training/ and validation/ (or train/ and val/); without a validation folder, split 80/20 "
            "by file name; test/ is never used for it",
        ),
        "You know it best.",
        "'python -m train folders fer2013.csv images/' writes FER2013 in this layout.",
    ),
)

ANY_LAYOUT = (
    "Any folder may also be a .zip, .tar, .tar.gz or .tgz. CSV files may be separated by commas, semicolons or tabs. "
    "Splits may be called Training or train; PublicTest, validation, valid or val; PrivateTest or test."
)


def catalogue() -> str:
    """The listing of all data sets."""
    lines: list[str] = []
    for entry in CATALOGUE:
        lines += [entry.name, *_wrapped(entry.what, "  ")]
        for layout in entry.layouts:
            lines += _wrapped(f"- {layout}", "  ", "    ")
        lines += [*_wrapped(f"Licence: {entry.licence}", "  "), *_wrapped(f"From: {entry.source}", "  "), ""]
    return "\n".join([*lines, *_wrapped(ANY_LAYOUT, "")])


def _wrapped(text: str, indent: str, further: str | None = None) -> list[str]:
    # An address is never broken.
    return textwrap.wrap(
        text,
        100,
        initial_indent=indent,
        subsequent_indent=indent if further is None else further,
        break_long_words=False,
        break_on_hyphens=False,
    )


def write_class_folders(
    csv_path: Path,
    target: Path,
    validation: float = VALIDATION_SHARE,
    seed: int = 7,
    usages: Sequence[str] = USAGES,
) -> npt.NDArray[np.int64]:
    """Kaggle's CSV as ``target/training/<class>/fer0000000.png`` and ``target/validation/…``, named by row from 0.

    Each class is split by the same share, and the same seed gives the same split. The target is written whole or not at
    all.

    Args:
        validation: share of each class that validates, 0 to 1; a class of at least two faces is in both.
        usages: rows of other usages are left out.

    Returns:
        int64 (2, 7): faces written, by split and by class of ``FER2013_CLASSES``; (2, 8) where one is contempt, 7.

    Raises:
        DatasetError: the CSV is missing or damaged, or the target holds something or cannot be written.
    """
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise DatasetError(f"{target}: already exists and is not empty; name another folder.")
        numbers, labels, images = _read_all(csv_path, usages)
        class_names = FER2013_NUMBERING[: max(len(FER2013_CLASSES), int(labels.max()) + 1)]
        in_validation = _stratified(labels, validation, seed)
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as beside:
            whole = Path(beside) / "whole"
            for split in SPLIT_FOLDERS:
                for name in class_names:
                    (whole / split / name).mkdir(parents=True)
            rows = zip(numbers, labels, in_validation, images, strict=True)
            for number, label, validates, image in tqdm(rows, "Writing", len(labels), unit=" faces", disable=None):
                folder = whole / SPLIT_FOLDERS[int(validates)] / class_names[label]
                (folder / f"fer{number:07}.png").write_bytes(cv2.imencode(".png", image)[1].tobytes())
            if target.is_dir():
                target.rmdir()
            os.replace(whole, target)
    except OSError as error:
        raise DatasetError(f"{target}: cannot be written: {error.strerror}.") from error
    return np.stack([np.bincount(labels[in_validation == part], minlength=len(class_names)) for part in (0, 1)])


def _read_all(
    csv_path: Path, usages: Sequence[str]
) -> tuple[list[int], npt.NDArray[np.int64], list[npt.NDArray[np.uint8]]]:
    """Numbers, labels and images of the rows, whole before anything is written: all of FER2013 is 83 MB."""
    numbers: list[int] = []
    labels: list[int] = []
    images: list[npt.NDArray[np.uint8]] = []
    for row in tqdm(iterate_kaggle_csv(csv_path), "Reading", unit=" rows", disable=None):
        if any(row.of(usage) for usage in usages):
            numbers.append(row.index)
            labels.append(row.label())
            images.append(row.image())
    if not images:
        raise DatasetError(f"{csv_path}: no row has the usage {' or '.join(usages)}.")
    return numbers, np.array(labels, np.int64), images


def _stratified(labels: npt.NDArray[np.int64], validation: float, seed: int) -> npt.NDArray[np.bool_]:
    """bool (n,): which faces validate."""
    chosen = np.zeros(len(labels), np.bool_)
    random = np.random.default_rng(seed)
    for label in np.unique(labels):
        of_class = random.permutation(np.flatnonzero(labels == label))
        count = round(len(of_class) * validation)
        if len(of_class) > 1:
            count = min(max(count, 1), len(of_class) - 1)
        chosen[of_class[:count]] = True
    return chosen


def _show_datasets(_: argparse.Namespace) -> int:
    say_lines(catalogue())
    return 0


def _write_folders(arguments: argparse.Namespace) -> int:
    usages = arguments.usage or USAGES
    counts = write_class_folders(arguments.csv, arguments.target, arguments.validation, arguments.seed, usages)
    say(f"{'class':<10}{SPLIT_FOLDERS[0]:>12}{SPLIT_FOLDERS[1]:>12}")
    for position, name in enumerate(FER2013_NUMBERING[: counts.shape[1]]):
        say(f"{name:<10}{counts[0, position]:>12}{counts[1, position]:>12}")
    say(f"{'all':<10}{counts[0].sum():>12}{counts[1].sum():>12}")
    say(f"written: {arguments.target}, from the rows of {' and '.join(usages)}, seed {arguments.seed}")
    return 0


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = 0.0
    if not 0 < share < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a share between 0 and 1")
    return share


def _seed(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"'{text}' is not a whole number of at least 0")
    return int(text)


def add_parsers(command: AddCommand) -> None:
    """Adds ``datasets`` and ``folders``."""
    command("datasets", _show_datasets, "list the data sets and layouts that can be read, and where to get them")
    folders = command("folders", _write_folders, "write Kaggle's FER2013 CSV as a folder per class")
    folders.add_argument("csv", type=Path, help="fer2013.csv or icml_face_data.csv")
    folders.add_argument("target", type=Path, help="folder to write; it must be empty or missing")
    folders.add_argument(
        "--validation", type=_share, default=VALIDATION_SHARE, help="share of each class that validates (default 0.2)"
    )
    folders.add_argument("--seed", type=_seed, default=7, help="of the split (default 7)")
    folders.add_argument(
        "--usage",
        action="append",
        help="rows to write; repeatable: all are mixed and split anew, and none of them can be measured on afterwards "
        "(default Training)",
    )
