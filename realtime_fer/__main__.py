"""``python -m realtime_fer`` is ``realtime-fer``."""

from realtime_fer.app import main

raise SystemExit(main())
