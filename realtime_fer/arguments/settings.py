"""The settings that a parsed command line gives."""

from __future__ import annotations

import argparse
from typing import Any

from realtime_fer.core.settings.setting import LIVE, WINDOW
from realtime_fer.core.settings.table import options_of


def window_settings(parsed: argparse.Namespace) -> dict[str, Any]:
    """The settings that the command line gives the window, by name."""
    given = {declared.name: getattr(parsed, declared.name) for declared in options_of(WINDOW)}
    given |= _websocket_settings(parsed.live_websocket)
    if parsed.source is not None:
        given["source"] = parsed.source.value
    return {name: value for name, value in given.items() if value is not None}


def live_settings(parsed: argparse.Namespace) -> dict[str, Any]:
    """The settings that the command line gives ``live``, by name."""
    given = {declared.name: getattr(parsed, declared.name) for declared in options_of(LIVE)}
    given |= _websocket_settings(parsed.live_websocket)
    return {name: value for name, value in given.items() if value is not None}


def _websocket_settings(port: int | None) -> dict[str, Any]:
    """What ``--websocket [PORT]`` means: the switch and the port; without it, neither is given."""
    return {"live_websocket": None} if not port else {"live_websocket": True, "live_port": port}
