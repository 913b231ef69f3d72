#!/bin/sh
# Sets up all that the Makefile's targets need, and does nothing where all is there.
#   setup.sh run    virtual environment, packages, system libraries, the face detector's files
#   setup.sh demo   the same, but goes on where libraries of the window are missing
#   setup.sh test   as demo, and the test tools
# POSIX sh: this is the first thing to run on a bare machine.
set -eu
cd "$(dirname "$0")/.."

purpose=${1:-run}
venv=.venv
log=$(mktemp)
trap 'rm -f "$log"' EXIT
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 DEBIAN_FRONTEND=noninteractive

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 2; }

# --- system packages -------------------------------------------------------------------------------------------------

may_install() { command -v apt-get >/dev/null 2>&1 && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }

lists_are_new=no
refresh_lists() {
    [ "$lists_are_new" = no ] || return 0
    as_root apt-get update -qq >"$log" 2>&1 || { cat "$log" >&2; return 1; }
    lists_are_new=yes
}

# The first of the names parted by '|' that this distribution has.
known_name() {
    for name in $(printf '%s' "$1" | tr '|' ' '); do
        if apt-cache policy "$name" 2>/dev/null | grep -q 'Candidate: [0-9]'; then printf '%s' "$name"; return; fi
    done
    printf '%s' "${1##*|}"
}

# install_system WHAT_FOR PACKAGE...: 0 when they were installed; else says the one command to run and returns 1.
install_system() {
    what=$1; shift
    names=
    if may_install && refresh_lists; then
        for entry in "$@"; do names="$names $(known_name "$entry")"; done
        say "Installing $what:$names"
        # shellcheck disable=SC2086
        if as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $names >"$log" 2>&1
        then return 0; fi
        tail -n 5 "$log" >&2
    fi
    names=
    for entry in "$@"; do names="$names $(known_name "$entry")"; done
    if command -v apt-get >/dev/null 2>&1; then
        say "Missing: $what. Run: sudo apt-get update && sudo apt-get install -y --no-install-recommends$names" >&2
    else
        say "Missing: $what. Install what your system calls$names." >&2
    fi
    return 1
}

# --- Python ----------------------------------------------------------------------------------------------------------

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, '"$2"'))' >/dev/null 2>&1; }

# Versions whose wheels are known to be there come first; a newer python3 is better than none.
find_python() {
    for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11; do
        if fits "$name" 13; then python=$name; return 0; fi
    done
    if fits python3 99; then python=python3; return 0; fi
    return 1
}

make_venv() {
    if ! find_python; then
        if ! command -v python3 >/dev/null 2>&1 && install_system "Python" python3 python3-venv; then :; fi
        find_python || fail "Realtime FER needs Python 3.11, 3.12 or 3.13; found $(python3 --version 2>/dev/null ||
            echo none). Install one of them with its venv package, then run make again (make PYTHON=/path/to/python3.12 ...)."
    fi
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    if ! "$python" -c 'import venv, ensurepip' >/dev/null 2>&1; then
        install_system "Python's venv" "python$version-venv" || exit 2
    fi
    say "Making a virtual environment with Python $version ..."
    rm -rf "$venv"
    "$python" -m venv "$venv" >"$log" 2>&1 || { cat "$log" >&2; fail "The virtual environment could not be made."; }
}

if [ "$(uname -s)" = Linux ] && [ "$(uname -m)" != x86_64 ] && [ "$(uname -m)" != aarch64 ]; then
    fail "LiteRT has no packages for $(uname -m); Realtime FER needs x86_64 or aarch64."
fi
"$venv/bin/python" -m pip --version >/dev/null 2>&1 || make_venv

# --- packages: again only when what they are decided by has changed, or the folder was moved -------------------------

case $purpose in
    test) wanted='.[test]'; stamps="ready-run ready-test" ;;
    *) wanted=.; stamps=ready-run ;;
esac
# uv resolves and unpacks in about a seventh of pip's processor time, and fetches several packages at once. It does not
# read pip's settings, so where these name an index of their own, or uv cannot do it, pip installs.
install_packages() {
    if ! "$venv/bin/python" -m pip config list 2>/dev/null | grep -q '[.]index-url='; then
        if "$venv/bin/python" -m pip install --quiet 'uv>=0.5' >"$log" 2>&1 &&
            "$venv/bin/uv" pip install --quiet --python "$venv/bin/python" --editable "$wanted" >"$log" 2>&1
        then return 0; fi
    fi
    "$venv/bin/python" -m pip install --quiet --editable "$wanted" >"$log" 2>&1
}

state="$(pwd) $(cat setup.cfg pyproject.toml | cksum) $("$venv/bin/python" -c 'import sys; print(sys.version)')"
if [ "$(cat "$venv/${stamps##* }" 2>/dev/null)" != "$state" ]; then
    say "Installing Python packages (the first time this takes a few minutes) ..."
    for stamp in $stamps; do rm -f "$venv/$stamp"; done
    install_packages || {
        grep -v '^WARNING' "$log" | tail -n 15 >&2
        fail "The Python packages could not be installed; the lines above say why."
    }
    for stamp in $stamps; do printf '%s\n' "$state" >"$venv/$stamp"; done
fi

# --- system libraries ------------------------------------------------------------------------------------------------

if [ "$(uname -s)" = Linux ]; then
    system=$("$venv/bin/python" scripts/system_libraries.py) || true
    needed=$system
    # Sound is recorded through PortAudio; without it the program says so.
    "$venv/bin/python" -c 'import sounddevice' >/dev/null 2>&1 || system="$system libportaudio2"
    # A window without any font shows boxes for letters.
    fonts=$(find /usr/share/fonts /usr/local/share/fonts "${HOME:-/}/.fonts" "${HOME:-/}/.local/share/fonts" \
        \( -name '*.ttf' -o -name '*.otf' -o -name '*.ttc' \) 2>/dev/null | head -n 1)
    [ -n "$fonts" ] || system="$system fonts-dejavu-core"
    if [ "$purpose" = test ]; then
        command -v Xvfb >/dev/null 2>&1 || system="$system xvfb"
        command -v xdotool >/dev/null 2>&1 || system="$system xdotool"
        command -v strace >/dev/null 2>&1 || system="$system strace"
    fi
    # shellcheck disable=SC2086
    if [ -n "$(printf '%s' "$system" | tr -d ' \n')" ]; then
        # shellcheck disable=SC2086
        install_system "system libraries and tools" $system || [ "$purpose" != run ] || [ -z "$needed" ] || exit 2
    fi
fi

# --- the face detector's files: without them the program runs on Haar and says so ------------------------------------

"$venv/bin/python" - <<'PYTHON' || true
import sys

from realtime_fer.core.errors import DetectorError
from realtime_fer.vision import network_files

try:
    network_files.fetch(report=lambda line: print(line, flush=True) if line.endswith("...") else None)
except DetectorError as error:
    print(f"{error.sentence()} Until then the Haar cascade finds the faces.", file=sys.stderr)
PYTHON
