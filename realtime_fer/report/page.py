"""The whole report: one HTML page that is read offline, on screen or on paper."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from realtime_fer import __version__
from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.text.translation import Wording, language
from realtime_fer.report.card_part import card_part
from realtime_fer.report.figures import PersonFigures, figures_of
from realtime_fer.report.person_part import person_part
from realtime_fer.report.picture_sizes import picture_sizes
from realtime_fer.report.recorded_models import recorded_models
from realtime_fer.report.session import Session, read_session
from realtime_fer.report.session_part import comparison_part, facts_part, losses_part, markers_part, settings_part
from realtime_fer.report.stills import peaks_to_show, snapshots_of, stills_of
from realtime_fer.report.style import STYLE
from realtime_fer.report.table import LABELS
from realtime_fer.report.timeline_svg import drawn_unsearched, is_pause, is_silence, shown_labels
from realtime_fer.report.words import bullets, clock, in_words, lasting, percent, safe, swatch, table

#: Told with a timeline and pictures, those seen longest; the others stand in the table alone.
MOST_PEOPLE = 12
_MOST_IN_TABLE = 100
# A face that flashes up is told in the table.
_SHORTEST_S = 0.5

_CAUTIONS = (
    Wording(
        "Report",
        "The words name what a face looks like, not what a person feels: people smile without joy, and are sad without "
        "showing it.",
    ),
    Wording(
        "Report",
        "The model is often wrong, and more often for some faces than for others. Its card below says how often it was "
        "right on which pictures.",
    ),
    Wording(
        "Report",
        "A person is a number for as long as a face stays in view. Nobody is recognised: who leaves and comes back may "
        "get a new number.",
    ),
    Wording(
        "Report",
        "This page is no basis for judging anybody. In the European Union, inferring emotions of people at work or in "
        "education from their faces is forbidden (AI Act, Article 5).",
    ),
)
# No script, no network: only what stands in the page itself.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def make_report(folder: Path, cards: Mapping[str, ModelSpec]) -> str:
    """The page of the session in ``folder`` as HTML text, in the language that was installed (``core.translation``).

    Args:
        cards: the models that are known here, by id.

    Raises:
        ReportError: the folder is no session, or its table cannot be read.
    """
    session = read_session(folder)
    people = [figures_of(person, session) for person in session.table.people]
    longest = sorted(people, key=lambda person: -person.in_view_s)[:MOST_PEOPLE]
    longest = [person for person in longest if person.in_view_s >= _SHORTEST_S] or longest
    shown = sorted(longest, key=lambda person: person.face_id)
    labels = shown_labels(people, session.table.known)
    stills = stills_of(session.film, peaks_to_show(longest), picture_sizes(session)) if session.film else {}
    parts = [
        _head(session),
        _summary(session, people),
        f"<h2>{in_words('Who was seen')}</h2>",
        _overview(people, session),
        f"<h2>{in_words('Each person over time')}</h2>" if shown else "",
        _reading_help(session) if shown else "",
        *(person_part(person, session, labels, stills, session.table.known) for person in shown),
        _unshown(len(people) - len(shown)),
        markers_part(session),
        _snapshots(session),
        losses_part(session),
        f"<h2>{in_words('The model and its limits')}</h2>",
        comparison_part(session),
        *(card_part(model, cards.get(model.model_id)) for model in recorded_models(session)),
        f"<h2>{in_words('The recording')}</h2>",
        facts_part(session),
        settings_part(session),
    ]
    title = in_words("Recording {name} – Realtime FER", name=safe(session.folder.resolve().name))
    made_by = in_words(
        "Made by Realtime FER {version} on this computer. This page holds all that it shows and loads nothing.",
        version=__version__,
    )
    return (
        f'<!DOCTYPE html>\n<html lang="{language()}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">'
        f"<title>{title}</title><style>{STYLE}</style></head>"
        f"<body><main>{''.join(parts)}</main><footer>{made_by}</footer></body></html>\n"
    )


def _head(session: Session) -> str:
    remarks = bullets(safe(remark, 1000) for remark in session.remarks)
    notice = (
        f'<aside class="remarks" role="note" aria-label="{in_words("Remarks")}">{remarks}</aside>' if remarks else ""
    )
    cautions = bullets(caution.said for caution in _CAUTIONS)
    return (
        f"<header><p>{in_words('Realtime FER · report of a recording')}</p>"
        f"<h1>{safe(session.folder.resolve().name)}</h1></header>"
        f'{notice}<aside class="cautions" aria-labelledby="cautions"><h2 id="cautions">'
        f"{in_words('What this page can and cannot tell')}</h2>{cautions}</aside>"
    )


def _summary(session: Session, people: list[PersonFigures]) -> str:
    figures = (
        (in_words("Length"), lasting(session.duration_s)),
        (in_words("Pictures"), str(session.frames)),
        (in_words("Faces followed"), str(len(people))),
        (in_words("Markers"), str(len(session.markers))),
        (in_words("Gaps"), str(sum(is_silence(gap) for gap in session.gaps))),
        (in_words("Pauses"), str(sum(is_pause(gap) for gap in session.gaps))),
    )
    cells = "".join(f"<div><dt>{title}</dt><dd>{value}</dd></div>" for title, value in figures)
    return f'<dl class="summary">{cells}</dl>'


def _overview(people: list[PersonFigures], session: Session) -> str:
    if not people:
        return f"<p>{in_words('No face was found in this recording.')}</p>"
    rows = []
    for person in people[:_MOST_IN_TABLE]:
        longest = int(person.label_s.argmax())
        uncertain_s = float(person.label_s[LABELS.index("uncertain")])
        rows.append(
            [
                in_words("Person {number}", number=person.face_id),
                lasting(person.in_view_s),
                percent(person.in_view_s, session.duration_s),
                f"{clock(person.first_s)} – {clock(person.last_s)}",
                f"{swatch(longest)} {percent(float(person.label_s[longest]), person.in_view_s)}",
                percent(uncertain_s, person.in_view_s),
                str(int(person.transitions.sum())),
            ]
        )
    head = (
        in_words("Who"),
        in_words("In view"),
        in_words("Of the recording"),
        in_words("From – to"),
        in_words("Longest"),
        in_words("Uncertain"),
        in_words("Changes"),
    )
    more = len(people) - len(rows)
    rest = f"<p>{in_words('… and {count} more.', count=more)}</p>" if more > 0 else ""
    return table(head, rows, kind="overview") + rest


def _reading_help(session: Session) -> str:
    told = [
        in_words(
            "Time runs from left to right, and each expression has its row. The shaded field is when the person was in "
            "view."
        ),
        in_words("A dashed box: no picture came.") if any(is_silence(gap) for gap in session.gaps) else "",
        in_words("A dotted box: paused.") if any(is_pause(gap) for gap in session.gaps) else "",
        in_words("An empty box: not analysed, so nobody knows who was in view.")
        if drawn_unsearched(session) or any(gap.busy and not is_pause(gap) for gap in session.gaps)
        else "",
        in_words("A numbered line is a marker.") if session.markers else "",
        in_words("Expressions are as the window showed them: smoothed, and “uncertain” where none could be named."),
    ]
    return f'<p class="note">{" ".join(sentence for sentence in told if sentence)}</p>'


def _unshown(count: int) -> str:
    if count <= 0:
        return ""
    one = in_words("1 face that was in view for a shorter time stands in the table alone.")
    several = in_words("{count} faces that were in view for a shorter time stand in the table alone.", count=count)
    return f'<p class="note">{one if count == 1 else several}</p>'


def _snapshots(session: Session) -> str:
    figures = [
        f'<figure><img src="{address}" alt="{in_words("Snapshot {name}", name=safe(name))}">'
        f"<figcaption>{safe(name)}</figcaption></figure>"
        for name, address in snapshots_of(session.folder / "snapshots")
    ]
    return f'<h2>{in_words("Snapshots")}</h2><div class="snapshots">{"".join(figures)}</div>' if figures else ""
