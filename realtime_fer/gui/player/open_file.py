"""What is open and has places to go to: a video, or the pictures of a folder."""

from __future__ import annotations

from dataclasses import dataclass

from realtime_fer.gui.player.position import picture_words, time_words

#: Commands of any file, also of one that cannot seek.
_ALWAYS = ("slower", "faster", "usual_speed", "loop")


@dataclass(frozen=True)
class OpenFile:
    """A place in it is a value of the slider: a video's milliseconds, or the number of a picture from 0.

    Attributes:
        key: the request's word, under which ticks are kept.
        duration_s: None where it is unknown; then there is no place to go to.
        names: of the pictures of a folder; empty for a video.
        has_tracks: there is another video track.
    """

    key: str
    duration_s: float | None
    is_seekable: bool
    names: tuple[str, ...] = ()
    has_tracks: bool = False

    @property
    def is_folder(self) -> bool:
        return bool(self.names)

    @property
    def last_value(self) -> int:
        return len(self.names) - 1 if self.is_folder else round((self.duration_s or 0.0) * 1000)

    def can(self, command: str) -> bool:
        """Whether this playback command of the menu has an effect."""
        if command == "pictures":
            return self.is_folder
        if command == "next_track":
            return self.has_tracks
        return command in _ALWAYS or self.is_seekable or self.is_folder

    def words_at(self, value: int) -> str:
        """'0:12.4', or '12 of 154 · face.jpg'."""
        if self.is_folder:
            return f"{picture_words(value, len(self.names))} · {self.names[value]}"
        return time_words(value / 1000)
