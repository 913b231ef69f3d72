"""The part of an address that is shown, logged and kept: never a credential.

An address may hold passwords, keys and tokens anywhere: before the host, in the path, in the query, in a nested
address, in any encoding. So nothing is searched for and removed. Only scheme, host and port are shown, and a short
fingerprint distinguishes addresses of one host.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Any

from realtime_fer.core.request import SCHEMES, has_scheme, looks_like_path

_SCHEME = r"[A-Za-z][A-Za-z0-9+.\-]{0,20}"
_HOST = r"(?:\[[0-9A-Fa-f:.]{2,45}\]|[\w.\-]{1,253})(?::[0-9]{1,5})?"
_NUMERIC_HOST_AND_PORT = re.compile(r"(?:\[[0-9A-Fa-f:.]*\]|[0-9]{1,3}(?:\.[0-9]{1,3}){3}):[0-9]{1,5}")
_SHOWN = rf"(?:{_SCHEME}://)?(?:{_HOST}/)?… \([0-9a-f]{{6}}\)"
# In a sentence: up to the last @, since a password may hold any character, and on to the next blank or quote. The
# limit keeps a long hostile text from taking minutes.
_IN_TEXT = re.compile(rf"{_SHOWN}|(?<![A-Za-z0-9]){_SCHEME}://(?:[^\n]{{0,1000}}@)?[^\s'\"<>]*")
# What may be an address without a scheme: a name and password, or a query.
_BARE = re.compile(
    rf"[^@]*:[^@]*@|.*[?&#;][^=]*=|(?:{'|'.join(sorted(SCHEMES))}):",
    re.DOTALL | re.IGNORECASE,
)

# So many that guessing is slow: fingerprints are passed on with recordings, and passwords are short.
_ROUNDS = 20_000


def shown_address(request: str) -> str:
    """What may be shown of an address: ``rtsp://camera.local:554/… (3fa9c1)``; any other word is returned as it is.

    An ambiguous one such as ``rtsp://me:a/b@c/d`` loses its host too, which may be a part of a password. A
    ``file:///`` address is a file's name and stays, and so does the result of an earlier call.
    """
    if re.fullmatch(_SHOWN, request):
        return request
    scheme, separator, rest = request.partition("://")
    if not separator or not re.fullmatch(_SCHEME, scheme.strip()):
        if not separator and (looks_like_path(request) or not _BARE.match(request)):
            return request
        scheme, separator, rest = "", "", request
    if scheme.strip().lower() == "file" and rest.startswith("/") and not has_scheme(rest):
        return request
    start = f"{scheme.strip().lower()}://" if separator else ""
    host = _host_and_port(rest)
    return f"{start}{host}{'/' if host else ''}… ({_fingerprint(request.strip())})"


def host_of(request: str) -> str:
    """The host alone, for short lists; if the host may not be shown, what may."""
    shown = shown_address(request)
    found = re.match(rf"(?:{_SCHEME}://)?({_HOST})/", shown)
    return re.sub(r":[0-9]{1,5}$", "", found.group(1)) if found else shown


def hide_addresses(text: str) -> str:
    """A sentence, such as a library's error or a log line, with ``shown_address`` applied to each address in it.

    If an address holds an @, everything up to the line's last @ is removed with it.
    """
    return _IN_TEXT.sub(lambda found: shown_address(found.group()), text) if has_scheme(text) else text


def hide_addresses_in(value: Any) -> Any:
    """``value``, plain JSON, with ``shown_address`` applied to each address in its texts and keys."""
    if isinstance(value, str):
        is_address = re.match(rf"\s*{_SCHEME}://", value) and not re.match(_SHOWN, value)
        return shown_address(value) if is_address else hide_addresses(value)
    if isinstance(value, dict):
        return {hide_addresses_in(key): hide_addresses_in(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [hide_addresses_in(each) for each in value]
    return value


def _host_and_port(rest: str) -> str:
    """The part after the scheme -> host and port, or '' if it is uncertain which part they are."""
    authority = re.split(r"[/?#\\]", rest, maxsplit=1)[0]
    if "@" in rest[len(authority) :] and ":" in authority and not _NUMERIC_HOST_AND_PORT.fullmatch(authority):
        return ""
    host = authority.rpartition("@")[2].strip()
    return host if re.fullmatch(_HOST, host) else ""


@lru_cache(maxsize=256)
def _fingerprint(address: str) -> str:
    content = address.encode("utf-8", "surrogatepass")
    return hashlib.pbkdf2_hmac("sha256", content, b"realtime-fer address", _ROUNDS).hex()[:6]
