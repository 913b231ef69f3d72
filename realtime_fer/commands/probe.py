"""``realtime-fer probe``: says what is seen in a file or folder, and how it will be read."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from realtime_fer.core.errors import SourceError
from realtime_fer.core.request import SourceRequest
from realtime_fer.core.text.printable import counted, say, say_json
from realtime_fer.sources.probing.files import FileFacts, FolderFacts, PictureFacts, file_facts_of, folder_facts_of
from realtime_fer.sources.probing.videos import VideoFacts

#: A video that begins so much after the sound is worth a word, seconds.
_LATE_S = 0.05


def probe(request: SourceRequest, *, track: int = 0, as_json: bool) -> int:
    """Returns exit code 0; 1 where some videos of a folder cannot be read.

    Raises:
        SourceError: it is no file or folder that can be read.
    """
    path = request.path
    if path is None:
        raise SourceError("probe takes a file or a folder, and '{name}' is neither.", name=request.value)
    if path.is_dir():
        return _probe_folder(path, folder_facts_of(path), as_json=as_json)
    facts = file_facts_of(path, track)
    if as_json:
        say_json(_as_json(path, facts))
        return 0
    for line in _lines_of(path, facts):
        say(line)
    return 0


def steps_of(facts: FileFacts) -> list[str]:
    """What is done to the frames before they are analysed, in sentences."""
    if facts.video is not None:
        return _steps_of_video(facts.video)
    return [] if facts.picture is None else _steps_of_picture(facts.picture)


def _probe_folder(path: Path, facts: FolderFacts, *, as_json: bool) -> int:
    found: list[dict[str, Any]] = []
    for video in facts.videos:
        try:
            found.append(_as_json(video, file_facts_of(video)))
        except SourceError as error:
            found.append({"file": str(video), "problem": error.sentence()})
    if as_json:
        pictures, others = map(str, facts.pictures), map(str, facts.others)
        say_json(
            {"file": str(path), "kind": "folder", "videos": found, "pictures": [*pictures], "other_files": [*others]}
        )
    else:
        counts = [counted(len(facts.videos), "video"), counted(len(facts.pictures), "picture")]
        others_told = f"; {counted(len(facts.others), 'other file')} left out" if facts.others else ""
        say(f"{path}: a folder of {' and '.join(counts)}{others_told}.")
        for video, one in zip(facts.videos, found, strict=True):
            say(f"  {video.relative_to(path)}: {one.get('problem') or _short(one)}")
    return 1 if any("problem" in one for one in found) else 0


def _as_json(path: Path, facts: FileFacts) -> dict[str, Any]:
    details: dict[str, Any] = asdict(facts.video or facts.picture)  # type: ignore[arg-type]
    return {
        "file": str(path),
        "kind": facts.kind,
        "size_bytes": facts.size_bytes,
        **details,
        "steps": steps_of(facts),
    }


def _short(one: dict[str, Any]) -> str:
    return ", ".join(
        [f"{one['width']}x{one['height']}", *_rate_and_length(one["fps"], one["frames"], one["duration_s"])]
    )


def _lines_of(path: Path, facts: FileFacts) -> list[str]:
    steps = steps_of(facts)
    lines = [f"{path}: {_TITLES[facts.kind]}, {_format_of(facts)}, {_bytes(facts.size_bytes)}"]
    video, picture = facts.video, facts.picture
    if video is not None:
        for track in video.tracks:
            parts = [track.codec, f"{track.width}x{track.height}" if track.width else "size unknown"]
            parts += _rate_and_length(track.fps, track.frames, None)
            parts += [word for word, holds in (("still picture", track.still), ("default", track.default)) if holds]
            lines.append(f"  Video track {track.number}: {', '.join(parts)}{' (read)' if track.is_read else ''}")
        for sound in video.sound:
            parts = [sound.codec, counted(sound.channels, "channel"), f"{sound.sample_rate} Hz"]
            parts += [word for word in (sound.language, "default" if sound.default else "") if word]
            lines.append(f"  Sound track {sound.number}: {', '.join(parts)}{' (read)' if sound.is_read else ''}")
        if not video.sound:
            lines.append("  Sound: none")
        shown = [f"{video.width}x{video.height}", *_rate_and_length(video.fps, video.frames, video.duration_s)]
        lines.append(f"  Shown: {', '.join(shown)}")
    elif picture is not None:
        pages = [counted(picture.pages, "page")] if picture.pages > 1 else []
        parts = _rate_and_length(picture.fps, picture.frames, picture.duration_s)
        lines.append(f"  Shown: {', '.join([f'{picture.width}x{picture.height}', *pages, *parts])}")
    lines += [f"  {step}" for step in steps] or ["  It is shown as it is stored."]
    return lines


_TITLES = {"video": "video", "animation": "animated picture", "picture": "picture"}


def _format_of(facts: FileFacts) -> str:
    if facts.video is not None:
        return facts.video.format
    return (facts.picture.format if facts.picture is not None else "") or "unknown format"


def _steps_of_video(facts: VideoFacts) -> list[str]:
    steps = []
    if len(facts.tracks) > 1:
        read = next((track.number for track in facts.tracks if track.is_read), 1)
        steps.append(f"Of {len(facts.tracks)} video tracks number {read} is read; --track takes another.")
    turned = (facts.stored_height, facts.stored_width) if facts.turn_deg % 180 else None
    stored = turned or (facts.stored_width, facts.stored_height)
    if stored != (facts.width, facts.height):
        steps.append(
            f"Pixels of {facts.pixel_aspect} are made square, from {facts.stored_width}x{facts.stored_height}."
        )
    steps += _turns(facts.turn_deg, facts.mirrored)
    if facts.colours:
        steps.append(f"Its colours ({facts.colours}) are brought to those of a plain screen (BT.709).")
    if not facts.has_time_stamps and facts.fps:
        steps.append(f"It has no time stamps; its frames come {facts.fps:g} a second.")
    if facts.begins_s > _LATE_S:
        steps.append(f"The first frame comes {facts.begins_s:.2f} s after the file's beginning, and counts as 0 s.")
    if facts.jumps:
        times = "once" if facts.jumps == 1 else f"{facts.jumps} times"
        steps.append(f"Its clock jumps {times}; time goes on from frame to frame.")
    return steps


def _steps_of_picture(facts: PictureFacts) -> list[str]:
    steps = _turns(facts.turn_deg, facts.mirrored)
    if facts.profile:
        steps.append("Its colours are converted to sRGB by its profile.")
    if facts.pages > 1:
        steps.append(f"Each of its {facts.pages} pages is a picture.")
    return steps


def _turns(turn_deg: int, mirrored: bool) -> list[str]:
    turned = [f"turned {turn_deg} degrees clockwise"] if turn_deg else []
    words = (["mirrored"] if mirrored else []) + turned
    return [f"It is {' and '.join(words)}."] if words else []


def _rate_and_length(fps: float | None, frames: int | None, duration_s: float | None) -> list[str]:
    parts = []
    if fps:
        parts.append(f"{round(fps, 3):g} frames a second")
    if frames:
        parts.append(counted(frames, "frame"))
    if duration_s is not None:
        parts.append(f"{duration_s:.2f} s")
    return parts


def _bytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{size / 1e3:.1f} kB"
