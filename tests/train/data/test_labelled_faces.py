import numpy as np
import pytest

from train.data.labelled_faces import FER2013_CLASSES, FERPLUS_CLASSES, DatasetError, LabelledFaces, concatenate


def faces_of(*words: str, classes: tuple[str, ...] = FER2013_CLASSES, soft: bool = False) -> LabelledFaces:
    labels = np.array([classes.index(word) for word in words], np.int64)
    images = np.arange(len(words), dtype=np.uint8)[:, None, None].repeat(4, 1).repeat(4, 2)
    targets = None
    if soft:
        targets = np.full((len(words), len(classes)), 0.2 / (len(classes) - 1), np.float32)
        targets[np.arange(len(words)), labels] = 0.8
    return LabelledFaces(images, labels, classes, tuple(f"{i}.png" for i in range(len(words))), None, targets)


def words_of(faces: LabelledFaces) -> list[str]:
    return [faces.class_names[label] for label in faces.labels]


def test_selecting_classes_renumbers_and_leaves_the_others_out() -> None:
    chosen = faces_of("happy", "disgust", "neutral", "angry").select(("neutral", "happy"))
    assert words_of(chosen) == ["happy", "neutral"]
    assert chosen.labels.tolist() == [1, 0]
    assert chosen.names == ("0.png", "2.png")
    assert chosen.images[:, 0, 0].tolist() == [0, 2]


def test_distributions_are_cut_to_the_chosen_classes_and_sum_to_one() -> None:
    chosen = faces_of("happy", "sad", classes=FERPLUS_CLASSES, soft=True).select(("sad", "happy", "neutral"))
    assert chosen.targets is not None
    assert np.allclose(chosen.targets.sum(1), 1)
    assert chosen.targets.argmax(1).tolist() == [1, 0]


def test_classes_that_are_not_there_are_named() -> None:
    with pytest.raises(DatasetError, match="no class 'contempt'"):
        faces_of("happy").select(("happy", "contempt"))
    with pytest.raises(DatasetError, match="no face of sad, fear"):
        faces_of("happy").select(("sad", "fear"))


def test_two_sets_become_one_in_the_first_ones_classes() -> None:
    votes = faces_of("sad", "contempt", classes=FERPLUS_CLASSES, soft=True)
    words = faces_of("happy", "fear", classes=("fear", "happy"))
    both = concatenate(votes, words)
    assert words_of(both) == ["sad", "contempt", "happy", "fear"]
    assert both.targets is not None
    assert both.targets[2].tolist() == np.eye(8)[FERPLUS_CLASSES.index("happy")].tolist()
    assert both.targets[0].max() == pytest.approx(0.8)
    assert len(both.names) == 4


def test_a_class_that_the_first_lacks_is_named() -> None:
    with pytest.raises(DatasetError, match="'contempt' is not among"):
        concatenate(faces_of("happy"), faces_of("contempt", classes=FERPLUS_CLASSES))


def test_hard_labels_are_one_hot_targets() -> None:
    assert faces_of("angry", "neutral").soft_targets().argmax(1).tolist() == [0, 6]


def test_arrays_that_do_not_go_together_are_refused() -> None:
    good = faces_of("happy", "sad")
    with pytest.raises(ValueError, match="targets must be"):
        LabelledFaces(good.images, good.labels, good.class_names, good.names, None, np.zeros((2, 8), np.float32))
    with pytest.raises(ValueError, match="votes must be"):
        LabelledFaces(good.images, good.labels, good.class_names, good.names, np.zeros((1, 8), np.float32))


def test_a_label_without_a_class_is_refused() -> None:
    good = faces_of("happy", "sad")
    with pytest.raises(ValueError, match="labels must be 0 to 6, got 0 to 9"):
        LabelledFaces(good.images, np.array([0, 9]), good.class_names, good.names)
