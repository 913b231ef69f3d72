from __future__ import annotations

from realtime_fer.core.corrections.annotations import Annotations, ReviewMarker
from realtime_fer.core.corrections.joining import joined

BASE = Annotations().renamed(1, "Anna").renamed(2, "Ben").with_hidden(5)


def test_what_each_side_changed_is_kept() -> None:
    ours = BASE.renamed(1, "Annika").with_hidden(6).split_at(1, 20, 9)
    theirs = BASE.renamed(3, "Cem").renamed(2, "").merged_into(4, 3).with_hidden(5, False)
    both = joined(BASE, ours, theirs)
    assert dict(both.names) == {1: "Annika", 3: "Cem"}
    assert (dict(both.merged), both.hidden, both.splits) == ({4: 3}, {6}, ours.splits)


def test_where_both_changed_the_same_ours_counts() -> None:
    ours = BASE.renamed(1, "").with_markers((ReviewMarker(1.0, "ours"),)).with_hidden(5, False)
    theirs = BASE.renamed(1, "Other").with_markers((ReviewMarker(2.0, "theirs"),))
    both = joined(BASE, ours, theirs)
    assert (both.names.get(1), both.markers, both.hidden) == (None, ours.markers, frozenset())


def test_merges_that_would_make_a_circle_together_stay_ours() -> None:
    ours, theirs = Annotations().merged_into(1, 2), Annotations().merged_into(2, 1)
    assert dict(joined(Annotations(), ours, theirs).merged) == {1: 2}


def test_without_another_change_it_is_ours() -> None:
    ours = BASE.with_excluded(1, 2)
    assert joined(BASE, ours, BASE) is ours
