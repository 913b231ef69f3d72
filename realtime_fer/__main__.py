"""``python -m realtime_fer`` is ``realtime-fer``."""

import os
import sys

# Python has put the current folder first. Where the package lies elsewhere, no module of that folder is meant.
_ROOT = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
if not sys.flags.safe_path and sys.path and os.path.realpath(sys.path[0]) == os.path.realpath(os.curdir) != _ROOT:
    del sys.path[0]

from realtime_fer.cli import main  # noqa: E402

raise SystemExit(main())
