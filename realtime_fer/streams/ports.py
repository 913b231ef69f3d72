"""Listens on loopback alone, at the wanted port or the next one that is free."""

from __future__ import annotations

import errno
import os
import socket

from realtime_fer.core.errors import StreamError

#: How many ports are tried.
MOST_TRIED = 20

_NO_IPV6 = {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT, errno.EPROTONOSUPPORT, errno.EINVAL}


def bind_loopback(port: int) -> list[socket.socket]:
    """Sockets on 127.0.0.1 and, where there is IPv6, on ::1, both at the same port: 'localhost' may mean either.

    Raises:
        StreamError: ``MOST_TRIED`` ports from ``port`` on are taken.
    """
    last = min(65535, port + MOST_TRIED - 1)
    for number in range(port, last + 1):
        made: list[socket.socket] = []
        try:
            made.append(_bound(socket.AF_INET, "127.0.0.1", number))
            try:
                made.append(_bound(socket.AF_INET6, "::1", number))
            except OSError as error:
                if error.errno not in _NO_IPV6:
                    raise
        except OSError:
            for one in made:
                one.close()
            continue
        return made
    raise StreamError("The ports {first} to {last} are taken. Choose another port.", first=port, last=last)


def _bound(family: socket.AddressFamily, address: str, port: int) -> socket.socket:
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # On Windows it would share a port that is in use.
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((address, port))
        made.listen(64)
        made.setblocking(False)
    except OSError:
        made.close()
        raise
    return made
