"""Counts what the server does, in Prometheus' text format: the only file that knows prometheus_client."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest

#: Seconds. A picture of 1280x720 takes about 0.1 s on an idle computer.
_BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

#: Other methods are counted as 'other', so that no client can make as many series as it likes.
_METHODS = frozenset({"GET", "POST", "OPTIONS", "HEAD"})


class Metrics:
    """Any thread may count. Nothing in it tells who sent what.

    >>> metrics = Metrics()
    >>> metrics.count_request("expressions", "POST", 200, 0.05)
    >>> metrics.text().decode().splitlines()[0]
    '# HELP realtime_fer_requests_total Requests answered.'

    Args:
        workers_busy, waiting, refused: tell the state of the pool, when asked.
    """

    content_type = CONTENT_TYPE_LATEST

    def __init__(
        self,
        workers_busy: Callable[[], float] = lambda: 0,
        waiting: Callable[[], float] = lambda: 0,
        refused: Callable[[], float] = lambda: 0,
    ) -> None:
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "realtime_fer_requests", "Requests answered.", ("route", "method", "status"), registry=registry
        )
        self._seconds = Histogram(
            "realtime_fer_request_seconds",
            "Time from a request to its answer; of a video, to its first line.",
            ("route",),
            buckets=_BUCKETS,
            registry=registry,
        )
        self._pictures = Counter("realtime_fer_pictures", "Pictures read.", registry=registry)
        self._frames = Counter("realtime_fer_video_frames", "Frames of videos read.", registry=registry)
        self._faces = Counter("realtime_fer_faces", "Faces found in pictures and frames.", registry=registry)
        for name, words, value in (
            ("realtime_fer_workers_busy", "Workers that read now.", workers_busy),
            ("realtime_fer_waiting", "Requests that wait for a worker.", waiting),
            ("realtime_fer_refused", "Requests refused since all workers were busy.", refused),
        ):
            Gauge(name, words, registry=registry).set_function(value)

    def count_request(self, route: str, method: str, status: int, seconds: float) -> None:
        self._requests.labels(route, method if method in _METHODS else "other", str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def count_picture(self, faces: int) -> None:
        self._pictures.inc()
        self._faces.inc(faces)

    def count_frame(self, faces: int) -> None:
        self._frames.inc()
        self._faces.inc(faces)

    def text(self) -> bytes:
        return bytes(generate_latest(self._registry))
