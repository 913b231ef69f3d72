"""Texts of strangers through the program: names with signs that steer a terminal, formulas, addresses with secrets."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest

from realtime_fer import cli
from realtime_fer.core.enums import Film
from realtime_fer.core.text.printable import escape_unprintable
from realtime_fer.report.session import read_session
from realtime_fer.sinks.session import RecordingSink
from realtime_fer.sources.cameras import CameraDescription
from tests.core.text.test_addresses import ADDRESSES
from tests.kept_networks import keep_networks, keep_parser, make_demo_small
from tests.sinks.conftest import build_result

SEED = 20310506
BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"
STEERING = (*map(chr, [*range(1, 32), *range(127, 160)]), *BIDI, *"\u2028\u2029\udcff\udc9b\u00ad")
FORGED = "\n\nrealtime-fer: all is well.\n"
SEQUENCES = ("\x1b[2J", "\x1b]0;title\x07", "\r\n", FORGED, "\x1b[1A", "\b\b\b", "\u202egpj.", "\x9b2J")
FORMULAS = ("=1+1", "+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x";"y")', "=cmd|'/C calc'!A1", "\t=1", "'=1", "＝1")


@pytest.fixture(autouse=True)
def seed(monkeypatch: pytest.MonkeyPatch) -> None:
    print(f"seed {SEED}")
    keep_networks(monkeypatch)
    keep_parser(monkeypatch)
    make_demo_small(monkeypatch)


def words(count: int) -> list[str]:
    random_ = random.Random(SEED)
    parts = (*STEERING, *SEQUENCES, "a", "ä", "視", "<b>", "{x}", "%s", " ")
    return ["x" + "".join(random_.choices(parts, k=random_.randint(1, 6))) + "y" for _ in range(count)]


def check(text: str, lines: int | None = None) -> None:
    """What a terminal got: nothing but signs that are seen, and as many lines as were meant."""
    steering = {sign for sign in text if sign in STEERING and sign != "\n"}
    assert not steering, ascii(text)
    assert text.isprintable() or all(sign.isprintable() or sign in "\n\u200c\u200d" for sign in text)
    assert lines is None or text.count("\n") == lines, ascii(text)
    text.encode()


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    try:
        code = cli.run(arguments)
    except SystemExit as end:
        code = int(end.code or 0)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


@pytest.mark.parametrize("sign", STEERING)
def test_each_sign_is_written_out(sign: str) -> None:
    escaped = escape_unprintable(f"a{sign}b")
    check(escaped, 0)
    assert escaped[:2] == "a\\"
    assert escaped[-1] == "b"
    assert escape_unprintable(sign, keep=sign) == sign


def test_what_people_write_stays() -> None:
    for text in (
        r"C:\videos\a.mp4",
        "naïve 視 עברית عربي",
        "\U0001f469\u200d\U0001f4bb می\u200cخواهم",
        "14\u202f°C\u00a0é",
        "",
    ):
        assert escape_unprintable(text) == text


def test_no_argument_steers_the_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("realtime_fer.sources.cameras.list_cameras", list)
    for at, word in enumerate(words(90)):
        ways = (
            ("annotate", word, "-o", str(tmp_path / "x.mp4")),
            ("annotate", "demo", "--film", "none", "-o", word),
            ("annotate", "demo", "--model", word, "-o", str(tmp_path / "x.mp4")),
            ("annotate", "demo", "--csv", f"{tmp_path}/{word}/t.csv", "--film", "none"),
            ("report", word),
            ("bench", "--size", word),
            ("bench", "--frames", word),
            ("--detector", word),
            (word,),
            ("doctor", word),
        )
        for arguments in (ways[at % 10], ways[(at + 3) % 10]):
            code, out, err = run(capsys, *arguments)
            assert code == 2
            assert out == ""
            check(err, 1)


def test_a_picture_s_and_a_card_s_name_are_written_out(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "\x1b[2J\u202egpj\n\udcff.png" if os.name != "nt" else "\u202egpj.png"
    read, written, cards = (tmp_path / each for each in ("read", "written\u202e", "cards"))
    for folder in (read, cards):
        folder.mkdir()
    encoded = cv2.imencode(".png", np.zeros((64, 64, 3), np.uint8))[1].tobytes()
    try:
        (read / name).write_bytes(encoded)
        (read / "damaged\u202e.png").write_bytes(b"no picture")
        (cards / "card\x1b[2J.json").write_text("{")
    except OSError:
        pytest.skip("this file system takes no such names")
    monkeypatch.setenv("REALTIME_FER_WEIGHTS", str(cards))
    code, out, err = run(capsys, "annotate", str(read), "-o", str(written), "--detector", "haar")
    assert code == 0, err
    check(out + err)
    assert r"written\u202e" in out
    assert len(list(written.iterdir())) == 1
    code, out, err = run(capsys, "models", "--no-measure")
    check(out + err)
    assert r"card\x1b[2J.json" in out
    for arguments in (("annotate", str(read), "-o", str(written), "--detector", "haar"), ("models", "--no-measure")):
        code, out, err = run(capsys, *arguments, "--json")
        check(out, 1)
        assert json.loads(out)


def test_a_camera_s_name_is_written_out(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    found = [CameraDescription(at, name, f"/dev/{name}", name) for at, name in enumerate([*STEERING, *words(20)])]
    monkeypatch.setattr("realtime_fer.sources.list_cameras", lambda: found)
    for arguments in (("cameras",), ("cameras", "--json"), ("doctor",)):
        code, out, err = run(capsys, *arguments)
        assert code == 0
        check(out + err, len(found) if arguments == ("cameras",) else None)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Of markers, models and sources with every kind of text."""
    sink = RecordingSink(tmp_path / "recordings", film=Film.NONE, jsonl=True, session_facts={"source": ADDRESSES[0][0]})
    urls = [url for url, _ in ADDRESSES if "://" in url]
    with sink:
        texts = [*FORMULAS, *words(30)]
        for at, text in enumerate(texts):
            url = urls[at % len(urls)]
            model = text.replace("\0", "")
            sink.write(build_result(at / 10, model_id=model, source_name=url, source_generation=at), text)
        sink.add_late_marker(0.0, "=late")
    return sink.folder


def test_no_cell_of_a_table_is_a_formula(recording: Path) -> None:
    numbers = 0
    for path in recording.glob("*.csv"):
        with path.open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                for name in ("model", "marker", "expression", "uncertain_because"):
                    assert not row[name].lstrip().startswith(("=", "+", "-", "@", "＝")), row[name]
                numbers += row["y"].startswith("-")
    assert numbers, "numbers below nothing stay numbers"
    session = read_session(recording)
    told = {marker.text for marker in session.markers}
    assert {" ".join(text.split()) for text in FORMULAS} | {"=late"} <= told
    assert set(FORMULAS) <= set(session.table.models)


def test_no_secret_of_an_address_is_in_a_recording_or_its_report(
    recording: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "report", str(recording))
    assert code == 0, err
    check(out + err, 1)
    # An older program kept more of an address.
    facts = json.loads((recording / "session.json").read_text(encoding="utf-8"))
    with_secret = {
        **facts,
        "source": "rtsp://cam/SECRET",
        "ended_early": "'rtsp://admin:SECRET@cam/x' was interrupted.",
    }
    with_secret["sources"] = [{**use, "name": "http://cam/x?p=SECRET"} for use in facts["sources"][:3]]
    older = recording.with_name("older")
    shutil.copytree(recording, older)
    (older / "session.json").write_text(json.dumps(with_secret), encoding="utf-8")
    assert run(capsys, "report", str(older))[0] == 0
    pages = [*recording.iterdir(), older / "report.html"]
    assert recording / "report.html" in pages
    for path in pages:
        text = path.read_text(encoding="utf-8")
        assert "SECRET" not in text
        assert "CRET" not in text.replace("secret", "")
    page = (older / "report.html").read_text(encoding="utf-8")
    assert not [sign for sign in page if sign in STEERING and sign not in "\n\u00ad"]


@pytest.fixture
def dead_port() -> Iterator[int]:
    """Where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield taken.getsockname()[1]


def test_no_secret_of_an_address_is_printed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, dead_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("realtime_fer.sources.cameras.list_cameras", list)
    where = f"127.0.0.1:{dead_port}"
    urls = [f"http://admin:SECRET@{where}/x", f"http://{where}/SECRET?%70ass=SECRET", f"rtsp://{where}/user=SECRET"]
    urls += [
        f"rtmp://{where}/app/SECRET",
        f"http://{where}/?u=rtsp://admin:SECRET@{where}/x",
        f"http://{where}/#SECRET",
    ]
    # Without a known scheme they are no addresses, and what they may be is not quoted either.
    urls += ["admin:SECRET@cam/live", "rtsp:/admin:SECRET@cam/live", "sftp://admin:SECRET@cam/live", "cam/?key=SECRET"]
    for url in urls:
        for arguments in (
            ("annotate", url, "-o", str(tmp_path / "x.mp4"), "--json"),
            ("bench", "--source", url),
            ("bench", "--frames", url),
            ("report", "x", url),
            ("report", url),
            ("report", "x", "-o", url),
            ("annotate", "demo", "-o", url),
            ("annotate", "demo", "--film", "none", "--csv", url),
        ):
            if "://" not in url and arguments[:2] not in (("annotate", url), ("bench", "--source")):
                continue
            code, out, err = run(capsys, *arguments)
            assert code == 2, (out, err)
            assert "SECRET" not in out + err
            assert "admin" not in out + err
            check(err, 1)


@pytest.mark.parametrize("option", ["--model", "--compare"])
@pytest.mark.parametrize("ending", ["m.tflite", "m.json", "m"])
def test_an_address_in_place_of_a_model_is_refused_without_its_secret(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str, ending: str
) -> None:
    word = f"http://user:SECRET@host.example/{ending}"
    code, out, err = run(capsys, "annotate", "demo", "--seconds", "0.1", "-o", str(tmp_path / "a.mp4"), option, word)
    assert code == 2
    assert "There is no model" in err
    assert "SECRET" not in out + err
