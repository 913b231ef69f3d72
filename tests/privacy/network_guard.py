"""Runs a program under strace and tells whom it wanted to speak to outside this computer.

    python tests/privacy/network_guard.py .venv/bin/python main.py annotate demo -o /tmp/demo.mp4

All threads and child processes are watched. Exit codes: 0 nobody, 1 somebody (each once, a line), 2 the program itself
failed or strace is missing.
"""

from __future__ import annotations

import ipaddress
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

# Only the system calls that are asked for stop the program. What it sends is not kept, whom it sends it to is.
STRACE = ("strace", "-f", "--seccomp-bpf", "-qq", "-v", "-s", "0", "-e", "signal=none")
TRACED = "trace=%network,io_uring_setup"

_SPEAKING = re.compile(r"\b(connect|sendto|sendmsg|sendmmsg)\(")
_INTERNET = re.compile(
    r"sa_family=(?P<family>AF_INET6?), sin6?_port=htons\((?P<port>\d+)\)"
    r'.*?(?:inet_addr\("|inet_pton\(AF_INET6, ")(?P<host>[^"]+)"'
)
_FAMILY = re.compile(r"\b(?:sa_family=|socket\()((?:AF|PF)_\w+)")
# Programs of this computer that ask the network for a name on behalf of others.
_ASKS_FOR_NAMES = re.compile(r'sun_path="(/(?:var/)?run/(?:systemd/resolve|avahi-daemon)/[^"]*)"')

_NAMES_PORT = 53
_STAYS_HERE = {"AF_UNIX", "AF_LOCAL", "AF_NETLINK", "AF_UNSPEC"}


@dataclass(frozen=True)
class Watched:
    """What a program did.

    Attributes:
        outside: whom it wanted to speak to, each once, in order.
        code, said: its exit code, and its output and errors together.
    """

    outside: tuple[str, ...]
    code: int
    said: str


def spoken_to(trace: str) -> tuple[str, ...]:
    """Whom the lines of a trace speak to outside this computer; a look-up of a name counts, wherever it is asked."""
    found: dict[str, None] = {}
    for line in trace.splitlines():
        if "io_uring_setup(" in line:
            # What goes through such a ring passes no system call that could be seen.
            found["io_uring"] = None
        elif _SPEAKING.search(line):
            for match in _INTERNET.finditer(line):
                port = int(match["port"])
                if port == _NAMES_PORT or not _is_here(match["host"]):
                    found[f"{match['host']} port {port}"] = None
            for path in _ASKS_FOR_NAMES.findall(line):
                found[path] = None
        for family in _FAMILY.findall(line):
            if family not in _STAYS_HERE and not family.startswith("AF_INET"):
                found[family] = None
    return tuple(found)


def _is_here(host: str) -> bool:
    address = ipaddress.ip_address(host)
    mapped = getattr(address, "ipv4_mapped", None)
    # To send to "any" address is to send to oneself.
    return (mapped or address).is_loopback or address.is_unspecified


def watch(command: Sequence[str], environment: Mapping[str, str] | None = None, timeout_s: float = 120.0) -> Watched:
    """Runs ``command`` to its end.

    Raises:
        RuntimeError: strace is missing, or may not watch here.
    """
    if shutil.which("strace") is None:
        raise RuntimeError("strace is missing; 'sh scripts/setup.sh test' installs it.")
    with tempfile.TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        done = subprocess.run(
            [*STRACE, "-e", TRACED, "-o", str(trace), *command],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=timeout_s,
            check=False,
        )
        if not trace.exists() or "PTRACE" in done.stdout:
            raise RuntimeError(f"strace may not watch here: {done.stdout.strip()}")
        return Watched(spoken_to(trace.read_text(encoding="utf-8", errors="replace")), done.returncode, done.stdout)


def main(command: Sequence[str]) -> int:
    try:
        watched = watch(command, timeout_s=24 * 3600)
    except RuntimeError as error:
        print(error, file=sys.stderr)
        return 2
    print(watched.said, end="")
    for whom in watched.outside:
        print(f"OUTSIDE: {whom}")
    print("It spoke to nobody outside this computer." if not watched.outside else "It wanted to leave this computer.")
    return 1 if watched.outside else 2 if watched.code else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
