"""The report of a recording: one HTML page that is read offline, on screen or on paper."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.report.figures import figures_of
from realtime_fer.report.frame_sizes import frame_sizes
from realtime_fer.report.recorded_models import recorded_models
from realtime_fer.report.rendering import render
from realtime_fer.report.session import read_session
from realtime_fer.report.stills import peaks_to_show, snapshots_of, stills_of
from realtime_fer.report.views.losses import losses
from realtime_fer.report.views.models import model_view
from realtime_fer.report.views.people import overview, person_view
from realtime_fer.report.views.recording import recording_facts, settings_rows
from realtime_fer.report.views.synchrony import synchrony_view
from realtime_fer.report.views.timeline import drawn_unsearched, shown_labels
from realtime_fer.report.words import bounded, clock

#: People shown with a timeline and pictures: those seen longest. The others appear only in the table.
MOST_PEOPLE = 12
_MOST_IN_TABLE = 100
_MOST_MARKERS = 200
# A face that flashes up is told in the table.
_SHORTEST_S = 0.5
_LONGEST_REMARK = 1000


def make_report(folder: Path, cards: Mapping[str, ModelSpec]) -> str:
    """The page of the session in ``folder``: HTML in the language that was installed (``core.text.translation``).

    Args:
        cards: the models that are known here, by id.

    Raises:
        ReportError: the folder is no session, or its table cannot be read.
    """
    session = read_session(folder)
    people = [figures_of(person, session) for person in session.table.people]
    longest = sorted(people, key=lambda person: -person.in_view_s)[:MOST_PEOPLE]
    longest = [person for person in longest if person.in_view_s >= _SHORTEST_S] or longest
    labels = shown_labels(people, session.table.known)
    stills = stills_of(session.video, peaks_to_show(longest), frame_sizes(session)) if session.video else {}
    return render(
        "report.html",
        name=bounded(session.folder.resolve().name),
        session=session,
        remarks=[bounded(remark, _LONGEST_REMARK) for remark in session.remarks],
        people_count=len(people),
        overview=overview(people[:_MOST_IN_TABLE]),
        people=[
            person_view(person, session, labels, stills)
            for person in sorted(longest, key=lambda person: person.face_id)
        ],
        draws_unsearched=bool(drawn_unsearched(session)) or any(gap.busy and not gap.is_pause for gap in session.gaps),
        markers=[
            (number, clock(marker.time_s), marker.frame, bounded(marker.text))
            for number, marker in enumerate(session.markers[:_MOST_MARKERS], start=1)
        ],
        snapshots=[(bounded(name), address) for name, address in snapshots_of(session.folder / "snapshots")],
        synchrony=synchrony_view(session),
        losses=losses(session),
        agreement=session.agreement,
        models=[model_view(model, cards.get(model.model_id)) for model in recorded_models(session)],
        facts=recording_facts(session),
        settings=settings_rows(session),
    )
