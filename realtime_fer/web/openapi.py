"""The description of the API, OpenAPI 3.1 (spec.openapis.org/oas/v3.1.0), with what this server has and allows."""

from __future__ import annotations

from typing import Any

from realtime_fer import __version__

_NUMBER = {"type": "number"}
_SHARE = {"type": "number", "minimum": 0, "maximum": 1}
_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {"oneOf": [schema, {"type": "null"}]}


def _object(required: dict[str, Any], optional: dict[str, Any] | None = None, description: str = "") -> dict[str, Any]:
    made = {"type": "object", "properties": {**required, **(optional or {})}, "required": list(required)}
    return {**made, "description": description} if description else made


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _answer(description: str, name: str, mimetype: str = "application/json") -> dict[str, Any]:
    return {"description": description, "content": {mimetype: {"schema": _ref(name)}}}


#: Status, and when it is given.
_REFUSALS = {
    "401": "The token is missing or wrong.",
    "403": "The request comes from a page of another origin.",
    "413": "Too many bytes or too many pictures.",
    "415": "The file is not of a kind that can be read.",
    "421": "The Host header names somebody else.",
    "422": "The file is damaged or has too many pixels, or there is no such model or detector.",
    "429": "The server has as much to do as it takes on; Retry-After says when to come again.",
    "503": "It took too long, or the model cannot be loaded.",
}


def openapi_document(catalogue: dict[str, Any]) -> dict[str, Any]:
    """The document, for JSON.

    Args:
        catalogue: of ``Service.catalogue``.
    """
    keys = [entry["key"] for entry in catalogue["expressions"]]
    limits = catalogue["limits"]
    choice = [
        _query(
            "model", "Id of a model.", [model["id"] for model in catalogue["models"]], catalogue["default"]["model"]
        ),
        _query(
            "detector",
            "Id of a face detector.",
            [detector["id"] for detector in catalogue["detectors"]],
            catalogue["default"]["detector"],
        ),
    ]
    quick = _query("quick", "1: search as in a camera's frame, not every tile for small faces.", ["0", "1"], "0")
    refused = {status: _answer(words, "Refusal") for status, words in _REFUSALS.items()}
    of_server = {status: refused[status] for status in ("401", "403", "421")}
    file = {"type": "string", "contentMediaType": "application/octet-stream"}
    form = {
        "type": "object",
        "properties": {"image": {"type": "array", "items": file, "maxItems": limits["pictures"]}},
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Realtime FER",
            "version": __version__,
            "description": "Which facial expression is visible in pictures and short videos. Expressions are what is "
            "visible in a face, not what somebody feels. Nothing that is sent is stored.",
            "license": {"name": "GPL-3.0-or-later", "identifier": "GPL-3.0-or-later"},
        },
        "servers": [{"url": "/"}],
        "security": [{}, {"token": []}],
        "paths": {
            "/api/v1/expressions": {
                "post": {
                    "operationId": "readPictures",
                    "summary": "Read pictures",
                    "description": f"One picture as the body, or up to {limits['pictures']} in a form. A picture may "
                    f"have {limits['picture_bytes'] / 1e6:g} MB, the request {limits['body_bytes'] / 1e6:g} MB. Of "
                    "several pictures, one that cannot be read has an 'error' in place of its faces.",
                    "parameters": [*choice, quick],
                    "requestBody": {
                        "required": True,
                        "content": {"image/*": {"schema": file}, "multipart/form-data": {"schema": form}},
                    },
                    "responses": {"200": _answer("The faces of each picture.", "Expressions"), **refused},
                }
            },
            "/api/v1/video": {
                "post": {
                    "operationId": "readVideo",
                    "summary": "Read a short video",
                    "description": "The answer comes line by line while the video is read: facts, each frame, the end. "
                    f"At most {limits['video_frames']} frames and {limits['video_seconds']:g} s of work. A fault on "
                    "the way is a line with 'error'.",
                    "parameters": choice,
                    "requestBody": {
                        "required": True,
                        "content": {
                            "video/*": {"schema": file},
                            "multipart/form-data": {"schema": {"type": "object", "properties": {"video": file}}},
                        },
                    },
                    "responses": {
                        "200": _answer("JSON Lines.", "VideoLine", "application/x-ndjson"),
                        **refused,
                    },
                }
            },
            "/api/v1/models": {
                "get": {
                    "operationId": "listModels",
                    "summary": "Models, detectors, expressions, doubts and limits",
                    "responses": {"200": _answer("What this server has.", "Catalogue"), **of_server},
                }
            },
            "/api/v1/openapi.json": {
                "get": {
                    "operationId": "describe",
                    "summary": "This description",
                    "responses": {"200": {"description": "OpenAPI 3.1.", "content": {"application/json": {}}}},
                }
            },
            "/healthz": {
                "get": {
                    "operationId": "health",
                    "summary": "Whether the server works",
                    "security": [{}],
                    "responses": {
                        "200": _answer("It works.", "Health"),
                        "503": _answer("It is being stopped.", "Health"),
                    },
                }
            },
            "/metrics": {
                "get": {
                    "operationId": "metrics",
                    "summary": "Counters in Prometheus' text format",
                    "responses": {"200": {"description": "Text.", "content": {"text/plain": {}}}, **of_server},
                }
            },
        },
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(keys, [doubt["key"] for doubt in catalogue["doubts"]]),
        },
    }


def _query(name: str, words: str, values: list[str], default: str) -> dict[str, Any]:
    schema = {"type": "string", "enum": values, "default": default}
    return {"name": name, "in": "query", "description": words, "schema": schema}


def _schemas(expressions: list[str], doubts: list[str]) -> dict[str, Any]:
    by_class = {
        "type": "object",
        "propertyNames": {"enum": expressions},
        "additionalProperties": _SHARE,
    }
    face = {
        "box": {
            **_list(_NUMBER),
            "minItems": 4,
            "maxItems": 4,
            "description": "Left, top, right, bottom in pixels of the upright picture; may leave it.",
        },
        "confidence": {**_SHARE, "description": "The detector's."},
        "expression": {
            "enum": [*expressions, "uncertain", None],
            "description": "'uncertain' where there is a doubt, null where no model read the face.",
        },
        "doubt": {"enum": [*doubts, None], "description": "Why the expression is uncertain."},
        "doubt_words": _or_null(_TEXT),
        "probabilities": {**by_class, "description": "As the model gives them; classes that it lacks are left out."},
        "smoothed": {
            **by_class,
            "description": "As they are shown: without part of the model's prior, and in videos averaged over time.",
        },
        "pose": _or_null(
            _object(dict.fromkeys(("yaw", "pitch", "roll"), _NUMBER), description="Degrees; null if unknown.")
        ),
    }
    picture = {"width": _COUNT, "height": _COUNT, "faces": _list(_ref("Face"))}
    facts = {"name": _TEXT, "model": _TEXT, "detector": _TEXT, "width": _COUNT, "height": _COUNT}
    named = {"id": _TEXT, "name": _TEXT}
    return {
        "Face": _object(face, {"id": {"type": "integer", "minimum": 1, "description": "In videos: goes on."}}),
        "Picture": _object({"name": _TEXT, **picture}),
        "FailedPicture": _object({"name": _TEXT, "error": _TEXT, "status": {"type": "integer"}}),
        "Expressions": _object(
            {
                "model": _TEXT,
                "detector": _TEXT,
                "pictures": _list({"oneOf": [_ref("Picture"), _ref("FailedPicture")]}),
            }
        ),
        "VideoLine": {"oneOf": [_ref("VideoFacts"), _ref("VideoFrame"), _ref("VideoEnd"), _ref("Refusal")]},
        "VideoFacts": _object({**facts, "fps": _or_null(_NUMBER), "frames": _or_null(_COUNT)}),
        "VideoFrame": _object({"frame": _COUNT, "time": _NUMBER, "faces": _list(_ref("Face"))}),
        "VideoEnd": _object({"end": {"const": True}, "frames": _COUNT, "note": _or_null(_TEXT)}),
        "Catalogue": _object(
            {
                "program": _TEXT,
                "default": _object({"model": _TEXT, "detector": _TEXT}),
                "models": _list(
                    _object(
                        {
                            **named,
                            "classes": _list({"enum": expressions}),
                            "trained_on": _TEXT,
                            "accuracy": _list(_object({"value": _SHARE, "faces": _TEXT})),
                        }
                    )
                ),
                "detectors": _list(_object({**named, "note": _TEXT})),
                "expressions": _list(_object({"key": _TEXT, "name": _TEXT, "colour": _TEXT})),
                "doubts": _list(_object({"key": _TEXT, "words": _TEXT, "advice": _TEXT})),
                "limits": {"type": "object", "additionalProperties": _NUMBER},
            }
        ),
        "Health": _object({"status": {"enum": ["ok", "stopping"]}}),
        "Refusal": _object({"error": {**_TEXT, "description": "One sentence."}, "status": {"type": "integer"}}),
    }
