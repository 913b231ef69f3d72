"""Builds what sends numbers to other programs, and what carries out the actions of triggers."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

from realtime_fer.core.options import OverlayStyle

if TYPE_CHECKING:
    from realtime_fer.core.frame import FrameResult
    from realtime_fer.runtime.triggers.runner import TriggerRunner
    from realtime_fer.streams.hub import LiveHub
    from realtime_fer.streams.lsl.sender import LslPlace
    from realtime_fer.streams.outlets import Outlets


def build_outlets(
    style: Callable[[], OverlayStyle] = OverlayStyle, own: Callable[[], Sequence[str]] = tuple
) -> tuple[LiveHub, Outlets]:
    """The hub that takes results for other programs, and what can be switched on to give them.

    Args:
        style: of what is drawn onto the picture that is given; asked before each.
        own: gives the slugs of the own expressions; asked when LSL's streams begin.
    """
    from realtime_fer.sinks.jsonl_file import frame_object
    from realtime_fer.streams.hub import LiveHub
    from realtime_fer.streams.outlets import Outlets

    def make_picture() -> Callable[[FrameResult], bytes]:
        import cv2

        from realtime_fer.vision.annotators import FrameDrawer

        draw = FrameDrawer(style)
        return lambda result: cv2.imencode(".jpg", draw(result), [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes()

    hub = LiveHub(frame_object)
    return hub, Outlets(hub, make_picture, take_lsl_place=take_lsl_place, own=own)


def take_lsl_place() -> LslPlace:
    """The lowest number that no other program of this user on this computer holds."""
    import platformdirs

    from realtime_fer.core.system.private_files import make_private_folder
    from realtime_fer.sinks.replacement import Claim, ClaimedElsewhere
    from realtime_fer.streams.lsl.sender import LslPlace

    folder = Path(platformdirs.user_cache_dir("realtime-fer", appauthor=False))
    # Another user's program has other numbers. Names of people stay out of streams.
    user = f"{crc32(str(Path.home()).encode('utf-8', 'surrogateescape')):08x}"
    begin = f"realtime-fer-{platform.node()}-{user}"
    for number in range(1, 100):
        try:
            make_private_folder(folder)
            claim = Claim(folder / f"lsl-{number}.lock")
        except ClaimedElsewhere:
            continue
        except (OSError, ValueError):
            break
        return LslPlace(number, f"{begin}-{number}", partial(claim.release, remove=False))
    # Without a place to hold a number: one that no other program has now.
    return LslPlace(os.getpid(), f"{begin}-{os.getpid()}")


def build_triggers() -> TriggerRunner:
    """What takes results for triggers and does what they ask for, as far as it is outside of the window."""
    from realtime_fer.core.triggers.trigger import ActionKind
    from realtime_fer.runtime.triggers.runner import TriggerRunner
    from realtime_fer.sources.audio.chime import Chime
    from realtime_fer.streams.triggers.commands import Commands
    from realtime_fer.streams.triggers.messages import HttpMessage, OscMessage

    return TriggerRunner(
        {
            ActionKind.SOUND: Chime(),
            ActionKind.OSC: OscMessage(),
            ActionKind.HTTP: HttpMessage(),
            ActionKind.COMMAND: Commands(),
        }
    )
