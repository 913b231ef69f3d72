"""LSL as another process sees it, and without pylsl."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from realtime_fer.core.errors import StreamError
from realtime_fer.sinks.jsonl_file import frame_object
from realtime_fer.streams.hub import LiveHub
from realtime_fer.streams.lsl.channels import CHANNELS, absent_values, channels_with, face_values
from realtime_fer.streams.lsl.clock import LslClock
from realtime_fer.streams.lsl.library import LOCAL_SETTINGS, LslLibrary
from realtime_fer.streams.lsl.sender import LslPlace, LslSender
from realtime_fer.streams.message import live_frame
from tests.streams.conftest import with_faces


def has_lsl() -> bool:
    try:
        import pylsl  # noqa: F401
    except (ImportError, RuntimeError, OSError):
        return False
    return True


needs_lsl = pytest.mark.skipif(not has_lsl(), reason="pylsl or its liblsl is missing")

#: Another program: gives a stream of markers, reads this program's, prints what comes and when by the system's clock.
OTHER = f"""
import json, sys, time
import pylsl
pylsl.util.set_config_content({LOCAL_SETTINGS!r})

offset = pylsl.local_clock() - time.perf_counter()
stimuli = pylsl.StreamOutlet(pylsl.StreamInfo("Stimuli's", "Markers", 1, 0, "string", "other"))
inlets = []
for name in ("RealtimeFER face 2", "RealtimeFER face 3", "RealtimeFER markers"):
    found = pylsl.resolve_byprop("name", name, 1, 20)
    inlet = pylsl.StreamInlet(found[0])
    inlet.open_stream(10)
    inlets.append(inlet)
info = inlets[0].info()
told = info.desc().child_value("session")
labels, units = info.get_channel_labels(), info.get_channel_units()
print(json.dumps([info.type(), info.nominal_srate(), labels, units, told]), flush=True)
for inlet in inlets:
    values, at = inlet.pull_sample(timeout=20)
    print(json.dumps([values, at - offset]), flush=True)
stimuli.wait_for_consumers(20)
stimuli.push_sample(["stimulus  4"])
print(json.dumps(time.perf_counter()), flush=True)
sys.stdin.read()
"""


@contextmanager
def other_program() -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", OTHER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        yield process
        process.kill()


@needs_lsl
def test_another_process_reads_numbers_and_markers_at_their_time_and_its_markers_come_in() -> None:
    hub = LiveHub(frame_object)
    taken, came = [], threading.Event()

    def take(text: str, at_s: float) -> None:
        taken.append((text, at_s))
        came.set()

    sender = LslSender(hub, markers_from="Stimuli's", take_marker=take)
    sender.start()
    try:
        sender.wait_started(20)
        assert sender.problem == ""
        with other_program() as process:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, process.stderr and process.stderr.read()
            kind, rate, labels, units, session = json.loads(line)
            assert (kind, rate, session) == ("Expression", 0.0, hub.session)
            assert labels == [one.label for one in CHANNELS]
            assert units[:8] == ["probability"] * 8
            assert ("LSL", "RealtimeFER face 2") in {(one.kind, one.address) for one in sender.clients()}
            captured_s = time.perf_counter()
            result = with_faces(0)
            hub.give(captured(result, captured_s))
            hub.mark(captured_s, "own")
            (face, face_s), (nobody, _), (marker, marker_s) = (json.loads(process.stdout.readline()) for _ in range(3))
            assert face[labels.index("happy")] == pytest.approx(0.7)
            assert face[labels.index("face_id")] == 2
            assert all(math.isnan(value) for value in nobody)
            assert marker == ["own"]
            assert max(abs(face_s - captured_s), abs(marker_s - captured_s)) < 0.005
            hub.give(captured(with_faces(1), json.loads(process.stdout.readline()) - 0.001))
            assert came.wait(20)
            assert taken[0][0] == "stimulus 4"
            assert taken[0][1] in (captured_s, hub.frame_time(math.inf))
            assert sender.markers_from.startswith("Stimuli's (")
    finally:
        sender.stop()
        hub.close()


def captured(result, at_s: float):
    from dataclasses import replace

    return replace(result, frame=replace(result.frame, timestamp_s=at_s))


def test_values_have_a_place_each_and_what_is_not_known_is_nan() -> None:
    values = live_frame(with_faces(), frame_object, session="0" * 32, number=0, t_s=0.0, wall_offset_s=0.0).values
    by_label = dict(zip((one.label for one in CHANNELS), face_values(values["faces"][0]), strict=True))
    assert (by_label["happy"], by_label["expression"], by_label["face_id"]) == (pytest.approx(0.7), 2, 1)
    assert math.isnan(by_label["contempt"])
    assert math.isnan(by_label["yaw"])


def test_own_expressions_have_channels_after_all_others() -> None:
    values = live_frame(with_faces(), frame_object, session="0" * 32, number=0, t_s=0.0, wall_offset_s=0.0).values
    own = ("deep_thought", "smirk", "frown")
    face = values["faces"][0] | {"own": {"smirk": None, "deep_thought": 0.8, "taught_later": 0.9}}
    assert [one.label for one in channels_with(own)[-3:]] == ["own_deep_thought", "own_smirk", "own_frown"]
    assert face_values(face, own)[-3:] == pytest.approx((0.8, math.nan, math.nan), nan_ok=True)
    assert len(face_values(face, own)) == len(absent_values(own)) == len(channels_with(own))


def test_an_interrupted_reading_of_the_clocks_is_made_again() -> None:
    times = iter([10.0, 10.5, 11.0, 11.0001])
    readings = iter([110.4, 111.0])
    assert LslClock(lambda: next(readings), lambda: next(times)).ahead_s() == pytest.approx(111.0 - 11.00005)


def test_without_pylsl_a_sentence_says_so_and_nothing_runs(hub: LiveHub) -> None:
    def missing() -> None:
        raise StreamError("The package pylsl is missing, so there is no LSL.")

    sender = LslSender(hub, library=LslLibrary(missing))
    sender.start()
    sender.wait_started(5)
    assert (sender.problem, sender.runs, sender.clients()) == (
        "The package pylsl is missing, so there is no LSL.",
        False,
        (),
    )
    sender.stop()


class FakeLsl:
    """Of pylsl's shape, without a network."""

    IRREGULAR_RATE = 0.0
    local_clock = staticmethod(time.monotonic)
    util = SimpleNamespace(set_config_content=lambda content: None)

    def __init__(self, asked: list[tuple[object, ...]] | None = None) -> None:
        self._asked = [] if asked is None else asked

    def __getattr__(self, name: str) -> object:
        def answer(*given: object, **named: object) -> FakeLsl:
            self._asked.append((name, *given))
            return FakeLsl()

        return answer


@pytest.mark.parametrize(
    ("on_network", "kept", "ports_open"), [(False, True, False), (False, False, True), (True, True, False)]
)
def test_ports_that_cannot_be_kept_on_this_computer_are_told(
    hub: LiveHub, on_network: bool, kept: bool, ports_open: bool
) -> None:
    sender = LslSender(hub, on_network=on_network, library=LslLibrary(FakeLsl), keep_local=lambda: kept)
    sender.start()
    sender.wait_started(5)
    assert (sender.problem, sender.runs, sender.ports_open) == ("", True, ports_open)
    sender.stop()


def test_a_second_program_on_the_computer_has_streams_of_other_names_and_ids(hub: LiveHub) -> None:
    asked, released = [], []
    place = LslPlace(2, "here-2", lambda: released.append(2))
    library = LslLibrary(lambda: FakeLsl(asked))
    sender = LslSender(hub, take_place=lambda: place, library=library, keep_local=lambda: True)
    sender.start()
    sender.wait_started(5)
    sender.stop()
    told = [(given[0], given[-1]) for made, *given in asked if made == "StreamInfo"]
    assert told[0] == ("RealtimeFER 2 face 1", "here-2-1")
    assert told[-1] == ("RealtimeFER 2 markers", "here-2-markers")
    assert released == [2]


def test_liblsl_is_kept_on_this_computer_and_never_changes_its_reach() -> None:
    settings: list[str] = []
    library = LslLibrary(lambda: SimpleNamespace(util=SimpleNamespace(set_config_content=settings.append)))
    assert library.open(False) is library.open(False)
    assert settings == [LOCAL_SETTINGS]
    assert "ResolveScope = machine" in LOCAL_SETTINGS
    with pytest.raises(StreamError, match="restart the program"):
        library.open(True)
    with pytest.raises(StreamError, match="cannot be limited"):
        LslLibrary(lambda: SimpleNamespace(util=SimpleNamespace())).open(False)
