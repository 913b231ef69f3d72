import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime_fer.core.addresses import free_of_credentials, host_of, without_credentials

# What a password may hold when nobody escapes it; the letters stand in the rest of the address nowhere.
SIGNS = "QXZ0!$%&*()+,;=:[]|~ äß"
passwords = st.one_of(
    st.text(st.sampled_from(SIGNS + "/?#"), max_size=12),
    st.text(st.sampled_from(SIGNS + "/@"), max_size=12),
).map(lambda text: f"Q{text}Q")


@settings(deadline=None)
@given(user=st.text(st.sampled_from("JKW"), min_size=1, max_size=5), password=passwords)
def test_whatever_the_password_is_it_is_not_shown(user: str, password: str) -> None:
    shown = without_credentials(f"rtsp://{user}:{password}@cam/live")
    assert user not in shown
    assert "Q" not in shown


@pytest.mark.parametrize("url", ["rtsp://me:a@?b@cam/live", "rtsp://me:a@#b@cam/live", "rtsp://me:a@/b@cam/live"])
def test_what_can_be_read_in_two_ways_is_read_in_the_shorter(url: str) -> None:
    assert without_credentials(url) == "rtsp://cam/live"


@pytest.mark.parametrize("key", ["token", "pwd", "password", "API_KEY", "sig", "X-Amz-Signature", "access_token"])
def test_secrets_in_the_query_are_starred(key: str) -> None:
    assert without_credentials(f"http://host/x?a=1&{key}=s3cr3t&b=2") == f"http://host/x?a=1&{key}=***&b=2"


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
