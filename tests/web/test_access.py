"""Who is answered: Host and Origin headers, the token, the headers of each answer."""

from __future__ import annotations

from typing import Any

import pytest

from realtime_fer.web.access import Access, is_loopback
from realtime_fer.web.refusals import Refusal
from tests.web.conftest import TOKEN, encoded


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:5000", "127.0.0.1:5000", "[::1]:5000", "192.168.1.4:80", "LOCALHOST", "mine.lan:5"]
)
def test_a_known_name_and_any_address_are_answered(host: str) -> None:
    Access(host_names={"Mine.lan"}).check_host(host)


@pytest.mark.parametrize(
    "host",
    [
        None, "", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "evil.example:5000",
        "a@localhost",
        "localhost/x", "localhost:port", "[::1", "localhost:99999999", "localhost#x", " localhost",
    ],
)  # fmt: skip
def test_any_other_name_is_refused(host: str | None) -> None:
    with pytest.raises(Refusal) as refused:
        Access().check_host(host)
    assert refused.value.status == 421


def test_the_server_refuses_another_host_on_every_address(client: Any) -> None:
    for path in ("/", "/healthz", "/api/v1/models", "/nothing"):
        assert client.get(path, headers={"Host": "evil.example"}).status_code == 421


def test_the_script_of_another_page_is_refused(client: Any) -> None:
    def post(origin: str) -> int:
        given = {"Origin": origin, "Host": "localhost:5000"}
        answer = client.post("/api/v1/expressions", data=encoded(), content_type="image/png", headers=given)
        assert "Access-Control-Allow-Origin" not in answer.headers
        return int(answer.status_code)

    assert post("http://localhost:5000") == 200
    for origin in ("https://evil.example", "null", "http://localhost:6000", "http://evil@localhost", "file://"):
        assert post(origin) == 403


def test_a_page_that_is_allowed_may_use_the_api_and_no_other(make_client: Any) -> None:
    client = make_client(Access(token=TOKEN, origins={"https://friend.example"}))
    asked = client.options("/api/v1/expressions", headers={"Origin": "https://friend.example"})
    assert asked.status_code == 204
    assert asked.headers["Access-Control-Allow-Origin"] == "https://friend.example"
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]
    assert client.options("/api/v1/expressions", headers={"Origin": "https://evil.example"}).status_code == 403
    with_token = {"Origin": "https://friend.example", "Authorization": f"Bearer {TOKEN}"}
    answer = client.get("/api/v1/models", headers=with_token)
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == "https://friend.example"


@pytest.mark.parametrize(
    "given", [None, "", "Bearer", "Bearer ", "Bearer wrong", f"Basic {TOKEN}", f"Bearer {TOKEN}x", "Bearer \xe4\xf6"]
)
def test_without_its_token_nothing_but_health_is_told(make_client: Any, given: str | None) -> None:
    client = make_client(Access(TOKEN))
    headers = {} if given is None else {"Authorization": given}
    for path in ("/api/v1/models", "/nothing"):
        answer = client.get(path, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert client.post("/api/v1/expressions", data=encoded(), headers=headers).status_code == 401
    assert client.get("/healthz", headers=headers).json == {"status": "ok"}


def test_with_its_token_it_answers(make_client: Any) -> None:
    client = make_client(Access(TOKEN))
    assert client.get("/api/v1/models", headers={"Authorization": f"Bearer {TOKEN}"}).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/api/v1/models", "/nothing", "/api/v1/expressions"])
def test_every_answer_has_the_security_headers(client: Any, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize(
    ("host", "alone"),
    [
        ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("localhost", True), ("0.0.0.0", False), ("::", False),
        ("192.168.1.4", False), ("example.org", False), ("", False),
    ],
)  # fmt: skip
def test_which_addresses_only_this_computer_reaches(host: str, alone: bool) -> None:
    assert is_loopback(host) is alone
