"""How much one request may ask for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds of what one client can cost.

    Attributes:
        body_bytes: of a whole request.
        picture_bytes: of one picture.
        pictures: in one request.
        time_s: that a client waits for its pictures, the wait for a free worker included.
        video_frames: analysed of one video; what follows is left out, and the answer says so.
        video_time_s: that the analysis of one video may take.
        waiting: requests that wait while all workers are busy; more are refused with 429.
        connections: open at a time; further ones wait until the system takes them.
    """

    body_bytes: int = 48_000_000
    picture_bytes: int = 24_000_000
    pictures: int = 16
    time_s: float = 30.0
    video_frames: int = 1800
    video_time_s: float = 180.0
    waiting: int = 8
    connections: int = 64
