"""Which camera a number means, after cameras were unplugged and plugged in again."""

from __future__ import annotations

import pytest

from realtime_fer.core.errors import SourceError
from realtime_fer.core.request import request_of
from realtime_fer.sources import CameraDescription, CameraNumbers


class PluggedIn:
    """The cameras that the system lists."""

    def __init__(self) -> None:
        self.cameras: list[CameraDescription] = []

    def put(self, *named: str) -> None:
        """In the order of their numbers, '' where none has one; 'Desk@usb1' has a path too."""
        told = [(at, *name.partition("@")) for at, name in enumerate(named) if name]
        self.cameras = [CameraDescription(at, name, path, "V4L2") for at, name, _, path in told]


@pytest.fixture
def plugged_in(monkeypatch: pytest.MonkeyPatch) -> PluggedIn:
    there = PluggedIn()
    monkeypatch.setattr("realtime_fer.sources.cameras.list_cameras", lambda: list(there.cameras))
    return there


def test_a_camera_that_comes_back_under_another_number_is_found(plugged_in: PluggedIn) -> None:
    plugged_in.put("Desk", "", "Door")
    numbers = CameraNumbers()
    assert [numbers.now(request_of(word)).value for word in ("0", "2", "7", "demo", "auto")] == [
        "0",
        "2",
        "7",
        "demo",
        "auto",
    ]
    plugged_in.put("", "", "Door")
    assert numbers.now(request_of("0")) == request_of("0"), "it is gone, and another camera does not stand in for it"
    plugged_in.put("", "", "Door", "", "Desk")
    assert numbers.now(request_of("0")) == request_of("4")
    plugged_in.put("Other", "", "Door", "", "Desk")
    assert numbers.now(request_of("0")) == request_of("4")


def test_another_camera_that_got_the_number_is_not_taken_for_it(plugged_in: PluggedIn) -> None:
    plugged_in.put("Desk", "Built-in")
    numbers = CameraNumbers()
    numbers.choose(request_of("0"))
    assert numbers.now(request_of("0")) == request_of("0")
    plugged_in.put("Built-in")
    for _ in range(3):
        with pytest.raises(SourceError, match="There is no camera 'Desk'"):
            numbers.now(request_of("0"))
    plugged_in.put("Built-in", "Desk")
    assert numbers.now(request_of("0")) == request_of("1")
    plugged_in.put("Built-in")
    numbers.choose(request_of("0"))
    assert numbers.now(request_of("0")) == request_of("0"), "a person chose the one that has the number now"
    plugged_in.put("Desk")
    with pytest.raises(SourceError, match="There is no camera 'Built-in'"):
        numbers.now(request_of("0"))


def test_of_two_cameras_of_one_name_the_other_is_not_taken(plugged_in: PluggedIn) -> None:
    plugged_in.put("Cam@usb1", "Cam@usb2")
    numbers = CameraNumbers()
    assert numbers.now(request_of("0")) == request_of("0")
    plugged_in.put("Cam@usb2")
    with pytest.raises(SourceError, match="There is no camera 'Cam'"):
        numbers.now(request_of("0"))
    plugged_in.put("Cam@usb2", "Cam@usb1")
    assert numbers.now(request_of("0")) == request_of("1")
    plugged_in.put("Cam@usb2", "Cam@usb7")
    assert numbers.now(request_of("0")) == request_of("1"), "it may be plugged in elsewhere"


def test_a_camera_of_two_devices_is_found_though_both_got_new_numbers(plugged_in: PluggedIn) -> None:
    plugged_in.put("Cam@/dev/video0", "Cam@/dev/video1")
    numbers = CameraNumbers()
    assert numbers.now(request_of("0")) == request_of("0")
    plugged_in.put()
    assert numbers.now(request_of("0")) == request_of("0")
    plugged_in.put("", "Cam@/dev/video1", "Cam@/dev/video2")
    assert numbers.now(request_of("0")) == request_of("1")
