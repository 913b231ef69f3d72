"""The page's files, health, metrics, and the description of the API, which the answers keep to."""

from __future__ import annotations

import io
import json
import re
from importlib import resources
from typing import Any

import pytest

from realtime_fer.web.access import Access
from tests.web.conftest import TOKEN, encoded

ASSETS = resources.files("realtime_fer.assets") / "web"


def test_the_page_and_its_files_are_served_with_their_types(client: Any) -> None:
    assert client.get("/").mimetype == "text/html"
    assert client.get("/api").mimetype == "text/html"
    types = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".html": "text/html"}
    for entry in ASSETS.iterdir():
        answer = client.get(f"/assets/{entry.name}")
        assert answer.status_code == 200
        assert answer.data == entry.read_bytes()
        assert answer.mimetype == types[entry.name[entry.name.rfind(".") :]]


def test_the_page_speaks_the_language_of_the_browser(client: Any) -> None:
    german = {"Accept-Language": "de-DE,de;q=0.9,en;q=0.5"}
    page = client.get("/", headers=german)
    assert '<html lang="de">' in page.text
    assert "Bilder oder ein Video wählen…" in page.text
    assert "Accept-Language" in page.headers["Vary"]
    assert client.get("/", headers={"Accept-Language": "fr"}).data == (ASSETS / "index.html").read_bytes()
    assert client.get("/assets/texts.js").text == "export default {};\n"
    texts = json.loads(client.get("/assets/texts.js", headers=german).text[len("export default ") : -2])
    assert texts["{count} faces"] == "{count} Gesichter"
    catalogue = client.get("/api/v1/models", headers=german).json
    assert catalogue["expressions"][1]["name"] == "Fröhlich"
    assert client.get("/api/v1/models").json["expressions"][1]["name"] == "Happy"
    refused = client.get("/api/v1/models?model=none", headers={**german, "Origin": "null"}).json
    assert refused["error"] == "Andere Seiten dürfen diesen Server nicht benutzen."


def test_a_file_that_has_not_changed_is_not_sent_again(client: Any) -> None:
    first = client.get("/assets/page.js")
    again = client.get("/assets/page.js", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize(
    "path", ["/assets/../__init__.py", "/assets/%2e%2e/__init__.py", "/assets/..%2f__init__.py", "/assets/none", "/x"]
)
def test_no_other_file_is_served(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.json["error"].endswith(".")


@pytest.mark.parametrize("name", ["index.html", "api.html"])
def test_the_pages_hold_no_script_and_no_style_and_name_no_other_place(name: str) -> None:
    """The policy would block them, so a page with one would be broken."""
    page = (ASSETS / name).read_text(encoding="utf-8")
    assert re.findall(r"<script(?![^>]*\bsrc=)", page) == []
    assert re.findall(r"<style|\bstyle=|\bon\w+=|javascript:", page) == []
    assert [link for link in re.findall(r"(?:src|href)=\"([^\"]+)", page) if not link.startswith("/")] == []


def test_no_file_of_the_page_asks_another_place_or_makes_markup_of_texts() -> None:
    for entry in ASSETS.iterdir():
        text = entry.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert re.findall(r"https?://|@import|url\(", text) == [], entry.name
        assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", text) == [], entry.name


def test_every_element_that_the_script_looks_for_is_in_the_page() -> None:
    page, script = ((ASSETS / name).read_text(encoding="utf-8") for name in ("index.html", "page.js"))
    wanted = set(re.findall(r"byId\(\"([\w-]+)\"\)", script))
    assert len(wanted) > 8
    assert wanted <= set(re.findall(r"id=\"([\w-]+)\"", page))


def test_the_table_has_the_columns_of_a_recordings_table() -> None:
    from realtime_fer.sinks.csv_file import FIRST_COLUMNS, LAST_COLUMNS

    script = (ASSETS / "table.js").read_text(encoding="utf-8")
    for column in (*FIRST_COLUMNS, "model", "uncertain_because", *LAST_COLUMNS[:3]):
        assert f'"{column}"' in script


def test_the_catalogue_names_models_detectors_expressions_and_limits(client: Any) -> None:
    told = client.get("/api/v1/models").json
    assert told["default"] == {"model": "fer-s", "detector": "mediapipe"}
    assert [model["id"] for model in told["models"]][:2] == ["fer-s", "fer-l"]
    assert [detector["id"] for detector in told["detectors"]] == ["mediapipe", "haar"]
    assert [entry["key"] for entry in told["expressions"]][:2] == ["neutral", "happy"]
    assert all(re.fullmatch("#[0-9a-f]{6}", entry["colour"]) for entry in told["expressions"])
    assert str(told["limits"]["pictures"]) == "16"


def metrics_of(client: Any) -> dict[str, float]:
    text = client.get("/metrics").text
    pairs = [line.rsplit(" ", 1) for line in text.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, value in pairs}


def test_metrics_count_requests_pictures_and_faces_and_name_nobody(client: Any) -> None:
    for _ in range(2):
        client.post("/api/v1/expressions", data={"image": [(io.BytesIO(encoded()), "secret-name.png")]})
    client.post("/api/v1/expressions", data=b"x", content_type="image/png")
    client.open("/nothing", method="BREW")
    told = metrics_of(client)
    requests = "realtime_fer_requests_total"
    assert told[f'{requests}{{method="POST",route="expressions",status="200"}}'] == 2
    assert told[f'{requests}{{method="POST",route="expressions",status="415"}}'] == 1
    assert told[f'{requests}{{method="other",route="unknown",status="404"}}'] == 1
    assert told["realtime_fer_pictures_total"] == 2
    assert told["realtime_fer_faces_total"] == 2
    assert told['realtime_fer_request_seconds_count{route="expressions"}'] == 3
    assert told["realtime_fer_workers_busy"] == told["realtime_fer_waiting"] == told["realtime_fer_refused"] == 0
    assert client.get("/metrics").mimetype == "text/plain"
    assert "secret" not in client.get("/metrics").text


def test_metrics_and_description_want_the_token_too(make_client: Any) -> None:
    client = make_client(Access(TOKEN))
    assert client.get("/metrics").status_code == client.get("/api/v1/openapi.json").status_code == 401
    assert client.get("/").status_code == client.get("/assets/page.js").status_code == 200


def test_every_route_is_described_and_nothing_else(client: Any) -> None:
    described = set(client.get("/api/v1/openapi.json").json["paths"])
    pages = {"/", "/api", "/assets/<name>"}
    assert {rule.rule for rule in client.application.url_map.iter_rules()} - pages == described


def test_the_answers_are_as_the_description_says(client: Any) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    document = client.get("/api/v1/openapi.json").json
    assert document["openapi"] == "3.1.0"

    def check(name: str, value: Any) -> None:
        # OpenAPI 3.1 speaks JSON Schema 2020-12, in which a schema may stand beside what it refers to.
        schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        jsonschema.Draft202012Validator(schema).validate(value)

    check("Catalogue", client.get("/api/v1/models").json)
    check("Health", client.get("/healthz").json)
    check("Refusal", client.get("/nothing").json)
    files = {"image": [(io.BytesIO(encoded()), "a.png"), (io.BytesIO(b"x"), "b.png")]}
    read = client.post("/api/v1/expressions", data=files).json
    check("Expressions", read)
    with pytest.raises(jsonschema.ValidationError):
        check("Face", {**read["pictures"][0]["faces"][0], "expression": "bored"})
    pytest.importorskip("av")
    from tests.web.test_video import film_bytes

    answer = client.post("/api/v1/video", data={"video": (film_bytes(3), "a.mp4")})
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert len(lines) == 5
    for line in lines:
        check("VideoLine", line)
