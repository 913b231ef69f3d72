"""The routes of the server: the only file that knows Flask."""

from __future__ import annotations

import io
from typing import BinaryIO

from flask import Flask, Request, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from realtime_fer.web.access import SECURITY_HEADERS, Access
from realtime_fer.web.refusals import Refusal
from realtime_fer.web.service import Service
from realtime_fer.web.uploads import shown_name

#: Anybody may have these: they hold nothing of anybody.
_OPEN = frozenset({"healthz", "page", "asset", "static"})

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
    _add_checks(app, access)
    _add_errors(app)
    _add_routes(app, service)
    return app


def _add_checks(app: Flask, access: Access) -> None:
    @app.before_request
    def check() -> Response | None:
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
        response.headers.add("Vary", "Origin")
        return response


def _add_errors(app: Flask) -> None:
    @app.errorhandler(Refusal)
    def refuse(refusal: Refusal) -> Response:
        return _refused(refusal)

    @app.errorhandler(HTTPException)
    def refuse_http(error: HTTPException) -> Response:
        return _refused(Refusal(error.code or 500, _SENTENCES.get(error.code or 500, f"{error.name}.")))

    @app.errorhandler(Exception)
    def refuse_unknown(error: Exception) -> Response:
        app.logger.error("Unexpected: %s", type(error).__name__, exc_info=error)
        return _refused(Refusal(500, "The server has a fault of its own; its log says more."))


_SENTENCES = {
    400: "The request is malformed.",
    404: "There is no such page here.",
    405: "That cannot be done with this address; the description of the API lists what can.",
    413: "That is more than this server takes at once.",
}


def _refused(refusal: Refusal) -> Response:
    response = jsonify({"error": refusal.sentence, "status": refusal.status})
    response.status_code = refusal.status
    if refusal.retry_after_s:
        response.headers["Retry-After"] = str(refusal.retry_after_s)
    if refusal.status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _add_routes(app: Flask, service: Service) -> None:
    @app.get("/healthz")
    def healthz() -> tuple[Response, int]:
        alive = service.pool.is_alive
        return jsonify({"status": "ok" if alive else "stopping"}), 200 if alive else 503

    @app.get("/api/v1/models")
    def models() -> Response:
        return jsonify(service.catalogue())

    @app.post("/api/v1/expressions")
    def expressions() -> Response:
        choice = service.choice(request.args.get("model"), request.args.get("detector"))
        quick = _switch("quick")
        read = service.read_pictures(_sent(service), choice, quick=quick)
        return jsonify({"model": choice.model, "detector": choice.detector, "pictures": read})


def _switch(name: str) -> bool:
    word = request.args.get(name, "").lower()
    if word not in _SWITCHES:
        raise Refusal(422, f"'{name}' is 0 or 1.")
    return _SWITCHES[word]


def _sent(service: Service) -> list[tuple[str, bytes]]:
    """The pictures of a request: its body, or each file of a form.

    Raises:
        Refusal: 413 too many, 415 neither a form nor a picture, 422 none.
    """
    kind = (request.mimetype or "").lower()
    if kind == "multipart/form-data":
        files = [file for _, file in request.files.items(multi=True)]
        if not files:
            raise Refusal(422, "There is no picture in the form; send each as a file, such as 'image'.")
        if len(files) > service.limits.pictures:
            raise Refusal(413, f"At most {service.limits.pictures} pictures go into one request.")
        return [(shown_name(file.filename), file.read()) for file in files]
    if kind.startswith("image/") or kind == "application/octet-stream":
        return [("picture", request.get_data(cache=False))]
    raise Refusal(
        415, "Send a picture as the body, with its type such as image/jpeg, or pictures as multipart/form-data."
    )
