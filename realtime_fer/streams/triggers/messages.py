"""OSC and HTTP messages to programs on this computer."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Sequence

from realtime_fer import __version__
from realtime_fer.core.errors import TriggerError, reason_of
from realtime_fer.core.triggers.machine import Fired
from realtime_fer.core.triggers.targets import http_target, osc_target
from realtime_fer.streams.osc import message_packet

_TIMEOUT_S = 3.0


class _AtOnce:
    """Nothing goes on after ``perform``."""

    is_busy = False

    def outcomes(self) -> Sequence[tuple[str, str]]:
        return ()

    def stop(self) -> None:
        pass


def _addresses(host: str) -> tuple[str, ...]:
    """Without asking anybody what 'localhost' means."""
    return ("127.0.0.1", "::1") if host == "localhost" else (host,)


class OscMessage(_AtOnce):
    """Sends one message by UDP: the values that were written, else expression, name and value."""

    def perform(self, text: str, fired: Fired) -> bool:
        target = osc_target(text)
        seen = fired.seen
        values = target.values or (seen.expression, fired.who, round(seen.probability, 4))
        host = _addresses(target.host)[0]
        try:
            with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM) as sender:
                sender.sendto(message_packet(target.address, values), (host, target.port))
            return True
        except OSError as error:
            raise TriggerError(
                "The OSC message '{text}' cannot be sent: {reason}.", text=text, reason=reason_of(error)
            ) from error


class HttpMessage(_AtOnce):
    """Sends expression, name and value as JSON by POST, or asks by GET. It follows no redirection."""

    def perform(self, text: str, fired: Fired) -> bool:
        target = http_target(text)
        seen = fired.seen
        told = {"expression": seen.expression, "name": fired.who, "value": round(seen.probability, 4)}
        body = json.dumps(told).encode() if target.method == "POST" else None
        headers = {"User-Agent": f"realtime-fer/{__version__}", "Connection": "close"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        problem: Exception | None = None
        for host in _addresses(target.host):
            connection = http.client.HTTPConnection(host, target.port, timeout=_TIMEOUT_S)
            try:
                connection.request(target.method, target.path, body, headers)
                status = connection.getresponse().status
            except ConnectionRefusedError as error:  # 'localhost' may be the other one.
                problem = error
                continue
            except (OSError, http.client.HTTPException) as error:
                problem = error
                break
            finally:
                connection.close()
            if status >= 300:
                raise TriggerError("'{text}' answers with status {status}.", text=text, status=status)
            return True
        assert problem is not None
        raise TriggerError("'{text}' does not answer: {reason}.", text=text, reason=reason_of(problem)) from problem
