from __future__ import annotations

import json
import subprocess
import sys

import pytest

from realtime_fer.core.enums import OscScheme
from realtime_fer.core.errors import StreamError
from realtime_fer.sinks.jsonl_file import frame_object
from realtime_fer.streams.hub import LiveHub
from realtime_fer.streams.message import live_frame
from realtime_fer.streams.osc import OscSender, osc_address, packets_of
from realtime_fer.streams.osc_messages import OscMessages
from realtime_fer.streams.slots import Slots
from tests.streams.conftest import with_faces

#: A receiver in a process of its own: prints its port, then each packet's messages as one line.
RECEIVER = """
import json, socket
from pythonosc.osc_packet import OscPacket

receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
receiver.bind(("127.0.0.1", 0))
print(receiver.getsockname()[1], flush=True)
while True:
    packet = receiver.recv(65536)
    messages = [timed.message for timed in OscPacket(packet).messages]
    print(json.dumps([[message.address, message.params] for message in messages]), flush=True)
"""


def values(faces: int = 2) -> dict[str, object]:
    made = live_frame(with_faces(0, faces), frame_object, session="0" * 32, number=0, t_s=0.0, wall_offset_s=0.0)
    return made.values


def test_another_process_gets_a_bundle_a_frame(hub: LiveHub) -> None:
    with subprocess.Popen([sys.executable, "-c", RECEIVER], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        sender = OscSender(hub, f"127.0.0.1:{process.stdout.readline().strip()}", OscScheme.FER)
        try:
            hub.give(with_faces(0))
            sender.start()
            got = dict(map(tuple, json.loads(process.stdout.readline())))
        finally:
            sender.stop()
            process.kill()
    assert got["/fer/faces"] == [2]
    assert got["/fer/1/expression"] == ["happy"]
    assert got["/fer/2/happy"] == [pytest.approx(0.7)]
    assert got["/fer/1/box"] == [pytest.approx(number) for number in (10 / 64, 8 / 48, 15 / 64, 30 / 48)]


def test_a_slot_says_that_its_person_left() -> None:
    messages = OscMessages(OscScheme.FER)
    messages.of(values(2))
    assert ("/fer/2/present", (0,)) in messages.of(values(1))
    assert ("/fer/2/present", (0,)) not in messages.of(values(1))


def test_slots_stay_while_people_do() -> None:
    slots = Slots()

    def now(*identities: int, source: int = 0) -> dict[int, int]:
        found = slots.of({"source_index": source, "faces": [{"face_id": one} for one in identities]})
        return {face["face_id"]: slot for slot, face in found.items()}

    assert now(7, 9) == {7: 1, 9: 2}
    assert now(9) == {9: 2}
    assert now(9, source=1) == {9: 1}, "of another source, a person of their own"
    assert now(9, 12) == {9: 2, 12: 3}
    assert slots.elsewhere(0) == {1}
    assert len(now(*range(100, 140))) == 15


def test_vmc_sends_all_values_and_then_applies_them() -> None:
    made = OscMessages(OscScheme.VMC).of(values())
    assert ("/VMC/Ext/Blend/Val", ("Joy", pytest.approx(0.7))) in made
    assert made[-1] == ("/VMC/Ext/Blend/Apply", ())
    assert [len(packet) <= 1400 for packet in packets_of(made, OscScheme.VMC)] == [True]


def test_vrchat_gets_parameters_in_packets_of_their_own() -> None:
    made = OscMessages(OscScheme.VRCHAT).of(values())
    assert ("/avatar/parameters/FERPresent", (True,)) in made
    assert ("/avatar/parameters/FERHappy", (pytest.approx(0.7),)) in made
    packets = packets_of(made, OscScheme.VRCHAT)
    assert len(packets) == len(made)
    assert not any(packet.startswith(b"#bundle") for packet in packets)


def test_own_expressions_are_sent_and_go_back_to_zero() -> None:
    taught = values(1)
    taught["faces"][0] |= {"own": {"deep_thought": 0.8, "smirk": None}}  # type: ignore[index]
    made = dict(OscMessages(OscScheme.FER).of(taught))
    assert made["/fer/1/own_deep_thought"] == (0.8,)
    assert "/fer/1/own_smirk" not in made
    vrchat, address = OscMessages(OscScheme.VRCHAT), "/avatar/parameters/FEROwn_deep_thought"
    assert dict(vrchat.of(taught))[address] == (0.8,)
    assert dict(vrchat.of(values(0)))[address] == (0.0,)


def test_faceosc_says_whether_there_is_a_face() -> None:
    assert OscMessages(OscScheme.FACEOSC).of(values(0)) == [("/found", (0,))]
    turned = values(1)
    turned["faces"][0] |= {"pitch": 0.0, "yaw": 90.0, "roll": 0.0}  # type: ignore[index]
    made = dict(OscMessages(OscScheme.FACEOSC).of(turned))
    assert made["/pose/position"] == (17.5, 23.0)
    assert made["/pose/orientation"] == pytest.approx((0.0, 1.5708, 0.0), abs=1e-4)


def test_a_crowd_with_long_names_stays_below_what_udp_carries() -> None:
    crowd = values(40)
    for face in crowd["faces"]:  # type: ignore[attr-defined]
        face["name"] = "\U0001f600" * 100
    (packet,) = packets_of(OscMessages(OscScheme.FER).of(crowd), OscScheme.FER)
    assert 5000 < len(packet) <= 9000


@pytest.mark.parametrize("text", ["", "127.0.0.1", ":9000", "127.0.0.1:x", "127.0.0.1:99999", "a@b:1", "h:1/p"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(StreamError):
        osc_address(text)


def test_an_address_may_be_a_name_or_ipv6() -> None:
    assert osc_address("studio.local:9000") == ("studio.local", 9000)
    assert osc_address("[::1]:9000") == ("::1", 9000)
