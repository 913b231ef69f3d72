"""Nothing leaves this computer: each part of the program runs under strace and speaks to nobody outside."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.privacy.network_guard import Watched, spoken_to, watch

CHECKOUT = Path(__file__).resolve().parents[2]
MAIN = (sys.executable, str(CHECKOUT / "main.py"))

needs_strace = pytest.mark.skipif(sys.platform != "linux", reason="strace watches on Linux alone")

#: The program's own choice, and the one that needs no files.
DETECTORS = pytest.mark.parametrize("detector", [(), ("--detector", "haar")], ids=["default", "haar"])


def watched(home: Path, *command: str) -> Watched:
    environment = {
        **os.environ,
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_CACHE_HOME": os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache"),
        "QT_QPA_PLATFORM": "offscreen",
    }
    return watch(command, environment)


def assert_stays_here(done: Watched) -> None:
    assert done.code == 0, done.said
    assert done.outside == (), done.said


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a second of a made-up face."""
    import cv2

    from realtime_fer.sources.demo.source import DemoSource

    path = tmp_path_factory.mktemp("videos") / "video.avi"
    source = DemoSource(320, 240, 10, faces=1, seconds=0.5)
    source.open()
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"MJPG"), 10, (320, 240))  # type: ignore[attr-defined]
    while (read := source.read()) is not None:
        writer.write(read.image_bgr)
    writer.release()
    source.close()
    return path


@needs_strace
def test_the_window_and_its_recording_speak_to_nobody(tmp_path: Path) -> None:
    script = str(CHECKOUT / "tests" / "privacy" / "driven_window.py")
    recordings = tmp_path / "recordings"
    assert_stays_here(watched(tmp_path, sys.executable, script, str(recordings)))
    (session,) = recordings.iterdir()
    made = {path.name for path in session.iterdir()}
    assert {"video.mp4", "video-clean.mp4", "expressions.csv", "session.json", "report.html", "snapshots"} <= made
    # The page again, from the command line.
    page = tmp_path / "page.html"
    assert_stays_here(watched(tmp_path, *MAIN, "report", str(session), "-o", str(page)))
    assert page.stat().st_size > 1000


@needs_strace
@DETECTORS
def test_annotate_speaks_to_nobody(tmp_path: Path, video: Path, detector: tuple[str, ...]) -> None:
    output = tmp_path / "out.mp4"
    wanted = ("annotate", str(video), "-o", str(output), "--csv", "--jsonl", "--still", *detector)
    assert_stays_here(watched(tmp_path, *MAIN, *wanted))
    assert output.exists()


@needs_strace
def test_a_folder_of_videos_speaks_to_nobody(tmp_path: Path, video: Path) -> None:
    output = tmp_path / "out"
    assert_stays_here(watched(tmp_path, *MAIN, "annotate", str(video.parent), "-o", str(output), "--csv"))
    assert list(output.glob("*.mp4"))


@needs_strace
@pytest.mark.parametrize("command", [("models", "--no-measure"), ("cameras",), ("doctor",)], ids=lambda words: words[0])
def test_what_is_only_listed_speaks_to_nobody(tmp_path: Path, command: tuple[str, ...]) -> None:
    done = watched(tmp_path, *MAIN, *command)
    assert done.said.strip()
    assert "Traceback" not in done.said
    assert done.outside == (), done.said


@needs_strace
def test_the_guard_sees_a_connection_of_a_grandchild_and_a_look_up_of_a_name(tmp_path: Path) -> None:
    # 192.0.2.1 is nobody's (RFC 5737), and to connect UDP sends nothing. '.invalid' is no name (RFC 2606).
    speaks = (
        "import socket\n"
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(('192.0.2.1', 9))\n"
        "try: socket.getaddrinfo('nobody.invalid', 80)\n"
        "except OSError: pass\n"
    )
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {speaks!r}], check=True)"
    done = watched(tmp_path, sys.executable, "-c", parent)
    assert done.code == 0, done.said
    assert "192.0.2.1 port 9" in done.outside
    assert any(whom.endswith("port 53") or whom.startswith(("/run", "/var/run")) for whom in done.outside)


@pytest.mark.parametrize(
    ("line", "outside"),
    [
        ('7 connect(3, {sa_family=AF_UNIX, sun_path="/tmp/.X11-unix/X0"}, 20) = 0', ()),
        ("7 sendto(3, [{nlmsg_len=20}], 20, 0, {sa_family=AF_NETLINK, nl_pid=0, nl_groups=00000000}, 12) = 20", ()),
        ('connect(3, {sa_family=AF_INET, sin_port=htons(6000), sin_addr=inet_addr("127.0.0.1")}, 16) = 0', ()),
        ("7 connect(3, {sa_family=AF_UNSPEC}, 16) = 0", ()),
        (
            '7 connect(3, {sa_family=AF_INET6, sin6_port=htons(80), sin6_flowinfo=htonl(0), inet_pton(AF_INET6, "::1",'
            " &sin6_addr), sin6_scope_id=0}, 28) = 0",
            (),
        ),
        (
            "7 connect(3, {sa_family=AF_INET6, sin6_port=htons(443), sin6_flowinfo=htonl(0), inet_pton(AF_INET6,"
            ' "2001:db8::1", &sin6_addr), sin6_scope_id=0}, 28) = -1 ENETUNREACH (Network is unreachable)',
            ("2001:db8::1 port 443",),
        ),
        (
            '7 connect(3, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("127.0.0.53")}, 16) = 0',
            ("127.0.0.53 port 53",),
        ),
        (
            '7 connect(3, {sa_family=AF_UNIX, sun_path="/run/systemd/resolve/io.systemd.Resolve"}, 42) = 0',
            ("/run/systemd/resolve/io.systemd.Resolve",),
        ),
        (
            '7 sendto(3, ""..., 9, 0, {sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("192.0.2.1")}, 16) = 9',
            ("192.0.2.1 port 9",),
        ),
        (
            "7 sendmsg(3, {msg_name={sa_family=AF_INET, sin_port=htons(9), sin_addr=inet_addr("
            '"192.0.2.1")}, msg_namelen=16, msg_iov=[{iov_base=""..., iov_len=2}], msg_iovlen=1}, 0) = 2',
            ("192.0.2.1 port 9",),
        ),
        ("7 socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)) = 3", ("AF_PACKET",)),
        ("7 socket(AF_INET, SOCK_DGRAM, IPPROTO_IP) = 3", ()),
        ("7 io_uring_setup(8, {flags=0}) = 4", ("io_uring",)),
    ],
)
def test_what_counts_as_outside(line: str, outside: tuple[str, ...]) -> None:
    assert spoken_to(line) == outside
