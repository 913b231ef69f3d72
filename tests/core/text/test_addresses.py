import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from realtime_fer.core.text.addresses import hide_addresses, hide_addresses_in, host_of, shown_address

# What a password may hold when nobody escapes it; the letters stand in the rest of the address nowhere.
SIGNS = "QXZ0!$%&*()+,;=:[]|~ äß"
passwords = st.text(st.sampled_from(SIGNS + "/?#@123"), max_size=12).map(lambda text: f"{text}Q")


@settings(deadline=None)
@given(user=st.text(st.sampled_from("JKW"), min_size=1, max_size=5), password=passwords)
def test_whatever_the_password_is_it_is_not_shown(user: str, password: str) -> None:
    url = f"rtsp://{user}:{password}@cam/live"
    for shown in (
        shown_address(url),
        host_of(url),
        hide_addresses(f"'{url}' was interrupted."),
        hide_addresses_in([url])[0],
    ):
        assert user not in shown
        assert "Q" not in shown


# Each with a secret that holds 'SECRET', or 'admin', wherever makers of cameras and services put one.
ADDRESSES = [
    ("rtsp://admin:SECRET@cam.local:554/live", "rtsp://cam.local:554/…"),
    ("rtsp://admin@cam.local/live", "rtsp://cam.local/…"),
    ("RTSP://admin:SE@CRET@cam.local/live", "rtsp://cam.local/…"),
    ("rtsp://admin:SECRET%40x@cam.local/live", "rtsp://cam.local/…"),
    ("rtsp://admin:12/SECRET@10.0.0.5/s", "rtsp://…"),
    ("rtsp://admin:1?SECRET@10.0.0.5/s", "rtsp://…"),
    ("rtsp://admin:1#SECRET@10.0.0.5/s", "rtsp://…"),
    ("rtsp://admin:SECRET\\x@10.0.0.5/s", "rtsp://…"),
    ("rtsp://me:SE CRET@cam.local/live", "rtsp://cam.local/…"),
    ("rtsp://cam.local:80/x?to=a@SECRET", "rtsp://…"),
    ("rtsp://cam.local/user=admin_password=SECRET_channel=1_stream=0.sdp", "rtsp://cam.local/…"),
    ("rtsp://cam.local:554/user=admin&password=SECRET&channel=1", "rtsp://cam.local:554/…"),
    ("rtsp://cam.local:554/admin:SECRET@/h264", "rtsp://…"),
    ("rtsp://cam.local/SECRET/live", "rtsp://cam.local/…"),
    ("rtmp://live.example.com/app/live_123_SECRET", "rtmp://live.example.com/…"),
    ("rtmps://live.example.com:443/app/SECRET?backup=1", "rtmps://live.example.com:443/…"),
    ("rtmp://live.example.com/app playpath=SECRET", "rtmp://live.example.com/…"),
    ("http://host/x?%70assword=SECRET", "http://host/…"),
    ("http://host/x?p%61ss=SECRET", "http://host/…"),
    ("http://host/x?u=admin&p=SECRET", "http://host/…"),
    ("http://host/x?pin=SECRET", "http://host/…"),
    ("http://host/x?psk=SECRET;passcode=SECRET", "http://host/…"),
    ("http://host/x?auth=SECRET&key=SECRET&sig=SECRET", "http://host/…"),
    ("https://host/x?X-Amz-Signature=SECRET", "https://host/…"),
    ("https://host/proxy?url=rtsp://admin:SECRET@cam/live", "https://host/…"),
    ("https://host/proxy?url=rtsp%3A%2F%2Fadmin%3ASECRET%40cam", "https://host/…"),
    ("https://host:8443/rtsp://admin:SECRET@cam/live", "https://…"),
    ("http://host/x#access_token=SECRET", "http://host/…"),
    ("http://host/x;jsessionid=SECRET?a=b", "http://host/…"),
    ("http://host?SECRET", "http://host/…"),
    ("http://SECRET%2Ehost/x", "http://…"),
    ("http://host:SECRET/x", "http://…"),
    ("http://[::1]:8080/SECRET@b", "http://[::1]:8080/…"),
    ("http://[SECRET/x", "http://…"),
    ("http://10.0.0.5:80/SECRET@2x.jpg", "http://10.0.0.5:80/…"),
    ("udp://@239.0.0.1:1234?key=SECRET", "udp://239.0.0.1:1234/…"),
    ("srt://host:9000?passphrase=SECRET", "srt://host:9000/…"),
    ("file:///videos/x?http://admin:SECRET@host/", "file://…"),
    ("admin:SECRET@cam.local/live", "cam.local/…"),
    ("cam.local/x?token=SECRET", "cam.local/…"),
    ("rtsp:/admin:SECRET@cam.local/live", "…"),
    ("my camera rtsp://admin:SECRET@cam.local/live", "…"),
]


@pytest.mark.parametrize(("url", "start"), ADDRESSES)
def test_scheme_and_host_are_shown_and_no_secret(url: str, start: str) -> None:
    shown = shown_address(url)
    assert re.fullmatch(rf"{re.escape(start)} \([0-9a-f]{{6}}\)", shown)
    assert shown_address(shown) == hide_addresses(shown) == hide_addresses_in(shown) == shown
    assert shown_address(url + "x") != shown  # another address has another fingerprint
    kept = json.dumps(hide_addresses_in({"source": url, "list": [url, 3, {url: (url,)}]})) if "://" in url else ""
    for text in (shown, host_of(url), kept):
        assert not re.search("SE|CRET|admin", text)


@pytest.mark.parametrize("url", [url for url, _ in ADDRESSES if "://" in url])
@pytest.mark.parametrize("sentence", ["Could not open '{}': Refused", "{}: Invalid data", "[tcp] {}\nfailed"])
def test_no_secret_is_left_in_what_a_library_says(url: str, sentence: str) -> None:
    told = hide_addresses(sentence.format(url))
    # Where an address holds a blank, only that up to its last @ is known to belong to it.
    if "playpath" not in url:
        assert not re.search("SE|CRET", told)
    assert hide_addresses(told) == told


@pytest.mark.parametrize(
    "word",
    [
        "demo",
        "0",
        "no address",
        "/videos/a:b@2x.mp4",
        "./a?b=c",
        r"C:\videos\a@b.mp4",
        "clip: the end.mp4",
        "file:///a/b%20c.mp4",
    ],
)
def test_what_is_no_address_stays_as_it_is(word: str) -> None:
    assert shown_address(word) == hide_addresses(word) == hide_addresses_in(word) == word


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("rtsp://me:secret@door:554/live", "door"),
        ("http://[::1]:8080/x", "[::1]"),
        ("http://door", "door"),
    ],
)
def test_a_short_list_calls_an_address_by_its_host(url: str, host: str) -> None:
    assert host_of(url) == host


def test_other_facts_stay() -> None:
    facts = {"time": "7:30 @ home", "none": None, "list": [1.5, True]}
    assert hide_addresses_in(facts) == facts
