"""ELAN: one tier a person, and one for the markers (EAF 3.0, https://archive.mpi.nl/tla/elan)."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from datetime import datetime

from realtime_fer.core.corrections.annotations import Annotations
from realtime_fer.review.events import events_of
from realtime_fer.review.rows import ReviewedTable

_SCHEMA = "http://www.mpi.nl/tools/elan/EAFv3.0.xsd"
_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
_TYPE = "expressions"

#: What XML 1.0 cannot hold at all, escaped or not.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def elan_document(table: ReviewedTable, annotations: Annotations, video: str, made: datetime) -> bytes:
    """An ``.eaf`` document that names the recording's video.

    Args:
        video: where it is from the document's folder, with slashes, or '' where the recording has none.
        made: with a time zone.
    """
    ElementTree.register_namespace("xsi", _INSTANCE)
    root = ElementTree.Element(
        "ANNOTATION_DOCUMENT",
        {
            "AUTHOR": "",
            "DATE": made.isoformat(timespec="seconds"),
            "FORMAT": "3.0",
            "VERSION": "3.0",
            f"{{{_INSTANCE}}}noNamespaceSchemaLocation": _SCHEMA,
        },
    )
    header = ElementTree.SubElement(root, "HEADER", {"MEDIA_FILE": "", "TIME_UNITS": "milliseconds"})
    if video:
        place = video if video.startswith("../") else f"./{video}"
        media = {"MEDIA_URL": place, "RELATIVE_MEDIA_URL": place, "MIME_TYPE": "video/mp4"}
        ElementTree.SubElement(header, "MEDIA_DESCRIPTOR", media)
    order = ElementTree.SubElement(root, "TIME_ORDER")
    tiers: dict[str, list[tuple[int, int, str]]] = {}
    for event in events_of(table):
        name = _tier(annotations, event.person)
        tiers.setdefault(name, []).append((_ms(event.start_s), _ms(event.end_s), event.expression or "no model"))
    step_ms = max(1, _ms(table.step_s))
    markers = [(_ms(marker.time_s), _ms(marker.time_s) + step_ms, marker.text) for marker in table.markers]
    if markers:
        # A person may have that name.
        tiers[next(name for name in ("Markers", "Markers (recording)") if name not in tiers)] = _apart(markers)
    # Slots go by time; each annotation has its own two, so that moving one in ELAN moves no other.
    slots = sorted({(at, number, end) for number, at, end in _ends(tiers)})
    names = {(number, end): f"ts{position}" for position, (_, number, end) in enumerate(slots, 1)}
    for at, number, end in slots:
        ElementTree.SubElement(order, "TIME_SLOT", {"TIME_SLOT_ID": names[number, end], "TIME_VALUE": str(at)})
    number = 0
    for name, entries in tiers.items():
        tier = ElementTree.SubElement(root, "TIER", {"LINGUISTIC_TYPE_REF": _TYPE, "TIER_ID": _clean(name)})
        for _, _, text in entries:
            holder = ElementTree.SubElement(tier, "ANNOTATION")
            ends = {"TIME_SLOT_REF1": names[number, 0], "TIME_SLOT_REF2": names[number, 1]}
            aligned = ElementTree.SubElement(
                holder, "ALIGNABLE_ANNOTATION", {"ANNOTATION_ID": f"a{number + 1}", **ends}
            )
            ElementTree.SubElement(aligned, "ANNOTATION_VALUE").text = _clean(text)
            number += 1
    ElementTree.SubElement(
        root,
        "LINGUISTIC_TYPE",
        {"GRAPHIC_REFERENCES": "false", "LINGUISTIC_TYPE_ID": _TYPE, "TIME_ALIGNABLE": "true"},
    )
    ElementTree.indent(root)
    return ElementTree.tostring(root, "utf-8", xml_declaration=True) + b"\n"


def _tier(annotations: Annotations, person: int) -> str:
    """Of two people of one name each has a tier."""
    name = annotations.name_of(person)
    return name if list(annotations.names.values()).count(name) < 2 else f"{name} ({person})"


def _ends(tiers: dict[str, list[tuple[int, int, str]]]) -> list[tuple[int, int, int]]:
    """Of all annotations in order: number, milliseconds, and 0 for the beginning or 1 for the end."""
    entries = [entry for tier in tiers.values() for entry in tier]
    return [(number, at, end) for number, entry in enumerate(entries) for end, at in enumerate(entry[:2])]


def _apart(entries: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Annotations of a tier may not overlap: markers of one moment become one, each ends where the next begins."""
    joined: dict[int, list[str]] = {}
    for start, _, text in sorted(entries):
        joined.setdefault(start, []).append(text)
    starts = list(joined)
    length = max((end - start for start, end, _ in entries), default=1)
    following = [*starts[1:], starts[-1] + length]
    return [
        (start, min(start + length, after), "; ".join(joined[start]))
        for start, after in zip(starts, following, strict=True)
    ]


def _ms(seconds: float) -> int:
    return round(seconds * 1000)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("", " ".join(text.split()))
