"""Loads liblsl, once a process, so that it reaches this computer alone or the network, as a person chose.

liblsl reads its settings before its first stream and never again. On this computer alone, its search for streams stays
there (``ResolveScope``, https://labstreaminglayer.readthedocs.io/info/lslapicfg.html). It still opens its ports on all
network interfaces; on Linux they are bound to the loopback interface afterwards.
"""

from __future__ import annotations

import os
import socket
import stat
import sys
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any

from realtime_fer.core.errors import StreamError

#: liblsl's own ports are these, and no others, so that they can be told from the program's.
BASE_PORT, PORT_RANGE, MULTICAST_PORT = 16572, 32, 16571

LOCAL_SETTINGS = f"""
[ports]
MulticastPort = {MULTICAST_PORT}
BasePort = {BASE_PORT}
PortRange = {PORT_RANGE}
AllowRandomPorts = 0
[multicast]
ResolveScope = machine
[log]
level = -2
"""

#: Where each process's own sockets are listed, as links.
_DESCRIPTORS = "/proc/self/fd"


class LslLibrary:
    """The module pylsl with its settings. One for the process: ``LIBRARY``.

    Args:
        load: imports pylsl.
    """

    def __init__(self, load: Callable[[], Any] | None = None) -> None:
        self._load = load or _import_pylsl
        self._module: Any = None
        self._on_network = False

    def open(self, on_network: bool) -> Any:
        """The module, set up. On the network, a person's own ``lsl_api.cfg`` counts.

        Raises:
            StreamError: it is missing, or was opened otherwise before.
        """
        if self._module is None:
            module = self._load()
            if not on_network:
                try:
                    module.util.set_config_content(LOCAL_SETTINGS)
                except (AttributeError, NotImplementedError) as error:
                    raise StreamError(
                        "This version of liblsl cannot be limited to this computer.", "Version 1.17.7 or later can."
                    ) from error
            self._module, self._on_network = module, on_network
        elif self._on_network != on_network:
            raise StreamError(
                "LSL cannot switch between this computer and the network while the program runs; it stays off "
                "until you restart the program.",
                "Close the program and start it again.",
            )
        return self._module


def _import_pylsl() -> Any:
    try:
        import pylsl
    except ImportError as error:
        raise StreamError(
            "The package pylsl is missing, so there is no LSL.", "Run: pip install 'realtime-fer[lsl]'"
        ) from error
    except (RuntimeError, OSError) as error:  # pylsl's own word for a liblsl that it does not find.
        raise StreamError(
            "The library liblsl cannot be loaded, so there is no LSL.", "Run: pip install --force-reinstall pylsl"
        ) from error
    return pylsl


def liblsl_version() -> str:
    """Such as '1.18'. Contacts nobody.

    Raises:
        StreamError: it cannot be loaded.
    """
    found = int(_import_pylsl().library_version())
    return f"{found // 100}.{found % 100}"


#: liblsl's settings are the process's.
LIBRARY = LslLibrary()


def keep_on_loopback() -> bool:
    """Binds liblsl's listening sockets of this process to the loopback interface, where the system lets it: Linux.

    Returns:
        Whether all of them are bound.
    """
    bind = getattr(socket, "SO_BINDTODEVICE", None)
    if bind is None or not sys.platform.startswith("linux"):
        return False
    ours = range(MULTICAST_PORT, BASE_PORT + PORT_RANGE)
    try:
        numbers = [int(name) for name in os.listdir(_DESCRIPTORS)]
    except OSError:
        return False
    done = True
    for number in numbers:
        with suppress(OSError):
            if not stat.S_ISSOCK(os.fstat(number).st_mode):
                continue
            with closing(socket.socket(fileno=os.dup(number))) as one:
                if one.family not in (socket.AF_INET, socket.AF_INET6) or one.getsockname()[1] not in ours:
                    continue
                if one.type == socket.SOCK_STREAM and not one.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                    continue  # Somebody who is connected.
                try:
                    one.setsockopt(socket.SOL_SOCKET, bind, b"lo\0")
                except OSError:
                    done = False
    return done
