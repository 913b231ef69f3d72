"""What a person wants to see: one word from the command line, a dialog, a drop or the settings, understood once.

Beyond the edge of the program nobody reads such a word again. Which addresses and which files there are stands here.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

#: Beginnings of addresses that are opened.
SCHEMES = frozenset({"rtsp", "rtsps", "http", "https", "rtmp", "rtmps", "udp"})

#: File name endings that count as pictures. GIF is not among them: it opens as a video.
PICTURE_SUFFIXES = frozenset(
    {
        ".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".apng", ".webp", ".bmp", ".tif", ".tiff", ".ppm", ".pgm",
        ".pbm", ".heic", ".heif", ".hif", ".avif", ".jp2", ".j2k", ".jpf", ".jpx",
    }
)  # fmt: skip

#: Of these, the files that may hold several pictures.
PAGED_SUFFIXES = frozenset({".tif", ".tiff", ".mpo"})

#: File name endings that count as videos in a folder. Each file is then opened by its content.
VIDEO_SUFFIXES = frozenset(
    {
        ".mp4", ".m4v", ".mov", ".mkv", ".webm", ".avi", ".gif", ".mpg", ".mpeg", ".wmv", ".flv", ".ts", ".mts",
        ".m2ts", ".3gp", ".3g2", ".ogv", ".vob", ".dv", ".asf", ".m2v", ".h264", ".h265", ".hevc", ".mjpeg", ".mjpg",
    }
)  # fmt: skip

#: File name endings of the videos that are written.
WRITABLE_VIDEO_SUFFIXES = (".mp4", ".m4v", ".mov")

#: File name endings of the pictures that are written.
WRITABLE_PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff"})

#: File name endings of a person's own models: the network, or its card.
MODEL_SUFFIXES = (".tflite", ".json")

_PICTURE_BEGINNING = re.compile(
    rb"\xff\xd8\xff|\x89PNG\r\n\x1a\n|BM|II\*\x00|MM\x00\*|RIFF.{4}WEBP|P[1-6]\s|\x00\x00\x00\x0cjP  |\xff\x4f\xff\x51"
    rb"|.{4}ftyp(?:hei[cxms]|mif[12]|avif)",
    re.DOTALL,
)
#: ISO 23008-12, 10.2 and B.4; files of the brand "mif1" may hold AVIF too.
_HEIF_BEGINNING = re.compile(rb".{4}ftyp(?:hei[cxms]|mif[12])", re.DOTALL)
_VIDEO_BEGINNING = re.compile(rb".{4}ftyp|\x1aE\xdf\xa3|RIFF|GIF8", re.DOTALL)
#: The end of one JPEG and the beginning of the next, and how far it is searched, bytes.
_NEXT_JPEG, _MOST_OF_JPEG = b"\xff\xd9\xff\xd8\xff", 4_000_000
#: How many chunks of a PNG are looked at for an animation.
_MOST_CHUNKS = 100
_PATH_BEGINNING = re.compile(r"[/~.\\]|[A-Za-z]:[\\/]")


class Kind(Enum):
    """What is asked for.

    CAMERA_NUMBER and CAMERA_DEVICE are certain; CAMERA_NAME is any word that is nothing else, and may be nobody's.
    What a FILE is, shows when it is opened: then a picture is known as PICTURE.
    """

    AUTO = "auto"
    DEMO = "demo"
    CAMERA_NUMBER = "camera number"
    CAMERA_DEVICE = "camera device"
    CAMERA_NAME = "camera name"
    FILE = "file"
    PICTURE = "picture"
    FOLDER = "folder"
    ADDRESS = "address"


@dataclass(frozen=True)
class SourceRequest:
    """One source, as it is asked for.

    Attributes:
        value: 'auto', 'demo', a number, device or name, a path, or a whole address, which may hold a password: so it
            stands in no ``repr``. ``request_of`` understands it again.
        track: number of the video track of a file, from 1 on; 0 is the best one.
    """

    kind: Kind
    value: str = field(repr=False)
    track: int = 0

    def __str__(self) -> str:
        return self.value

    @property
    def is_address(self) -> bool:
        return self.kind is Kind.ADDRESS

    @property
    def is_camera(self) -> bool:
        """Whether a camera at this computer is meant, whose picture people expect as in a mirror.

        Of a source that runs this is certain; 'auto' is a guess until it is opened, and a name is none.
        """
        return self.kind in (Kind.AUTO, Kind.CAMERA_NUMBER, Kind.CAMERA_DEVICE)

    @property
    def goes_on_by_itself(self) -> bool:
        """Whether it is certainly live, even while it is absent: such a source is retried again and again."""
        return self.kind in (Kind.CAMERA_NUMBER, Kind.CAMERA_DEVICE, Kind.ADDRESS)

    @property
    def path(self) -> Path | None:
        """Of a file, a picture or a folder, whether it is there or not; None of anything else."""
        return Path(self.value) if self.kind in (Kind.FILE, Kind.PICTURE, Kind.FOLDER) else None


@dataclass(frozen=True)
class VideoTrack:
    """One of several video tracks of a file.

    Attributes:
        number: from 1 on, as ``SourceRequest.track``.
        title: by the file; '' where it tells none.
        size: width and height in pixels; (0, 0) where the file does not tell.
        is_read: this one is being read.
    """

    number: int
    title: str = ""
    size: tuple[int, int] = (0, 0)
    is_read: bool = False


AUTO, DEMO = SourceRequest(Kind.AUTO, "auto"), SourceRequest(Kind.DEMO, "demo")


def request_of(word: str) -> SourceRequest:
    """What ``word`` means. Looks whether there is such a file or folder, and opens nothing."""
    plain = word.strip()
    named = {"auto": AUTO, "demo": DEMO}.get(plain.casefold())
    if named is not None:
        return named
    if plain.isascii() and plain.isdigit():
        return SourceRequest(Kind.CAMERA_NUMBER, plain)
    if plain.startswith("/dev/video"):
        return SourceRequest(Kind.CAMERA_DEVICE, plain)
    if is_address(plain):
        return SourceRequest(Kind.ADDRESS, plain)
    is_url = plain.lower().startswith("file://")
    # A file's name may well begin or end with a blank.
    path = _path_of(plain) if is_url else os.path.expanduser(word) if word.startswith("~") else word
    if path and os.path.isdir(path):
        return SourceRequest(Kind.FOLDER, path)
    if path.strip() and (is_url or os.path.exists(path) or looks_like_path(path)):
        return SourceRequest(Kind.FILE, path)
    return SourceRequest(Kind.CAMERA_NAME, plain)


def has_scheme(word: str) -> bool:
    """Whether ``word`` looks like an address of any kind, also one that cannot be opened."""
    return "://" in word


def looks_like_path(word: str) -> bool:
    """Whether ``word`` begins as a path, whether or not the file exists."""
    return bool(_PATH_BEGINNING.match(word))


def is_address(word: str) -> bool:
    """Whether ``word`` begins as an address that can be opened."""
    scheme, separator, _ = word.strip().partition("://")
    return bool(separator) and scheme.lower() in SCHEMES


def is_picture(path: Path) -> bool:
    """By the file's first bytes; by its ending where they say nothing.

    JPEGs one behind the other are a video, unless the file is named as a picture.
    """
    is_named_so = path.suffix.lower() in PICTURE_SUFFIXES
    try:
        with path.open("rb") as file:
            beginning = file.read(16)
            if not is_named_so and beginning.startswith(b"\xff\xd8\xff") and _NEXT_JPEG in file.read(_MOST_OF_JPEG):
                return False
    except OSError:
        beginning = b""
    if begins_as_picture(beginning):
        return True
    return is_named_so and not _VIDEO_BEGINNING.match(beginning)


def begins_as_picture(beginning: bytes) -> bool:
    """Whether a file with these first 16 bytes or more is a picture of a kind that is read."""
    return bool(_PICTURE_BEGINNING.match(beginning))


def begins_as_video(beginning: bytes) -> bool:
    """Whether a file with these first bytes is a video of a kind that browsers and cameras make: MP4, QuickTime,
    WebM, Matroska, AVI or GIF."""
    return bool(_VIDEO_BEGINNING.match(beginning)) and not begins_as_picture(beginning)


def is_animation(path: Path) -> bool:
    """Whether it is an animated WebP, PNG or AVIF picture, by the file's header."""
    try:
        with path.open("rb") as file:
            beginning = file.read(21)
            if beginning[4:12] == b"ftypavis":
                return True
            if beginning[:4] == b"RIFF" and beginning[8:16] == b"WEBPVP8X":
                return len(beginning) == 21 and bool(beginning[20] & 0x02)
            if not beginning.startswith(b"\x89PNG\r\n\x1a\n"):
                return False
            # The chunk that makes it an APNG stands before the first of the pixels.
            place = 8
            for _ in range(_MOST_CHUNKS):
                file.seek(place)
                chunk = file.read(12)
                if len(chunk) < 12 or chunk[4:8] in (b"IDAT", b"IEND"):
                    return False
                if chunk[4:8] == b"acTL":
                    return int.from_bytes(chunk[8:12], "big") > 1
                place += 12 + int.from_bytes(chunk[:4], "big")
    except OSError:
        pass
    return False


def is_heif(beginning: bytes) -> bool:
    """Whether a file that begins so is a HEIC or HEIF picture."""
    return bool(_HEIF_BEGINNING.match(beginning))


def _path_of(url: str) -> str:
    """The path of a file:// address; '' for any other address."""
    try:
        return url2pathname(urlsplit(url).path)
    except (ValueError, OSError):
        return ""


def is_model_file(word: str) -> bool:
    """Whether a word names a model by its file rather than by its id."""
    return not has_scheme(word) and Path(word).suffix.lower() in MODEL_SUFFIXES
