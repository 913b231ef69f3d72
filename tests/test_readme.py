"""The figures of accuracy in README and docs/accuracy.md are those of the cards that ship."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest


def metrics(checkout: Path, model: str, split: str) -> dict[str, Any]:
    return dict(json.loads((checkout / "weights" / f"{model}.json").read_text(encoding="utf-8"))["metrics"][split])


@pytest.fixture(scope="module")
def accuracy(checkout: Path) -> str:
    return " ".join((checkout / "docs" / "accuracy.md").read_text(encoding="utf-8").split())


def test_figures_of_the_default(checkout: Path, accuracy: str) -> None:
    majority, photographs = (
        metrics(checkout, "fer-s", split) for split in ("PublicTest by FER+ majority", "validation")
    )
    assert f"**{majority['accuracy']:.1%}** of".replace("%", " %") in accuracy
    assert f"N {majority['n']}, ECE {majority['ece']:.3f}" in accuracy
    assert f"{photographs['accuracy']:.1%} of facial_expressions".replace("%", " %") in accuracy
    assert f"N {photographs['n']}, macro F1 {photographs['macro_f1']:.2f}" in accuracy
    for word, recall in re.findall(r"(\d+ %|none) \((\w+)", accuracy.partition("Recall by class")[2])[:2]:
        assert word == (f"{majority['recall'][recall]:.0%}".replace("%", " %") if word != "none" else "none")
    assert majority["recall"]["contempt"] == 0


def test_figures_of_the_seven_classes(checkout: Path, accuracy: str) -> None:
    seven = metrics(checkout, "fer-s-7", "PublicTest")
    assert f"**{seven['accuracy']:.1%}** of PublicTest, N {seven['n']}".replace("%", " %") in accuracy
    assert f"macro F1 {seven['macro_f1']:.2f}" in accuracy


def test_the_readme_names_the_default_s_figures(checkout: Path) -> None:
    readme = " ".join((checkout / "README.md").read_text(encoding="utf-8").split())
    majority = metrics(checkout, "fer-s", "PublicTest by FER+ majority")
    seven = metrics(checkout, "fer-s-7", "PublicTest")
    for figures in (majority, seven):
        assert f"**{figures['accuracy']:.1%}**".replace("%", " %") in readme
        assert f"(N {figures['n']})" in readme


def test_no_link_of_the_pages_leads_nowhere(checkout: Path) -> None:
    pages = [checkout / "README.md", checkout / "CONTRIBUTING.md", *sorted((checkout / "docs").rglob("*.md"))]
    broken = []
    for page in pages:
        for link in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            if "://" not in link and not (page.parent / link).exists():
                broken.append(f"{page.name}: {link}")
    assert broken == []


def test_every_file_that_the_pages_name_is_there(checkout: Path) -> None:
    gone = []
    for page in [checkout / "CONTEXT.md", checkout / "CONTRIBUTING.md", *sorted((checkout / "docs").rglob("*.md"))]:
        for name in re.findall(r"`([\w/]+/[\w]+\.(?:py|toml))`", page.read_text(encoding="utf-8")):
            places = [checkout / name, checkout / "realtime_fer" / name, checkout / "realtime_fer" / "vision" / name]
            if not any(place.is_file() for place in places):
                gone.append(f"{page.name}: {name}")
    assert gone == []
