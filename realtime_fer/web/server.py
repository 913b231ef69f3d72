"""Serves the application with waitress: the only file that knows it."""

from __future__ import annotations

from typing import Any

from waitress.server import create_server

from realtime_fer.web.limits import Limits


def make_server(app: Any, host: str, port: int, *, workers: int, limits: Limits) -> Any:
    """A server that listens, and answers once its ``run`` is called; ``close`` ends it.

    Each request that is worked on or waits for a worker holds one thread; a few more answer pages, health and
    refusals meanwhile. Bodies stay in memory.

    Args:
        port: 0 for any that is free; ``effective_port`` is the one.

    Raises:
        OSError: the address cannot be listened on.
    """
    return create_server(
        app,
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
