from pathlib import Path

import numpy as np

from tests.train.live.made_up_scenes import a_picture
from tests.train.made_up import encoded, write_csv, write_fer2013, write_zip
from train.live.pictures import Deck, Pairs, decks_of, read_pictures


def test_fer2013_is_read_by_the_majority_of_the_votes(tmp_path: Path) -> None:
    title, pictures = read_pictures(write_fer2013(tmp_path / "fer2013"))
    assert title == "FER2013 PublicTest by FER+ majority"
    assert len(pictures) == 14
    assert {picture.person for picture in pictures} == {""}


def test_press_photographs_keep_their_size_and_tell_who_it_is(tmp_path: Path) -> None:
    large = np.full((128, 128), 90, np.uint8)
    images = {"Ann_Bell_0001.png": encoded(large), "Ann_Bell_0002.png": encoded(large), "Cy_0001.png": encoded(large)}
    write_zip(tmp_path / "validation.zip", images)
    rows = [f"{name},validation,{word}" for name, word in zip(images, ("anger", "happiness", "fear"), strict=True)]
    write_csv(tmp_path / "labels.csv", "image,split,emotion", *rows)
    title, pictures = read_pictures(tmp_path)
    assert title == "facial_expressions validation"
    assert [(picture.person, picture.key) for picture in pictures] == [
        ("ann_bell", "angry"),
        ("ann_bell", "happy"),
        ("cy", "fear"),
    ]
    assert pictures[0].image.shape == (128, 128)


def test_every_picture_comes_once_and_the_data_sets_take_turns() -> None:
    pictures = [a_picture("happy", 9, f"large {i}", data_set="large") for i in range(6)]
    pictures += [a_picture("happy", 9, f"small {i}", data_set="small") for i in range(2)]
    deck = Deck(pictures, np.random.default_rng(0))
    drawn = [deck.draw() for _ in range(9)]
    assert {picture.name for picture in drawn[:8]} == {picture.name for picture in pictures}
    assert [picture.data_set for picture in drawn[:4]] == ["large", "small", "large", "small"]
    assert drawn[8] is drawn[0]


def test_there_is_a_deck_for_each_expression_that_is_there() -> None:
    decks = decks_of([a_picture("sad", 1), a_picture("happy", 1)], np.random.default_rng(0))
    assert list(decks) == ["happy", "sad"]


def test_pairs_are_of_one_person_and_of_each_expression_in_turn() -> None:
    pictures = [a_picture("neutral", 1, f"{who} {i}", who) for who in ("ann", "bob") for i in range(5)]
    pictures += [a_picture("happy", 1, f"{who} laughs", who) for who in ("ann", "bob")]
    pictures += [a_picture("fear", 1, "alone", "cy"), a_picture("fear", 1, "nobody knows")]
    pairs = Pairs(pictures, np.random.default_rng(0))
    assert len(pairs) == 12
    drawn = [pairs.draw() for _ in range(8)]
    assert all(before.person == after.person and before.key != after.key for before, after in drawn)
    assert [after.key for _, after in drawn] == ["neutral", "happy"] * 4
