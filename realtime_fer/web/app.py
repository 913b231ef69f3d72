"""The routes of the server: the only file that knows Flask."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import closing
from time import perf_counter
from typing import BinaryIO

from flask import Flask, Request, Response, g, jsonify, request
from werkzeug.datastructures import LanguageAccept
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_accept_header

from realtime_fer.core.text.translation import LANGUAGES, Wording
from realtime_fer.web.access import SECURITY_HEADERS, Access
from realtime_fer.web.metrics import Metrics
from realtime_fer.web.openapi import openapi_document
from realtime_fer.web.pages import in_words_of, read_pages
from realtime_fer.web.reading.uploads import shown_name
from realtime_fer.web.reading.video_stream import VideoStream
from realtime_fer.web.refusals import Refusal, sentence_of
from realtime_fer.web.service import Service

#: Anybody may have these: they hold nothing of anybody.
_OPEN = frozenset({"healthz", "page", "api", "asset"})

#: The words of a switch in the query.
_SWITCHES = {"": False, "0": False, "false": False, "1": True, "true": True}


class _MemoryRequest(Request):
    """A request whose files stay in memory: Werkzeug would write larger ones to the disk."""

    def _get_file_stream(
        self, total_content_length: int | None, content_type: str | None, filename: str | None = None,
        content_length: int | None = None,
    ) -> BinaryIO:  # fmt: skip
        return io.BytesIO()


def make_app(service: Service, access: Access) -> Flask:
    """The application for a WSGI server.

    >>> app = make_app(Service(), Access())
    >>> app.test_client().get("/healthz").json
    {'status': 'ok'}
    """
    app = Flask("realtime_fer.web", static_folder=None)
    app.request_class = _MemoryRequest
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["MAX_CONTENT_LENGTH"] = service.limits.body_bytes
    app.config["MAX_FORM_PARTS"] = service.limits.pictures + 8
    metrics = Metrics(lambda: service.pool.busy, lambda: service.pool.waiting, lambda: service.pool.refused)
    _add_checks(app, access)
    _add_counts(app, metrics)
    _add_errors(app)
    _add_pages(app)
    _add_routes(app, service, metrics)
    return app


def _add_checks(app: Flask, access: Access) -> None:
    @app.before_request
    def check() -> Response | None:
        g.began_s = perf_counter()
        host, origin = request.headers.get("Host"), request.headers.get("Origin")
        access.check_host(host)
        access.check_origin(origin, host)
        if request.method == "OPTIONS" and origin in access.origins:
            return Response(status=204)
        if request.endpoint not in _OPEN:
            access.check_token(request.headers.get("Authorization"))
        return None

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        origin = request.headers.get("Origin")
        if origin is not None and origin in access.origins:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
            response.headers["Access-Control-Allow-Methods"] = "GET, POST"
            response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers.add("Vary", "Origin, Accept-Language")
        return response


def _add_counts(app: Flask, metrics: Metrics) -> None:
    @app.after_request
    def count(response: Response) -> Response:
        route = request.endpoint or "unknown"
        took_s = perf_counter() - g.get("began_s", perf_counter())
        metrics.count_request(route, request.method, response.status_code, took_s)
        return response


def _add_pages(app: Flask) -> None:
    pages = read_pages()

    def answer(name: str) -> Response:
        page = pages.get((_language(), name))
        if page is None:
            raise Refusal(404, sentence_of(404))
        response = Response(page.content, mimetype=page.mimetype)
        response.set_etag(page.etag)
        # Kept, but asked for each time: a newer program has newer files.
        response.headers["Cache-Control"] = "no-cache"
        response.make_conditional(request)
        return response

    @app.get("/", endpoint="page")
    def page() -> Response:
        return answer("index.html")

    @app.get("/api", endpoint="api")
    def api() -> Response:
        return answer("api.html")

    @app.get("/assets/<name>", endpoint="asset")
    def asset(name: str) -> Response:
        return answer(name)


def _add_errors(app: Flask) -> None:
    @app.errorhandler(Refusal)
    def refuse(refusal: Refusal) -> Response:
        return _refused(refusal)

    @app.errorhandler(HTTPException)
    def refuse_http(error: HTTPException) -> Response:
        return _refused(Refusal(error.code or 500, sentence_of(error.code or 500)))

    @app.errorhandler(Exception)
    def refuse_unknown(error: Exception) -> Response:
        app.logger.error("Unexpected: %s", type(error).__name__, exc_info=error)
        return _refused(Refusal(500, sentence_of(500)))


def _refused(refusal: Refusal) -> Response:
    response = jsonify({"error": in_words_of(_language(), refusal.sentence), "status": refusal.status})
    response.status_code = refusal.status
    if refusal.retry_after_s:
        response.headers["Retry-After"] = str(refusal.retry_after_s)
    if refusal.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _add_routes(app: Flask, service: Service, metrics: Metrics) -> None:
    @app.get("/healthz")
    def healthz() -> tuple[Response, int]:
        alive = service.pool.is_alive
        return jsonify({"status": "ok" if alive else "stopping"}), 200 if alive else 503

    @app.get("/metrics")
    def tell_metrics() -> Response:
        return Response(metrics.text(), content_type=metrics.content_type)

    @app.get("/api/v1/openapi.json")
    def openapi() -> Response:
        return jsonify(openapi_document(service.catalogue()))

    @app.post("/api/v1/video")
    def video() -> Response:
        choice = service.choice(request.args.get("model"), request.args.get("detector"))
        stream = service.read_video(*_sent_video(), choice)
        response = Response(_lines(stream, metrics, _language()), mimetype="application/x-ndjson")
        # Also where nothing of it was ever asked for: the client has gone.
        response.call_on_close(stream.close)
        return response

    @app.get("/api/v1/models")
    def models() -> Response:
        return jsonify(in_words_of(_language(), service.catalogue()))

    @app.post("/api/v1/expressions")
    def expressions() -> Response:
        choice = service.choice(request.args.get("model"), request.args.get("detector"))
        quick = _switch("quick")
        read = service.read_pictures(_sent(service), choice, quick=quick)
        for picture in read:
            if "faces" in picture:
                metrics.count_picture(len(picture["faces"]))
        told = in_words_of(_language(), read)
        return jsonify({"model": choice.model, "detector": choice.detector, "pictures": told})


def _switch(name: str) -> bool:
    word = request.args.get(name, "").lower()
    if word not in _SWITCHES:
        raise Refusal(422, Wording("Web", "'{name}' is 0 or 1.", name=name))
    return _SWITCHES[word]


def language_of(accepted: str | None) -> str:
    """Of whoever asks, by the header Accept-Language, as browsers send it; English where there is none."""
    return parse_accept_header(accepted, LanguageAccept).best_match(LANGUAGES) or "en"


def _language() -> str:
    return language_of(request.headers.get("Accept-Language"))


def _lines(stream: VideoStream, metrics: Metrics, language: str) -> Iterator[str]:
    with closing(stream):
        for line in stream:
            if "frame" in line:
                metrics.count_frame(len(line["faces"]))
            yield json.dumps(in_words_of(language, line), separators=(",", ":")) + "\n"


def _sent_video() -> tuple[str, bytes]:
    """Name and content of the video of a request. Raises Refusal: 415 neither a form nor a video, 422 none or many."""
    kind = (request.mimetype or "").lower()
    if kind == "multipart/form-data":
        files = [file for _, file in request.files.items(multi=True)]
        if len(files) != 1:
            raise Refusal(422, Wording("Web", "Send one video in the form, as the file 'video'."))
        return shown_name(files[0].filename), files[0].read()
    if kind.startswith(("video/", "image/")) or kind == "application/octet-stream":
        return "video", request.get_data(cache=False)
    told = Wording("Web", "Send a video as the body, with its type such as video/mp4, or a form (multipart/form-data).")
    raise Refusal(415, told)


def _sent(service: Service) -> list[tuple[str, bytes]]:
    """The pictures of a request: its body, or each file of a form.

    Raises:
        Refusal: 413 too many, 415 neither a form nor a picture, 422 none.
    """
    kind = (request.mimetype or "").lower()
    if kind == "multipart/form-data":
        files = [file for _, file in request.files.items(multi=True)]
        if not files:
            told = Wording("Web", "There is no picture in the form; send each as a file, such as 'image'.")
            raise Refusal(422, told)
        if len(files) > service.limits.pictures:
            most = service.limits.pictures
            raise Refusal(413, Wording("Web", "At most {count} pictures go into one request.", count=most))
        return [(shown_name(file.filename), file.read()) for file in files]
    if kind.startswith("image/") or kind == "application/octet-stream":
        return [("picture", request.get_data(cache=False))]
    raise Refusal(
        415,
        Wording(
            "Web",
            "Send a picture as the body, with its type such as image/jpeg, "
            "or pictures as a form (multipart/form-data).",
        ),
    )
