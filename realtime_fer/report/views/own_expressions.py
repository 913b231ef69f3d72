"""A person's own expressions, as they were taught in the window: apart from those of the networks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from realtime_fer.core.face_features.own_values import OWN_PREFIX
from realtime_fer.report.figures import OwnFigures, PersonFigures
from realtime_fer.report.session import Session, entries
from realtime_fer.report.words import bounded


@dataclass(frozen=True)
class OwnRow:
    """One own expression in the table."""

    name: str
    figures: OwnFigures


def own_rows(person: PersonFigures, session: Session) -> list[OwnRow]:
    """Those that could be judged at any time."""
    names = own_names(session)
    return [OwnRow(names[own.column], own) for own in person.own if own.judged_s > 0]


def own_names(session: Session) -> Mapping[str, str]:
    """By column of the table: as they were called when the recording began, or what the column says."""
    told: dict[str, str] = {}
    for use in entries(session.facts.get("own_expressions")):
        names, columns = use.get("names"), use.get("columns")
        if isinstance(names, list) and isinstance(columns, list):
            for name, column in zip(names, columns, strict=False):
                told.setdefault(str(column), bounded(name))
    return {column: told.get(column) or bounded(column.removeprefix(OWN_PREFIX)) for column in session.table.own}
