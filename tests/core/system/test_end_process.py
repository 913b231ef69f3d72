from __future__ import annotations

import subprocess
import sys

PROGRAM = """
import sys, threading
from realtime_fer.core.system.termination import end_process

class Widget:
    def __del__(self):
        print("taken apart", flush=True)

widget, may_end = Widget(), threading.Event()
widget.itself = widget
threading.Thread(target=lambda: (may_end.wait(), sys.stdout.write("saved\\n"))).start()
threading.Thread(target=threading.Event().wait, daemon=True).start()
threading.Timer(0.05, may_end.set).start()
end_process(7)
"""


def test_it_ends_with_its_code_once_threads_have_finished_and_takes_nothing_apart() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (7, "saved\n", "")
