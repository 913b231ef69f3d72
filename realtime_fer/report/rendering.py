"""The door to Jinja2: how the templates are set up, for the report and for any later page.

Every value that a template shows is escaped (autoescape) and loses its control characters first (``_shown``), so that
nothing a file says can become markup or steer the display. A value that a template names and nobody gave is an error.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from realtime_fer import __version__
from realtime_fer.core.expressions import EXPRESSIONS
from realtime_fer.core.own_expressions.learning import SEEN
from realtime_fer.core.text.printable import printable_text
from realtime_fer.core.text.translation import language
from realtime_fer.report.words import clock, label, lasting, percent, tr, who


def render(template: str, **view: Any) -> str:
    """The page that ``template``, a file in ``templates/``, makes of the view, in the language that is installed."""
    return _environment().get_template(template).render(language=language(), **view)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("realtime_fer.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        tr=tr,
        clock=clock,
        label=label,
        lasting=lasting,
        percent=percent,
        who=who,
        expressions=EXPRESSIONS,
        own_seen=SEEN,
        version=__version__,
    )
    environment.filters["kind"] = lambda value: type(value).__name__
    return environment


def _shown(value: Any) -> Any:
    return printable_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value
