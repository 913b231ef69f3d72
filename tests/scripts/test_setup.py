from __future__ import annotations

import importlib
import re
from pathlib import Path


def test_what_the_set_up_imports_is_there(checkout: Path) -> None:
    """A module that moves must not break the first command a person types."""
    script = (checkout / "scripts" / "setup.sh").read_text(encoding="utf-8")
    imports = re.findall(r"^from (realtime_fer[\w.]*) import (\w+)$", script, re.MULTILINE)
    assert imports
    for module, name in imports:
        found = importlib.import_module(module)
        assert hasattr(found, name) or importlib.import_module(f"{module}.{name}")
