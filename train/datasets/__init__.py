"""Readers of data sets. Each returns a :class:`LabelledFaces`."""

from train.datasets.labelled_faces import DatasetError, LabelledFaces
from train.datasets.readers import open_dataset

__all__ = ["DatasetError", "LabelledFaces", "open_dataset"]
