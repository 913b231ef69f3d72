"""``realtime-fer serve``: the web page and its API, on this computer alone unless asked otherwise."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from realtime_fer.core.cards.model_order import RECOMMENDED
from realtime_fer.core.errors import SettingsError, reason_of
from realtime_fer.core.text.printable import say
from realtime_fer.web.access import SHORTEST_TOKEN, Access, is_loopback
from realtime_fer.web.limits import Limits

if TYPE_CHECKING:
    from realtime_fer.web.service import Service

#: Holds the token, which other users of this computer could read on a command line.
TOKEN_VARIABLE = "REALTIME_FER_TOKEN"

_EXPOSED = (
    "Everybody who reaches {host} and knows the token can send pictures to this computer. Pictures and token travel "
    "unencrypted: put a proxy with HTTPS before it."
)


@dataclass(frozen=True)
class ServeRequest:
    """What to serve, and for whom.

    Attributes:
        token: '' for the environment's, or none.
        expose: answers yes to the question whether other computers may reach it.
        host_names, origins: as of ``Access``.
        model: id, for requests that name none.
        detector: None for the best one that is installed.
        workers: 0 for as many as there are processors, four at most.
    """

    host: str = "127.0.0.1"
    port: int = 5000
    token: str = field(default="", repr=False)
    expose: bool = False
    host_names: Collection[str] = ()
    origins: Collection[str] = ()
    model: str = RECOMMENDED
    detector: str | None = None
    workers: int = 0


def serve(request: ServeRequest, ask: Callable[[str], bool] | None = None) -> int:
    """Serves until Ctrl-C or a termination signal.

    Args:
        ask: puts a question to the person; None asks at the terminal, where there is one.

    Returns:
        Exit code 0.

    Raises:
        RealtimeFerError: the extra is not installed, the address is taken, other computers would reach it without a
            token or a yes, or the model cannot be loaded.
    """
    token = request.token or os.environ.get(TOKEN_VARIABLE, "")
    access = _access_of(request, token)
    if not is_loopback(request.host):
        _confirm_exposure(request, ask or _ask_at_terminal)
    try:
        from realtime_fer.web.app import make_app
        from realtime_fer.web.server import make_server, port_of
    except ImportError as error:
        raise SettingsError(
            "The web page needs the package {package}, which is not installed.",
            "Run: pip install 'realtime-fer[web]'",
            package=error.name or str(error),
        ) from error
    from realtime_fer.web.refusals import Refusal
    from realtime_fer.web.service import Service

    workers = request.workers or min(4, os.cpu_count() or 1)
    limits = Limits()
    try:
        service = Service(model=request.model, detector=request.detector, workers=workers, limits=limits)
    except Refusal as refusal:
        raise SettingsError(refusal.sentence) from refusal
    try:
        app = make_app(service, access)
        try:
            server = make_server(app, request.host, request.port, workers=workers, limits=limits)
        except (OSError, ValueError) as error:
            raise SettingsError(
                "The address {host}:{port} cannot be served: {reason}.",
                "Another program may use it; --port chooses another.",
                host=request.host,
                port=request.port,
                reason=reason_of(error),
            ) from error
        try:
            service.wait_until_ready()
            _serve_until_stopped(server, port_of(server), service, request.host)
        except Refusal as refusal:
            raise SettingsError(refusal.sentence) from refusal
        finally:
            server.close()
    finally:
        service.close()
    return 0


def _serve_until_stopped(server: Any, port: int, service: Service, host: str) -> None:
    # waitress takes Ctrl-C for its end once it runs; just before, it means the same.
    with suppress(KeyboardInterrupt):
        say(f"Open {_address(host, port)} in a browser; Ctrl-C ends it.", flush=True)
        used = f"{service.default.model} with {service.default.detector}"
        workers = f"{service.pool.workers} workers" if service.pool.workers > 1 else "1 worker"
        say(f"{used}, {workers}. Nothing is stored.", flush=True)
        server.run()


def _address(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"


def _access_of(request: ServeRequest, token: str) -> Access:
    if token and (len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable() or " " in token):
        raise SettingsError(
            "The token must have {least} or more letters, digits and signs, and no blank.",
            "This makes one: python -c 'import secrets; print(secrets.token_urlsafe(24))'",
            least=SHORTEST_TOKEN,
        )
    if not token and not is_loopback(request.host):
        raise SettingsError(
            "Other computers reach {host}, so a token is needed.",
            "Put one into the environment as {variable}, or give --token.",
            host=request.host,
            variable=TOKEN_VARIABLE,
        )
    for origin in request.origins:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.netloc or origin != f"{parts.scheme}://{parts.netloc}":
            raise SettingsError("'{origin}' is no origin such as https://example.org.", origin=origin)
    return Access(token, frozenset(request.host_names), frozenset(request.origins))


def _confirm_exposure(request: ServeRequest, ask: Callable[[str], bool]) -> None:
    say(_EXPOSED.format(host=request.host), error=True)
    if not request.expose and not ask("Serve it to other computers? Type yes: "):
        raise SettingsError(
            "Other computers would reach {host}, and that was not confirmed.",
            "Answer yes, or give --expose.",
            host=request.host,
        )


def _ask_at_terminal(question: str) -> bool:
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    say(question, end="", flush=True)
    return sys.stdin.readline().strip().lower() == "yes"
