"""What of an address is shown, logged and kept: never what may open doors.

Passwords, keys and tokens stand anywhere in an address: before the host, in the path, in the query, as a part of
another address, written in signs that nobody recognises. So nothing is looked for and taken out: the scheme, the host
and the port are shown, and a short fingerprint tells two addresses of one host apart.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Any

from realtime_fer.core.request import SCHEMES

_SCHEME = r"[A-Za-z][A-Za-z0-9+.\-]{0,20}"
_HOST = r"(?:\[[0-9A-Fa-f:.]{2,45}\]|[\w.\-]{1,253})(?::[0-9]{1,5})?"
_NUMERIC_HOST_AND_PORT = re.compile(r"(?:\[[0-9A-Fa-f:.]*\]|[0-9]{1,3}(?:\.[0-9]{1,3}){3}):[0-9]{1,5}")
_SHOWN = rf"(?:{_SCHEME}://)?(?:{_HOST}/)?… \([0-9a-f]{{6}}\)"
# In a sentence: up to its last @, since a password may hold anything, and on to the next blank or quote. The bound
# keeps a long hostile text from taking minutes.
_IN_TEXT = re.compile(rf"{_SHOWN}|(?<![A-Za-z0-9]){_SCHEME}://(?:[^\n]{{0,1000}}@)?[^\s'\"<>]*")
_PATH = re.compile(r"[/~.\\]|[A-Za-z]:[\\/]")
# What may be an address although it lacks its scheme: somebody's name and password, or a query.
_BARE = re.compile(
    rf"[^@]*:[^@]*@|.*[?&#;][^=]*=|(?:{'|'.join(sorted(SCHEMES))}):",
    re.DOTALL | re.IGNORECASE,
)

# So many that a guess takes its time: fingerprints are handed on with recordings, and passwords are short.
_ROUNDS = 20_000


def shown_address(request: str) -> str:
    """Of an address what may be shown: ``rtsp://camera.local:554/… (3fa9c1)``; any other word as it is.

    One that can be read in two ways, as ``rtsp://me:a/b@c/d``, loses its host too: what looks like one may be a part
    of a password. A ``file:///`` address is a file's name and stays. What was shown once stays as it is.
    """
    if re.fullmatch(_SHOWN, request):
        return request
    scheme, separator, rest = request.partition("://")
    if not separator or not re.fullmatch(_SCHEME, scheme.strip()):
        if not separator and (_PATH.match(request) or not _BARE.match(request)):
            return request
        scheme, separator, rest = "", "", request
    if scheme.strip().lower() == "file" and rest.startswith("/") and "://" not in rest:
        return request
    start = f"{scheme.strip().lower()}://" if separator else ""
    host = _host_and_port(rest)
    return f"{start}{host}{'/' if host else ''}… ({_fingerprint(request.strip())})"


def host_of(request: str) -> str:
    """The host alone: what a short list calls an address; of one whose host is not shown what is."""
    shown = shown_address(request)
    found = re.match(rf"(?:{_SCHEME}://)?({_HOST})/", shown)
    return re.sub(r":[0-9]{1,5}$", "", found.group(1)) if found else shown


def hide_addresses(text: str) -> str:
    """A sentence, such as a library's error or a line of the log, with each address in it as ``shown_address`` has it.

    Where one holds an @, what stands between it and the line's last @ goes too.
    """
    return _IN_TEXT.sub(lambda found: shown_address(found.group()), text) if "://" in text else text


def hide_addresses_in(value: Any) -> Any:
    """``value``, plain JSON, with each address in its texts and keys as ``shown_address`` has it."""
    if isinstance(value, str):
        is_address = re.match(rf"\s*{_SCHEME}://", value) and not re.match(_SHOWN, value)
        return shown_address(value) if is_address else hide_addresses(value)
    if isinstance(value, dict):
        return {hide_addresses_in(key): hide_addresses_in(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [hide_addresses_in(each) for each in value]
    return value


def _host_and_port(rest: str) -> str:
    """What follows the scheme -> host and port, or '' where it is not certain which part they are."""
    authority = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
    if "@" in rest[len(authority) :] and ":" in authority and not _NUMERIC_HOST_AND_PORT.fullmatch(authority):
        return ""
    host = authority.rpartition("@")[2].strip()
    return host if re.fullmatch(_HOST, host) else ""


@lru_cache(maxsize=256)
def _fingerprint(address: str) -> str:
    content = address.encode("utf-8", "surrogatepass")
    return hashlib.pbkdf2_hmac("sha256", content, b"realtime-fer address", _ROUNDS).hex()[:6]
