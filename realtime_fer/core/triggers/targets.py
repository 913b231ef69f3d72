"""What people write as the target of a trigger: an OSC message, an HTTP address, a command. On this computer alone."""

from __future__ import annotations

import ipaddress
import os
import shlex
from dataclasses import dataclass
from urllib.parse import urlsplit

from realtime_fer.core.errors import TriggerError

OSC_EXAMPLE = "127.0.0.1:9000 /fer/trigger"
HTTP_EXAMPLE = "http://127.0.0.1:8000/trigger"


@dataclass(frozen=True)
class OscTarget:
    """``values`` are what was written behind the address; none means expression, name and value."""

    host: str
    port: int
    address: str
    values: tuple[int | float | str, ...] = ()


@dataclass(frozen=True)
class HttpTarget:
    """``method`` is 'POST', with the expression as JSON, or 'GET'. ``path`` has the query."""

    method: str
    host: str
    port: int
    path: str


def osc_target(text: str) -> OscTarget:
    """Of 'HOST:PORT /address [value …]'.

    Raises:
        TriggerError: it is none, or leads to another computer.
    """
    words = _split(text)
    try:
        parts = urlsplit(f"//{words[0]}")
        host, port = parts.hostname or "", parts.port or 0
    except (IndexError, ValueError):
        host, port = "", 0
    if not host or not port or len(words) < 2 or not words[1].startswith("/"):
        raise TriggerError(
            "'{text}' is not an OSC message.", "Write it like {example}.", text=text, example=OSC_EXAMPLE
        )
    _refuse_elsewhere(host)
    return OscTarget(host, port, words[1], tuple(map(_value, words[2:])))


def http_target(text: str) -> HttpTarget:
    """Of 'http://HOST[:PORT]/path', with 'GET ' or 'POST ' before it or not.

    Raises:
        TriggerError: it is none, or leads to another computer.
    """
    method, _, address = text.strip().rpartition(" ")
    method = method.strip().upper() or "POST"
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or 80
    except ValueError:
        parts, host, port = urlsplit(""), "", 0
    plain = all(" " < sign < "\x7f" for sign in address)
    if parts.scheme != "http" or not host or parts.username is not None or not plain or method not in ("GET", "POST"):
        raise TriggerError(
            "'{text}' is not an HTTP address of this computer.",
            "Write it like {example}.",
            text=text,
            example=HTTP_EXAMPLE,
        )
    _refuse_elsewhere(host)
    return HttpTarget(method, host, port, (parts.path or "/") + (f"?{parts.query}" if parts.query else ""))


def command_words(text: str) -> list[str]:
    """Program and arguments, split as a shell does; nothing else of a shell has a meaning.

    Raises:
        TriggerError: there is none, or a quote is not closed.
    """
    words = _split(text)
    if not words or not words[0] or "\0" in text:
        raise TriggerError("A command begins with the name of a program.")
    return words


def is_this_computer(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse_elsewhere(host: str) -> None:
    if not is_this_computer(host):
        raise TriggerError("Triggers send to this computer alone, such as 127.0.0.1, and not to '{host}'.", host=host)


def _split(text: str) -> list[str]:
    posix = os.name != "nt"  # There, a backslash is a part of a path.
    try:
        words = shlex.split(text, posix=posix)
    except ValueError:
        raise TriggerError("In '{text}' a quote is not closed.", text=text) from None
    return words if posix else [word.strip('"') for word in words]


def _value(word: str) -> int | float | str:
    for kind in (int, float):
        try:
            number = kind(word)
        except ValueError:
            continue
        if abs(number) < 2**31:  # OSC's integers have 32 bits; NaN is left a word.
            return number
    return word
