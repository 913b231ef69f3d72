"""Serves the application with waitress: the only file that knows it."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import ErrorTask

from realtime_fer.web.access import SECURITY_HEADERS
from realtime_fer.web.app import language_of
from realtime_fer.web.limits import Limits
from realtime_fer.web.pages import in_words_of
from realtime_fer.web.refusals import sentence_of


class _Refusal(ErrorTask):  # type: ignore[misc]
    """What waitress refuses by itself, before the application sees it, is answered as the application does."""

    def execute(self) -> None:
        status = int(self.request.error.code)
        # Where the headers could not be read, there are none.
        language = language_of(self.request.headers.get("ACCEPT_LANGUAGE"))
        told = {"error": in_words_of(language, sentence_of(status)), "status": status}
        body = json.dumps(told).encode() + b"\n"
        self.status = f"{status} {HTTPStatus(status).phrase}"
        self.response_headers += [
            ("Content-Type", "application/json"),
            ("Cache-Control", "no-store"),
            *SECURITY_HEADERS.items(),
        ]
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class _Channel(HTTPChannel):  # type: ignore[misc]
    error_task_class = _Refusal


def make_server(app: Any, host: str, port: int, *, workers: int, limits: Limits) -> Any:
    """A server that listens, and answers once its ``run`` is called; ``close`` ends it.

    Each request that is worked on or waits for a worker holds one thread; a few more answer pages, health and
    refusals meanwhile. Bodies stay in memory.

    Args:
        port: 0 for any that is free; ``port_of`` tells it.

    Raises:
        OSError: the address cannot be listened on.
    """
    sockets: dict[int, Any] = {}
    server = create_server(
        app,
        map=sockets,
        host=host,
        port=port,
        threads=workers + limits.waiting + 4,
        connection_limit=limits.connections,
        channel_timeout=30,
        cleanup_interval=10,
        max_request_header_size=16_384,
        max_request_body_size=limits.body_bytes,
        # waitress would write a body that is larger than this to the disk.
        inbuf_overflow=limits.body_bytes + 1,
        outbuf_overflow=limits.body_bytes + 1,
        ident=None,
    )
    for one in sockets.values():
        if hasattr(one, "channel_class"):
            one.channel_class = _Channel
    return server


def port_of(server: Any) -> int:
    """The port that it listens on; of several addresses, as of 'localhost', the first one's."""
    one = getattr(server, "effective_port", None)
    return int(one if one is not None else server.effective_listen[0][1])
