"""Streams from the network: RTSP cameras, MJPEG and videos over HTTP, RTMP, UDP."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from urllib.parse import urlsplit

import av
from av.container import InputContainer
from av.video.frame import VideoFrame

from realtime_fer.core.errors import SourceError
from realtime_fer.core.frame import SourceFrame
from realtime_fer.core.text.addresses import shown_address
from realtime_fer.sources.decoding import FrameDecoder
from realtime_fer.sources.display.converter import FrameConverter
from realtime_fer.sources.tracks import frame_rate_of, video_stream_of

#: What a stream may make FFmpeg open in turn, as a playlist does: never a file of this computer.
_PROTOCOLS = "http,https,httpproxy,tls,tcp,udp,rtp,srtp,rtmp,rtmps,rtsp,rtsps,crypto"

#: FFmpeg reads up to five seconds of JPEGs to learn their rate, and then gives all of them at once, seconds late.
_GLANCE = {"analyzeduration": "100000", "fpsprobesize": "0"}

#: FFmpeg's names of JPEGs one behind the other, as they are and in parts of a message.
_JPEGS = frozenset({"jpeg_pipe", "mjpeg", "mpjpeg"})

#: Schemes of HTTP and their ports, and how many seconds a server has to take another connection.
_HTTP_PORTS, _THERE_S = {"http": 80, "https": 443}, 2.0


class AddressSource:
    """A stream by its address.

    >>> source = AddressSource("http://127.0.0.1:8080/video.mp4")
    >>> source.open()
    >>> source.read().image_bgr.shape
    (48, 64, 3)
    >>> source.close()

    A stream without a known end is live, and its end is a loss. A video of known length over HTTP is not live once it
    is open: its frames have times, and after the last ``read`` returns None, so that it plays at its own speed.

    Args:
        url: with one of the schemes of ``core.request``. Names and errors never hold its credentials.
        open_timeout_s, read_timeout_s: how long to wait for an answer, and for the next frame. The latter suits
            cameras that are slow by nature; readers of faster ones should give up earlier.

    Opened, read and closed by one thread alone.
    """

    def __init__(self, url: str, *, open_timeout_s: float = 5.0, read_timeout_s: float = 30.0) -> None:
        # FFmpeg knows schemes in small letters only.
        scheme, _, rest = url.partition("://")
        self._url = f"{scheme.lower()}://{rest}"
        self._name = shown_address(url)
        self._timeouts_s = (open_timeout_s, read_timeout_s)
        self._container: InputContainer | None = None
        self._decoder: FrameDecoder | None = None
        self._first: VideoFrame | None = None
        self._converter: FrameConverter | None = None
        self._start_s = 0.0
        self._last_s = -1.0
        self._end_s: float | None = None
        self._frames = 0
        self._fps: float | None = None
        self._frame_count: int | None = None
        self._is_live = True

    @property
    def name(self) -> str:
        return self._name

    @property
    def is_live(self) -> bool:
        return self._is_live

    @property
    def fps(self) -> float | None:
        return self._fps

    @property
    def frame_count(self) -> int | None:
        """None if live; of a video, by its header."""
        return self._frame_count

    def open(self) -> None:
        """Connects and waits for the first frame.

        Raises:
            SourceError: there is no answer in time, the connection is refused, or the data is not a video.
        """
        self.close()
        # No `raise ... from`: FFmpeg's own errors carry the whole address, password included.
        began_s = time.monotonic()
        try:
            self._connect()
        except (av.error.FFmpegError, ValueError, UnicodeError) as error:
            answered = self._container is not None
            self.close()
            # FFmpeg reports an interrupted RTSP handshake as invalid data, so the clock decides.
            raise self._explained(error, time.monotonic() - began_s >= self._timeouts_s[0], answered) from None
        if self._first is None:
            self.close()
            raise SourceError("'{name}' answers, but sends no video.", "Check the address's path.", name=self.name)

    def _connect(self) -> None:
        options = {"protocol_whitelist": _PROTOCOLS}
        if self._url.startswith("rtsp"):
            # UDP, FFmpeg's default, loses packets on wireless networks and tears frames.
            options["rtsp_flags"] = "prefer_tcp"
        container = self._container = self._open(options)
        stream = video_stream_of(container)
        if stream is None:
            return
        self._is_live = not (self._url.startswith("http") and container.duration)
        if self._is_live:
            # Decoding several frames at once would delay by as many.
            stream.thread_type = "SLICE"
        self._fps = frame_rate_of(stream)
        self._frame_count = None if self._is_live else stream.frames or None
        self._decoder = FrameDecoder(container, stream)
        self._first = self._decoder.next_frame()
        self._converter = FrameConverter(stream)
        self._start_s = (self._first.time or 0.0) if self._first is not None else 0.0
        self._last_s = -1.0
        self._end_s = None
        if not self._is_live and container.duration:
            self._end_s = ((container.start_time or 0) + container.duration) / av.time_base - self._start_s
        self._frames = 0

    def _open(self, options: dict[str, str]) -> InputContainer:
        """Opens JPEGs one behind the other after a glance, and anything else as FFmpeg likes to."""
        if self._url.startswith("http"):
            glance = None
            with suppress(av.error.InvalidDataError):
                glance = av.open(
                    self._url, timeout=self._timeouts_s, options=options | _GLANCE, metadata_errors="replace"
                )
            if glance is not None and glance.format.name in _JPEGS:
                return glance
            if glance is not None:
                glance.close()
        return av.open(self._url, timeout=self._timeouts_s, options=options, metadata_errors="replace")

    def read(self) -> SourceFrame | None:
        """The next frame; None at the end of a video.

        Raises:
            SourceError: the live stream ended, the stream broke, or no frame arrived in time.
        """
        if self._decoder is None or self._converter is None:
            raise SourceError("'{name}' is not open.", name=self.name)
        frame, self._first = self._first, None
        try:
            if frame is None:
                frame = self._decoder.next_frame()
            if frame is None:
                if self._is_live:
                    raise SourceError(
                        "The stream '{name}' ended.", "Check that the sender is still running.", name=self.name
                    )
                return None
            image_bgr = self._converter.image_of(frame)
        except av.error.ExitError:
            raise SourceError(
                "The stream '{name}' sent no picture for {seconds:g} seconds.",
                "Check the network and the sender.",
                name=self.name,
                seconds=self._timeouts_s[1],
            ) from None
        except (av.error.FFmpegError, ValueError):
            if self._is_whole():
                return None
            raise SourceError(
                "The stream '{name}' was interrupted.", "Check the network and the sender.", name=self.name
            ) from None
        if self._is_live:
            return SourceFrame(image_bgr)
        self._last_s = max((frame.time or 0.0) - self._start_s, self._last_s + 0.001, 0.0)
        self._frames += 1
        return SourceFrame(image_bgr, self._last_s)

    def _is_whole(self) -> bool:
        """All frames of a video came: some servers end the connection in a way that FFmpeg takes for an error."""
        if self._frame_count is not None:
            return self._frames >= self._frame_count
        # The last frame lasts until the end, but for rounding.
        return self._end_s is not None and self._last_s >= self._end_s - 1.5 / (self._fps or 25.0)

    def close(self) -> None:
        self._decoder = None
        self._first = None
        if self._container is not None:
            self._container.close()
            self._container = None

    def _explained(self, error: Exception, too_late: bool, answered: bool) -> SourceError:
        if too_late or isinstance(error, (av.error.ExitError, av.error.TimeoutError)):
            return SourceError(
                "'{name}' did not answer within {seconds:g} seconds.",
                "Check the address and that the device is on.",
                name=self.name,
                seconds=self._timeouts_s[0],
            )
        if isinstance(error, av.error.ConnectionRefusedError):
            return SourceError(
                "'{name}' refused the connection.", "Check the port, and that the sender is running.", name=self.name
            )
        if isinstance(error, (av.error.HTTPClientError, av.error.HTTPServerError)):
            return self._refused(error)
        if answered and not self._is_live:
            return SourceError(
                "The server of '{name}' can send the video only from the start, but its index is at the end.",
                "Save the video and open the file.",
                name=self.name,
            )
        if isinstance(error, (av.error.InvalidDataError, av.error.EOFError)) or self._is_server_there():
            return SourceError("'{name}' answers, but sends no video.", "Check the address's path.", name=self.name)
        return SourceError("'{name}' cannot be reached.", "Check the address and the network.", name=self.name)

    def _is_server_there(self) -> bool:
        """Of HTTP: FFmpeg's error for a page whose length is not told is the one for a name that does not exist."""
        parts = urlsplit(self._url)
        if parts.scheme not in _HTTP_PORTS or not parts.hostname:
            return False
        # A port that is no number is a ValueError.
        with suppress(OSError, ValueError):
            port = parts.port or _HTTP_PORTS[parts.scheme]
            socket.create_connection((parts.hostname, port), _THERE_S).close()
            return True
        return False

    def _refused(self, error: Exception) -> SourceError:
        if isinstance(error, (av.error.HTTPUnauthorizedError, av.error.HTTPForbiddenError)):
            return SourceError(
                "'{name}' needs a valid user name and password.",
                "Write them into the address: {scheme}://user:password@host/path.",
                name=self.name,
                scheme=self._url.partition("://")[0],
            )
        if isinstance(error, av.error.HTTPNotFoundError):
            return SourceError("There is nothing at '{name}'.", "Check the address's path.", name=self.name)
        if isinstance(error, av.error.HTTPServerError):
            return SourceError(
                "The server of '{name}' reports an error of its own.",
                "Try again later, or look at the server.",
                name=self.name,
            )
        if isinstance(error, av.error.HTTPTooManyRequestsError):
            return SourceError(
                "The server of '{name}' takes no more requests for now.",
                "Wait a while, and close other programs that read from it.",
                name=self.name,
            )
        return SourceError(
            "The server of '{name}' refuses the request.",
            "Check the address, and whether it is still valid.",
            name=self.name,
        )
