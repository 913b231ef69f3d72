"""Each promise of docs/faults.md names a test that is there."""

from __future__ import annotations

import re
from pathlib import Path


def test_every_promise_has_its_test(checkout: Path) -> None:
    page = (checkout / "docs" / "faults.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)
    assert len(named) >= 80
    missing = [
        f"{path}::{name}"
        for path, name in named
        if not re.search(rf"^def {name}\(", (checkout / path).read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert missing == []
