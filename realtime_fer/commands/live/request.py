"""What ``realtime-fer live`` is asked for."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from realtime_fer import assembly
from realtime_fer.commands.live.triggers import triggers_from
from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.face_features.resting_face import RestingFace, read_resting_face
from realtime_fer.core.own_expressions.model import OwnModel
from realtime_fer.core.request import SourceRequest
from realtime_fer.core.settings import Settings
from realtime_fer.core.triggers.trigger import Trigger


@dataclass(frozen=True)
class LiveRequest:
    """What to run.

    Attributes:
        sources: one or several, which run at the same time.
        settings: of the analysis.
        lines: each frame is a line of JSON on standard output.
        csv: the table of all sources, which must not exist; None without one.
        resting_face: of whoever is alone in view of the first source, read from a file.
        own: what was learned of a person's own expressions; faces of every source are judged by it.
        triggers: what happens when an expression is held; in each source.
        mirror: flips frames left to right.
        seconds: how long, from the first frame on; None for until the sources end or Ctrl-C.
    """

    sources: tuple[SourceRequest, ...]
    settings: Settings
    resting_face: RestingFace | None = None
    lines: bool = True
    csv: Path | None = None
    triggers: tuple[Trigger, ...] = ()
    mirror: bool = False
    seconds: float | None = None
    own: OwnModel | None = None


def request_from(parsed: argparse.Namespace, given: Mapping[str, Any]) -> LiveRequest:
    """What the command line asks for.

    Args:
        given: its settings, by name.

    Raises:
        RealtimeFerError: parts of it do not fit together.
    """
    settings = Settings(**given)
    sources = (*parsed.source, *parsed.sources)
    if not sources:
        raise RealtimeFerError("There is no source.", "Name a camera, a video, an address, or 'demo'.")
    if settings.live_commands and not settings.live_websocket:
        raise RealtimeFerError("Commands come over the WebSocket.", "Add --websocket.")
    if parsed.run_commands and parsed.trigger is None:
        raise RealtimeFerError("Without triggers there is no command to run.", "Add --trigger FILE.")
    own = assembly.own_model(parsed.own_expressions)
    triggers: tuple[Trigger, ...] = ()
    if parsed.trigger:
        slugs = own.slugs if own is not None else ()
        triggers = triggers_from(Path(parsed.trigger), may_run_commands=parsed.run_commands, own=slugs)
    # A recording tells them from there.
    settings = replace(settings, triggers=tuple(one.as_json() for one in triggers), own_expressions=own is not None)
    others = settings.live_websocket or settings.live_osc or settings.live_lsl or parsed.csv is not None
    return LiveRequest(
        sources,
        settings,
        read_resting_face(Path(parsed.resting_face)) if parsed.resting_face is not None else None,
        lines=parsed.json is not None or not others,
        csv=Path(parsed.csv) if parsed.csv is not None else None,
        triggers=triggers,
        mirror=parsed.mirror,
        seconds=parsed.seconds,
        own=own,
    )
