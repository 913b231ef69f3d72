"""The server on loopback: WebSocket, server-sent events, the page for OBS, the picture. In a thread of its own."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from importlib import resources
from typing import Any

from realtime_fer.core.errors import RealtimeFerError
from realtime_fer.core.frame import FrameResult
from realtime_fer.core.live import LiveClient, RunCommand
from realtime_fer.core.text.translation import Wording
from realtime_fer.streams.access import refusal
from realtime_fer.streams.clients import Clients
from realtime_fer.streams.hub import LiveHub
from realtime_fer.streams.message import LiveFrame
from realtime_fer.streams.ports import bind_loopback
from realtime_fer.streams.remote import RemoteCommands

_log = logging.getLogger(__name__)

#: From a result to a JPEG; called in one thread.
MakePicture = Callable[[FrameResult], bytes]

#: Bytes of a message to the server.
_LONGEST_MESSAGE = 4096

#: A connection that gives so many wrong commands is closed.
_MOST_REFUSED = 20

_PINGED_EACH_S = 20.0

#: Between two pictures of ``/view``.
_PICTURE_S = 1 / 30

_FILES = {
    "/overlay": ("overlay.html", "text/html"),
    "/overlay.js": ("overlay.js", "text/javascript"),
    "/overlay.css": ("overlay.css", "text/css"),
    "/schema.json": ("live.schema.json", "application/json"),
}

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'; "
    "connect-src 'self' ws://127.0.0.1:* ws://localhost:*",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}

_INDEX = """realtime-fer gives live numbers here:
/overlay      page for an OBS browser source
/live         WebSocket: a JSON object for each frame
/events       the same as server-sent events
/view         the picture (MJPEG), where that is switched on
/schema.json  what an object holds
"""


class LiveServer:
    """Owns the thread "live-server". ``start`` returns at once; ``address`` or ``problem`` then tells what came of it.

    Args:
        port: the first that is tried.
        pages: origins of other pages that may read.
        picture: None where the picture is not given.
        run: None where no commands are taken.
    """

    def __init__(
        self,
        hub: LiveHub,
        port: int,
        *,
        pages: tuple[str, ...] = (),
        picture: MakePicture | None = None,
        run: RunCommand | None = None,
    ) -> None:
        self._port, self._pages, self._picture = port, pages, picture
        self._commands = RemoteCommands(run)
        self._clients = Clients(hub)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stop: asyncio.Event | None = None
        self._started = threading.Event()
        self._stopping = False
        self._newest_picture: tuple[LiveFrame, asyncio.Future[bytes]] | None = None
        self._drawing: ThreadPoolExecutor | None = None
        self.address = ""
        self.problem = ""
        self._thread = threading.Thread(target=self._run, name="live-server", daemon=True)

    @property
    def token(self) -> str:
        """Without it no command is taken; '' where none is."""
        return self._commands.token

    def clients(self) -> tuple[LiveClient, ...]:
        return self._clients.listed()

    def start(self) -> None:
        self._thread.start()

    def wait_started(self, timeout_s: float = 10.0) -> bool:
        """Whether ``address`` or ``problem`` is known by then."""
        return self._started.wait(timeout_s)

    def stop(self, timeout_s: float = 5.0) -> None:
        """Closes all connections and the thread. May be called twice."""
        self._stopping = True
        if not self._thread.is_alive():
            return
        self._started.wait(timeout_s)
        loop, stop = self._loop, self._stop
        if loop is not None and stop is not None:
            with suppress(RuntimeError):  # It has ended by itself.
                loop.call_soon_threadsafe(stop.set)
        self._thread.join(timeout_s)

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except RealtimeFerError as error:
            self.problem = error.sentence()
        except ImportError:
            self.problem = Wording("Stream", "The package aiohttp is missing, so nothing is served.")
        except Exception as error:
            _log.exception("the live server ended")
            self.problem = Wording("Stream", "The live server ended because of a fault ({error}).", error=error)
        finally:
            self.address = ""
            self._started.set()

    async def _serve(self) -> None:
        from aiohttp import web

        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()

        async def guarded(request: Any, handler: Callable[[Any], Awaitable[Any]]) -> Any:
            sentence = refusal(request.headers, self._pages)
            if sentence:
                return web.Response(status=403, text=sentence + "\n", headers=_HEADERS)
            return await handler(request)

        app = web.Application(middlewares=[web.middleware(guarded)])
        app.router.add_get("/", self._index)
        app.router.add_get("/live", self._websocket)
        app.router.add_get("/events", self._events)
        app.router.add_get("/view", self._view)
        for path in _FILES:
            app.router.add_get(path, self._file)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.5, handler_cancellation=True)
        await runner.setup()
        try:
            sockets = bind_loopback(self._port)
            for one in sockets:
                await web.SockSite(runner, one).start()
            self.address = f"http://127.0.0.1:{sockets[0].getsockname()[1]}"
            self._started.set()
            if not self._stopping:
                await self._stop.wait()
        finally:
            self._clients.cancel()
            await runner.cleanup()
            if self._drawing is not None:
                self._drawing.shutdown()

    def _headers(self, request: Any) -> dict[str, str]:
        origin = request.headers.get("Origin")
        # It is listed, or the request would have been refused.
        return _HEADERS if origin is None else {**_HEADERS, "Access-Control-Allow-Origin": origin, "Vary": "Origin"}

    async def _index(self, request: Any) -> Any:
        from aiohttp import web

        return web.Response(text=_INDEX, headers=self._headers(request))

    async def _file(self, request: Any) -> Any:
        from aiohttp import web

        name, kind = _FILES[request.path]
        content = (resources.files("realtime_fer.assets") / name).read_bytes()
        return web.Response(body=content, content_type=kind, charset="utf-8", headers=self._headers(request))

    def _full(self) -> Any:
        from aiohttp import web

        return web.Response(status=503, text="Too many programs are connected.\n", headers=_HEADERS)

    async def _websocket(self, request: Any) -> Any:
        from aiohttp import WSMsgType, web

        if self._clients.is_full:
            return self._full()
        socket = web.WebSocketResponse(heartbeat=_PINGED_EACH_S, max_msg_size=_LONGEST_MESSAGE, timeout=0.5)
        await socket.prepare(request)

        async def send() -> None:
            with self._clients.connected("WebSocket", _address(request)) as client:
                async for frame in client.frames():
                    await socket.send_str(frame.text)

        sending = asyncio.create_task(send())
        # A connection that is lost while it is sent to ends with the reading below.
        sending.add_done_callback(lambda task: task.cancelled() or task.exception())
        refused = 0
        try:
            async for message in socket:
                if message.type != WSMsgType.TEXT:
                    continue
                answer = self._commands.answer(message.data)
                refused += not answer["ok"]
                await socket.send_str(json.dumps(answer))
                if refused >= _MOST_REFUSED:
                    break
        except ConnectionError:
            pass
        finally:
            sending.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await sending
        return socket

    async def _events(self, request: Any) -> Any:
        async def send(response: Any, frame: LiveFrame) -> None:
            await response.write(f"data: {frame.text}\n\n".encode())

        return await self._streamed(request, "events", "text/event-stream", send)

    async def _view(self, request: Any) -> Any:
        from aiohttp import web

        if self._picture is None:
            text = "The picture is not given: switch it on in the window (Live numbers), or with --view.\n"
            return web.Response(status=404, text=text, headers=self._headers(request))
        sent_s = 0.0
        source = request.query.get("source", "0")

        async def send(response: Any, frame: LiveFrame) -> None:
            nonlocal sent_s
            if str(frame.values["source_index"]) != source:
                return  # One stream shows one of several cameras.
            jpeg = await self._jpeg(frame)
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
            await response.write(head.encode() + jpeg + b"\r\n")
            now = time.monotonic()
            await asyncio.sleep(max(0.0, sent_s + _PICTURE_S * 0.9 - now))
            sent_s = now

        return await self._streamed(request, "picture", "multipart/x-mixed-replace; boundary=frame", send)

    async def _jpeg(self, frame: LiveFrame) -> bytes:
        """Drawn once, however many look."""
        assert self._picture is not None
        if self._newest_picture is None or self._newest_picture[0] is not frame:
            if self._drawing is None:
                self._drawing = ThreadPoolExecutor(1, "live-view")
            loop = asyncio.get_running_loop()
            self._newest_picture = frame, loop.run_in_executor(self._drawing, self._picture, frame.result)
        return await asyncio.shield(self._newest_picture[1])

    async def _streamed(
        self, request: Any, name: str, content_type: str, send: Callable[[Any, LiveFrame], Awaitable[None]]
    ) -> Any:
        from aiohttp import web

        if self._clients.is_full:
            return self._full()
        response = web.StreamResponse(headers={**self._headers(request), "Content-Type": content_type})
        await response.prepare(request)
        with suppress(ConnectionError), self._clients.connected(name, _address(request)) as client:
            async for frame in client.frames():
                await send(response, frame)
        return response


def _address(request: Any) -> str:
    peer = request.transport.get_extra_info("peername") if request.transport is not None else None
    return f"{peer[0]}:{peer[1]}" if peer else ""
