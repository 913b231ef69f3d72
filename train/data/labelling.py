"""FER2013's two kinds of labels for the same faces: its own seven classes, or FER+'s eight by votes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from train.data.labelled_faces import FER2013_CLASSES, FERPLUS_CLASSES, DatasetError, LabelledFaces
from train.data.labels_csv import LabelRow, shares_of

LabelsAs = Literal["emotion", "ferplus"]


def labelled_key(row: LabelRow, labels_as: LabelsAs) -> str | None:
    """Expression key of the row; None where FER+'s majority rule drops it."""
    return row.majority_key() if labels_as == "ferplus" else row.expression_key()


def labelled_faces(
    images: Sequence[npt.NDArray[np.uint8]],
    rows: Sequence[LabelRow],
    labels_as: LabelsAs,
    where: str,
    class_names: tuple[str, ...] = FER2013_CLASSES,
) -> LabelledFaces:
    """FER2013's faces with either kind of label.

    "emotion" gives its own classes, with the votes, if there are any, as the auxiliary task. "ferplus" gives FER+'s
    eight classes: the label is the official majority, images without one are left out, and ``targets`` are the shares
    of the votes.

    Args:
        images: uint8 (h, w) each, of one size.
        rows: one for each image; with votes for "ferplus".
        where: beginning of messages.
        class_names: the data set's own.

    Raises:
        DatasetError: there are no votes, or no image has a majority.
    """
    if labels_as == "emotion":
        keys = [row.expression_key() for row in rows]
        has_votes = rows[0].votes is not None
        second_task = np.stack([row.vote_shares() for row in rows]).astype(np.float32) if has_votes else None
        return _faces(images, rows, keys, class_names, votes=second_task)
    majorities = [row.majority_key() for row in rows]
    kept = [position for position, key in enumerate(majorities) if key is not None]
    if not kept:
        raise DatasetError(f"{where}: no image has a majority of FER+'s votes.")
    shares = [shares_of(votes) for position in kept if (votes := rows[position].votes) is not None]
    return _faces(
        [images[position] for position in kept],
        [rows[position] for position in kept],
        [key for key in majorities if key is not None],
        FERPLUS_CLASSES,
        targets=np.stack(shares).astype(np.float32),
    )


def _faces(
    images: Sequence[npt.NDArray[np.uint8]],
    rows: Sequence[LabelRow],
    keys: Sequence[str],
    class_names: tuple[str, ...],
    votes: npt.NDArray[np.float32] | None = None,
    targets: npt.NDArray[np.float32] | None = None,
) -> LabelledFaces:
    return LabelledFaces(
        np.stack(images),
        np.array([class_names.index(key) for key in keys], np.int64),
        class_names,
        tuple(row.image for row in rows),
        votes,
        targets,
    )
