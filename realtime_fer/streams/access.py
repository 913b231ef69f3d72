"""Who may read from the server: programs on this computer, and of web pages only its own and those that are listed."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit


def refusal(headers: Mapping[str, str], pages: Collection[str]) -> str:
    """Why a request is refused, as a sentence; '' where it is not.

    A browser lets any page in the world ask a server on loopback. It names the page in ``Origin``, and says in
    ``Sec-Fetch-Site`` how that page relates to the server where it names none (Fetch Metadata, W3C). ``Origin: null``
    may be a foreign page in a sandbox, so it is refused unless 'null' is listed. A name in ``Host`` that is not this
    computer's own means that a foreign name was made to point here (DNS rebinding).

    Args:
        headers: of the request, by names in any case.
        pages: origins that may read, such as 'http://localhost:3000'.
    """
    host = headers.get("Host", "")
    if not _is_loopback(host):
        return f"The server answers to this computer's own names, and not to '{host}'."
    origin = headers.get("Origin")
    if origin is not None:
        if origin == f"http://{host}" or origin.rstrip("/") in {page.rstrip("/") for page in pages}:
            return ""
        return f"The page '{origin}' is not listed in the window (Live numbers) or by --pages."
    if headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
        return "A page of another origin may not read this."
    return ""


def _is_loopback(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return False
    if name == "localhost":
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
