"""What of an address may be shown, logged and kept: never what opens doors."""

from __future__ import annotations

import re
from typing import Any

# Whole keys, and what any key may end in; "_" and "-" may stand between the parts.
_SECRET_KEYS = (
    "key|auth|authorization|pass|pw|psw|user|users|user~name|user~id|uid|usr|login|login~name|loginuse|loginpas|"
    "account|sig|session|session~id|sid|jwt|bearer|code|hash|policy|x-amz-[a-z-]+|"
    "[a-z0-9_.-]{0,40}(?:token|pass~word|pass~wd|pass~phrase|user~pass|pwd|secret|credentials?|signature|"
    "(?:api|access|auth|secret|private|stream)~key)"
).replace("~", "[_-]?")
# What no user is called: then the colon stands before a port, not before a password.
_NUMERIC_HOST_AND_PORT = re.compile(r"(?:\[[^\]@]*\]|[0-9]{1,3}(?:\.[0-9]{1,3}){3}):[0-9]{1,5}")
_SECRET_IN_PATH = re.compile(rf"(?i)(?<![a-z0-9])({_SECRET_KEYS})=[^&;?#/]*")
_SECRET_IN_QUERY = re.compile(rf"(?i)(?<![a-z0-9])({_SECRET_KEYS})=[^&]*")


def without_credentials(url: str) -> str:
    """``url`` as it may be shown: no user, no password, and '***' for the values of keys such as token or pwd.

    Passwords with unescaped signs make no valid address but are typed by people. Where such an address could be read
    in two ways the shorter one is shown, which may hide a part of the path but not show a part of the password.
    """
    scheme, separator, rest = url.partition("://")
    if not separator:
        scheme, rest = "", url
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    if "@" in rest and ":" in authority and not _NUMERIC_HOST_AND_PORT.fullmatch(authority):
        # Whatever stands before an @ may be the password's.
        rest = rest[rest.rindex("@") + 1 :]
    elif "@" in authority:
        before_query = re.split(r"[?#]", rest, maxsplit=1)[0]
        rest = rest[before_query.rindex("@") + 1 :]
    path, mark, query = rest.partition("?")
    return scheme + separator + _SECRET_IN_PATH.sub(r"\1=***", path) + mark + _SECRET_IN_QUERY.sub(r"\1=***", query)


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
