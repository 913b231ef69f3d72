import math

import pytest

from train.live.figures import changes, difference, figures_of, finding, steadiness
from train.live.playing import Track
from train.live.report import as_text, overview


def a_track(
    truths: str, shown: str, *, scene: int = 0, identities: str = "", change_s: float = math.inf, after: str = ""
) -> Track:
    """Letters for a frame each: h happy, s sad, c contempt, u uncertain, - not found or changing."""
    words = {"h": "happy", "s": "sad", "c": "contempt", "u": "uncertain", "-": ""}
    found = identities or shown.translate(str.maketrans("hscu", "1111"))
    numbers = [-1 if sign == "-" else int(sign) for sign in found]
    return Track(
        scene,
        "a.png",
        change_s,
        after,
        [index / 15 for index in range(len(truths))],
        [words[sign] for sign in truths],
        [words[sign] for sign in shown],
        numbers,
    )


def test_shares_are_of_all_frames_and_balanced_over_expressions() -> None:
    tracks = [a_track("hhhhhhhh", "-hhhhhus"), a_track("ss--ss", "shhh-u", scene=1)]
    figures = figures_of(tracks, ("happy", "sad"))
    assert figures["classes"]["happy"] == {
        "faces": 1, "frames": 8, "right": 5, "wrong": 1, "uncertain": 1, "not_found": 1, "known": True,
        "called": {"sad": 1},
    }  # fmt: skip
    assert figures["classes"]["sad"] == {
        "faces": 1, "frames": 4, "right": 1, "wrong": 1, "uncertain": 1, "not_found": 1, "known": True,
        "called": {"happy": 1},
    }  # fmt: skip
    assert figures["balanced_accuracy"] == pytest.approx((5 / 8 + 1 / 4) / 2)
    assert figures["balanced_of_named"] == pytest.approx((5 / 6 + 1 / 2) / 2)
    assert figures["frames"] == 12


def test_an_expression_that_the_network_lacks_counts() -> None:
    figures = figures_of([a_track("hhcc", "hhhh")], ("happy", "sad"))
    assert figures["classes"]["contempt"]["known"] is False
    assert figures["balanced_accuracy"] == pytest.approx(0.5)


def test_the_interval_is_of_scenes_and_differences_are_of_pairs() -> None:
    first = [a_track("hhhh", "hhhh" if scene % 2 else "ssss", scene=scene) for scene in range(40)]
    better = [a_track("hhhh", "hhhh" if scene % 2 or not scene else "ssss", scene=scene) for scene in range(40)]
    low, high = figures_of(first, ("happy", "sad"))["interval"]
    assert 0.3 < low < 0.4, "as of 40 answers, not of 160"
    assert 0.6 < high < 0.7
    entry = difference(first, better)
    assert entry["difference"] == pytest.approx(1 / 40)
    assert entry["interval"][0] == 0.0, "never worse on any scene"
    assert entry["interval"][1] < 0.1


def test_labels_change_only_while_the_truth_stands_still() -> None:
    tracks = [a_track("hhhhhh", "hs-suu"), a_track("hh--ss", "hhhsss", scene=1)]
    figures = steadiness(tracks)
    assert figures["label_changes"] == 2, "to sad, and to uncertain; not for being lost, nor over a change"
    assert figures["a_minute"] == pytest.approx(2 / (9 / 15 / 60))


def test_changes_are_timed_from_their_beginning() -> None:
    soon = a_track("hhhss", "hhhss", change_s=2 / 15, after="sad")
    late = a_track("hhhsss", "hhhhus", change_s=2 / 15, after="sad")
    never = a_track("hhhsss", "hhhuuu", change_s=2 / 15, after="sad")
    already = a_track("hhhsss", "hs-sss", change_s=2 / 15, after="sad")
    still = a_track("hhh", "hhh")
    figures = changes([soon, late, never, already, still])
    assert figures == {
        "n": 4, "already": 1, "shown": 2, "never": 1, "never_share": pytest.approx(1 / 3),
        "median_s": pytest.approx(2 / 15),
    }  # fmt: skip
    assert changes([still])["never_share"] is None


def test_faces_are_lost_renumbered_or_never_found() -> None:
    tracks = [a_track("hhhhh", "hhhhh", identities="11-12"), a_track("hh", "--"), a_track("hhh", "-hh")]
    assert finding(tracks) == {"n": 3, "never": 1, "lost": 1, "renumbered": 1}


def test_a_person_reads_shares_and_numbers() -> None:
    tracks = [a_track("hhhhcc", "hhhs-u", change_s=4 / 15, after="contempt")]
    report = {
        "scenes": 1, "seed": 7, "fps": 15.0, "size": "640x480", "detector": "haar", "data": [{"name": "Made", "n": 3}],
        "models": [{"model": "one", **figures_of(tracks, ("happy", "sad"))}],
        "differences": [{"model": "two", "difference": 0.02, "interval": [0.01, 0.03]}],
    }  # fmt: skip
    text = as_text(report)
    assert "| Network" not in text, "one model is compared with none"
    assert "1 scenes, seed 7, 640x480, 15 frames a second, detector haar" in text
    assert "Made (N 3)" in text
    assert "happy           1       4   75.0%   25.0%       0.0%       0.0%  sad" in text
    assert "(the network lacks it)" in text
    assert "never 100.0% (of 1" in text
    assert "two          +2.0 points, 95 % interval +1.0 to +3.0, significant at 95 %" in text


def test_several_models_are_told_side_by_side() -> None:
    tracks = [a_track("hhhhcc", "hhhs-u", change_s=4 / 15, after="contempt")]
    figures = {"model": "one", **figures_of(tracks, ("happy", "sad"))}
    titles, _, row = overview([figures])
    assert titles.startswith("| Network | balanced | 95 % interval | of the named | happy | contempt |")
    assert row == "| one | 37.5% | 37.5% to 37.5% | 75.0% | 75.0% | – | 16.7% | 180.0 | – | 100.0% |"
