"""What of an address may be shown, logged and kept: never what opens doors."""

from __future__ import annotations

import re
from typing import Any

_SECRET_KEYS = (
    "access_?token|refresh_?token|id_?token|token|api_?key|access_?key|key|auth|authorization|authkey|password|passwd|"
    "pass|pwd|username|user|usr|login|loginuse|loginpas|account|secret|client_?secret|credentials?|signature|sig|"
    "session|session_?id|sid|jwt|bearer|code|hash|x-amz-[a-z-]+|policy"
)
_HOST_AND_PORT = re.compile(r"(?:\[[^\]]*\]|[^:]*)(?::[0-9]*)?")
_SECRET_PAIR = re.compile(rf"(?i)(?<![a-z0-9-])({_SECRET_KEYS})=[^&;?#/]*")


def without_credentials(url: str) -> str:
    """``url`` as it may be shown: no user, no password, and '***' for the values of keys such as token or pwd.

    Passwords with unescaped signs make no valid address but are typed by people. Where such an address could be read
    in two ways the shorter one is shown, which may hide a part of the path but not show a part of the password.
    """
    scheme, separator, rest = url.partition("://")
    if not separator:
        scheme, rest = "", url
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if "@" in authority:
        before_query = re.split(r"[?#]", rest, maxsplit=1)[0]
        end = before_query.rindex("@") + 1
        # Nothing behind it is no host: the password goes on.
        rest = rest[end if len(before_query) > end else rest.rindex("@") + 1 :]
    elif "@" in rest and ":" in authority and not _HOST_AND_PORT.fullmatch(authority):
        rest = rest[rest.rindex("@") + 1 :]
    return scheme + separator + _SECRET_PAIR.sub(r"\1=***", rest)


def host_of(url: str) -> str:
    """The host alone: what a short list calls an address; of one without a host its scheme."""
    scheme, _, rest = without_credentials(url).partition("://")
    found = re.match(r"\[[^\]]*\]|[^:/?#]*", rest)
    return (found.group() if found else "") or scheme


def free_of_credentials(value: Any) -> Any:
    """``value``, plain JSON, with the credentials of each text that is an address left out."""
    if isinstance(value, str):
        return without_credentials(value) if "://" in value else value
    if isinstance(value, dict):
        return {key: free_of_credentials(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [free_of_credentials(each) for each in value]
    return value
