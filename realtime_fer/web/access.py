"""Who may ask: the Host and Origin of a request, its token, and the headers of every answer."""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from realtime_fer.core.text.translation import Wording
from realtime_fer.web.refusals import Refusal

#: Shorter tokens can be guessed.
SHORTEST_TOKEN = 16

#: On every answer. Nothing is loaded from elsewhere, no script stands in the page, and no other page embeds it.
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; media-src blob:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(self), microphone=(), geolocation=(), display-capture=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def is_loopback(host: str) -> bool:
    """Whether only this computer reaches a server that listens on ``host``."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True)
class Access:
    """Whom the server answers.

    Attributes:
        token: that every request to the API must bring; '' asks for none.
        host_names: by which the server is reached, besides 'localhost' and every IP address. A page of another name
            that resolves to this computer (DNS rebinding) is refused.
        origins: of other pages whose scripts may use the API, such as 'https://example.org'; usually none.
    """

    token: str = ""
    host_names: Collection[str] = ()
    origins: Collection[str] = ()

    def check_host(self, host: str | None) -> None:
        """Raises Refusal: 421, the Host header (RFC 9110, 7.2) is missing or names somebody else."""
        name = _name_of(host or "")
        if name is None or not (_is_address(name) or name in {"localhost", *(n.lower() for n in self.host_names)}):
            raise Refusal(421, Wording("Web", "This server does not answer to that name; --allow-host NAME allows it."))

    def check_origin(self, origin: str | None, host: str | None) -> None:
        """Raises Refusal: 403, the request comes from the script or form of another page."""
        if origin is None or origin in self.origins:
            return
        if origin == "null" or urlsplit(origin).netloc.lower() != (host or "").lower():
            raise Refusal(403, Wording("Web", "Other pages may not use this server."))

    def check_token(self, authorization: str | None) -> None:
        """Raises Refusal: 401, the token is missing or wrong."""
        if not self.token:
            return
        scheme, _, given = (authorization or "").partition(" ")
        # Bytes: compare_digest takes only ASCII texts.
        same = hmac.compare_digest(given.strip().encode(), self.token.encode())
        if scheme.lower() != "bearer" or not same:
            told = Wording("Web", "This server needs its token: send the header 'Authorization: Bearer TOKEN'.")
            raise Refusal(401, told)


def _name_of(host: str) -> str | None:
    """The name or address in a Host header, without port; None where it is malformed."""
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port  # raises where it is no number
    except ValueError:
        return None
    if parts.netloc != host or "@" in host:
        return None
    return parts.hostname


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
