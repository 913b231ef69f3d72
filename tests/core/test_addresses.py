import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime_fer.core.addresses import free_of_credentials, host_of, without_credentials

# What a password may hold when nobody escapes it; the letters stand in the rest of the address nowhere.
SIGNS = "QXZ0!$%&*()+,;=:[]|~ äß"
passwords = st.text(st.sampled_from(SIGNS + "/?#@123"), max_size=12).map(lambda text: f"{text}Q")


@settings(deadline=None)
@given(user=st.text(st.sampled_from("JKW"), min_size=1, max_size=5), password=passwords)
def test_whatever_the_password_is_it_is_not_shown(user: str, password: str) -> None:
    shown = without_credentials(f"rtsp://{user}:{password}@cam/live")
    assert user not in shown
    assert "Q" not in shown


@pytest.mark.parametrize("url", ["rtsp://me:a@?b@cam/live", "rtsp://me:a@#b@cam/live", "rtsp://me:a@/b@cam/live"])
def test_what_can_be_read_in_two_ways_is_read_in_the_shorter(url: str) -> None:
    assert without_credentials(url) == "rtsp://cam/live"


@pytest.mark.parametrize(
    "url",
    [
        "rtsp://admin:12/34@10.0.0.5/s",
        "rtsp://admin:1#2@10.0.0.5/s",
        "rtsp://admin:1?2@10.0.0.5/s",
        "rtsp://admin:/34@10.0.0.5/s",
        "rtsp://admin:1@2?3@10.0.0.5/s",
        "rtsp://me@home:1?2@10.0.0.5/s",
        "rtsp://admin@10.0.0.5/s",
    ],
)
def test_a_password_that_begins_like_a_port_is_not_shown(url: str) -> None:
    assert without_credentials(url) == "rtsp://10.0.0.5/s"


@pytest.mark.parametrize(
    "url", ["http://10.0.0.5:80/a@2x.jpg", "http://[::1]:8080/a@2x.jpg", "http://cam/a@2x.jpg", "http://cam:80/a.jpg"]
)
def test_an_address_without_a_password_stays_as_it_is(url: str) -> None:
    assert without_credentials(url) == url


KEYS = [
    *(
        "token",
        "pwd",
        "password",
        "API_KEY",
        "sig",
        "X-Amz-Signature",
        "access_token",
        "userpwd",
        "user_pwd",
        "user_name",
    ),
    *(
        "user_name",
        "user-name",
        "userid",
        "user_id",
        "pass_word",
        "pass-word",
        "api-key",
        "X-API-Key",
        "authToken",
        "sessionToken",
    ),
    *("stream_key", "secret_key", "usr", "pw", "uid"),
]


@pytest.mark.parametrize("key", KEYS)
def test_secrets_in_the_query_are_starred(key: str) -> None:
    assert without_credentials(f"http://host/x?a=1&{key}=s3cr3t&b=2") == f"http://host/x?a=1&{key}=***&b=2"
    assert without_credentials(f"http://host/x?{key}=s3/cr?e;t#1") == f"http://host/x?{key}=***"
    assert without_credentials(f"rtsp://cam/{key}=s3cr3t/live") == f"rtsp://cam/{key}=***/live"


@pytest.mark.parametrize("key", ["channel", "stream", "width", "passage", "keyframes", "userland", "turkeys"])
def test_other_keys_are_shown(key: str) -> None:
    assert without_credentials(f"http://host/x?{key}=2&a=1") == f"http://host/x?{key}=2&a=1"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("rtsp://me:secret@door:554/live", "door"),
        ("http://me:se/cret@door/x", "door"),
        ("http://[::1]:8080/x", "[::1]"),
        ("http://[broken/x", "[broken"),
        ("udp://", "udp"),
    ],
)
def test_a_short_list_calls_an_address_by_its_host(url: str, host: str) -> None:
    assert host_of(url) == host


def test_facts_lose_their_secrets_at_any_depth() -> None:
    url = "rtsp://me:secret@cam/live?token=secret"
    facts = {"source": url, "list": [url, 3, {"deep": (url,)}], "time": "7:30 @ home", "none": None}
    cleaned = free_of_credentials(facts)
    assert "secret" not in json.dumps(cleaned)
    assert cleaned["time"] == "7:30 @ home"
    assert cleaned["list"][1] == 3
