"""The program with a small demo, whose pictures take a fifth of the time: for tests of processes, signals and files.

python tests/small_demo.py annotate demo -o demo.mp4
"""

from __future__ import annotations

import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
sys.path[0] = str(CHECKOUT)

from realtime_fer.cli import main  # noqa: E402
from realtime_fer.sources import DemoSource  # noqa: E402

#: Width, height and rate: the demo's faces are still found.
SMALL = (320, 180, 30.0)

DemoSource.__init__.__defaults__ = SMALL  # type: ignore[misc]

if __name__ == "__main__":
    raise SystemExit(main())
