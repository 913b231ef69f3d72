"""Names of own expressions and of their columns."""

from __future__ import annotations

from collections.abc import Iterable

from realtime_fer.core.face_features.own_values import OWN_PREFIX
from realtime_fer.core.own_expressions.taught import OwnExpressions


def titles_of(slugs: Iterable[str], names: Iterable[str]) -> dict[str, str]:
    """The names by their columns' names."""
    return {OWN_PREFIX + slug: name for slug, name in zip(slugs, names, strict=True)}


def renamed_of(before: OwnExpressions, now: OwnExpressions) -> dict[str, tuple[str, str]]:
    """Of those whose samples are the same and whose names are not: the column's name before, and both names now."""
    keys = {id(samples): OWN_PREFIX + slug for slug, (_, samples) in zip(before.slugs, before.expressions, strict=True)}
    names = {id(samples): name for name, samples in before.expressions}
    return {
        keys[id(samples)]: (OWN_PREFIX + slug, name)
        for slug, (name, samples) in zip(now.slugs, now.expressions, strict=True)
        if names.get(id(samples), name) != name
    }
