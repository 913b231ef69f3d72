"""Readers of data sets. Each gives a :class:`LabelledFaces`."""

from train.data.labelled_faces import DatasetError, LabelledFaces
from train.data.readers import create_dataset

__all__ = ["DatasetError", "LabelledFaces", "create_dataset"]
