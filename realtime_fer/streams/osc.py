"""Sends each frame as OSC over UDP, to the one address that a person gave."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from realtime_fer.core.enums import OscScheme
from realtime_fer.core.errors import StreamError, reason_of
from realtime_fer.core.text.translation import Wording
from realtime_fer.streams.hub import LiveHub
from realtime_fer.streams.osc_messages import Message, OscMessages

#: Bytes of a packet. macOS refuses UDP packets over 9,216 bytes; VMC's receivers take 1,500, headers included.
_LONGEST_PACKET = {OscScheme.FER: 9000, OscScheme.VMC: 1400, OscScheme.VRCHAT: 1400, OscScheme.FACEOSC: 1400}

#: VRChat reads single messages.
_UNBUNDLED = {OscScheme.VRCHAT}


def osc_address(text: str) -> tuple[str, int]:
    """Host and port of 'HOST:PORT'.

    Raises:
        StreamError: it is none.
    """
    try:
        parts = urlsplit(f"//{text.strip()}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or not port or parts.path or parts.query or parts.username:
        raise StreamError(
            "'{text}' is not an address for OSC.", "Give host and port, such as 127.0.0.1:9000.", text=text
        )
    return host, port


def packets_of(messages: Iterable[Message], scheme: OscScheme) -> list[bytes]:
    """A frame's packets: one bundle, or for VRChat single messages. What exceeds the longest packet is left out."""
    from pythonosc.osc_bundle_builder import IMMEDIATELY, OscBundleBuilder
    from pythonosc.osc_message_builder import OscMessageBuilder

    made: list[Any] = []
    size = 16
    for address, values in messages:
        builder = OscMessageBuilder(address)
        for value in values:
            kind = OscMessageBuilder.ARG_TYPE_FLOAT if isinstance(value, float) else None
            builder.add_arg(value, kind)
        message = builder.build()
        if size + 4 + message.size > _LONGEST_PACKET[scheme]:
            break
        size += 4 + message.size
        made.append(message)
    if scheme in _UNBUNDLED:
        return [message.dgram for message in made]
    bundle = OscBundleBuilder(IMMEDIATELY)
    for message in made:
        bundle.add_content(message)
    return [bundle.build().dgram]


def message_packet(address: str, values: Iterable[int | float | str]) -> bytes:
    """One message.

    Raises:
        StreamError: the package is missing.
    """
    try:
        from pythonosc.osc_message_builder import OscMessageBuilder
    except ImportError as error:
        raise StreamError("The package python-osc is missing, so no OSC is sent.") from error
    builder = OscMessageBuilder(address)
    for value in values:
        builder.add_arg(value, OscMessageBuilder.ARG_TYPE_FLOAT if isinstance(value, float) else None)
    packet: bytes = builder.build().dgram
    return packet


class OscSender:
    """Owns the thread "live-osc". ``problem`` tells why nothing is sent, or ''.

    Args:
        target: 'HOST:PORT'.

    Raises:
        StreamError: ``target`` is no such address.
    """

    def __init__(self, hub: LiveHub, target: str, scheme: OscScheme) -> None:
        self._hub, self._scheme = hub, scheme
        self._host, self._port = osc_address(target)
        self.target = target
        self.problem = ""
        self._arrived = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="live-osc", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """May be called twice."""
        self._stopping = True
        self._arrived.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _run(self) -> None:
        try:
            import pythonosc  # noqa: F401
        except ImportError:
            self.problem = Wording("Stream", "The package python-osc is missing, so no OSC is sent.")
            return
        try:
            family, kind, _, _, address = socket.getaddrinfo(self._host, self._port, type=socket.SOCK_DGRAM)[0]
            sender = socket.socket(family, kind)
        except OSError as error:
            self.problem = self._words_of(error)
            return
        messages = OscMessages(self._scheme)
        listener = self._hub.listen(self._arrived.set)
        try:
            with sender:
                while not self._stopping:
                    self._arrived.wait()
                    self._arrived.clear()
                    frame = listener.take()
                    if frame is not None:
                        self._send(sender, packets_of(messages.of(frame.values), self._scheme), address)
        finally:
            self._hub.leave(listener)

    def _send(self, sender: socket.socket, packets: list[bytes], address: Any) -> None:
        try:
            for packet in packets:
                sender.sendto(packet, address)
        except OSError as error:  # It may work again with the next frame.
            self.problem = self._words_of(error)
        else:
            self.problem = ""

    def _words_of(self, error: OSError) -> str:
        return Wording(
            "Stream", "No OSC can be sent to {target}: {reason}.", target=self.target, reason=reason_of(error)
        )
