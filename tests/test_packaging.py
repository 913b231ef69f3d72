"""What is installed is what is there: packages, data files, versions."""

from __future__ import annotations

import configparser
import re
from importlib import resources
from pathlib import Path

import pytest

import realtime_fer
from realtime_fer.core.cards.model_spec import read_model_spec
from realtime_fer.vision.registry import weights_folder


@pytest.fixture(scope="module")
def config(checkout: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.read(checkout / "setup.cfg", encoding="utf-8")
    return parser


def listed(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip() and not line.strip().startswith("#")]


def test_every_package_of_the_program_is_listed_and_nothing_else(
    config: configparser.ConfigParser, checkout: Path
) -> None:
    folders = {path.parent for path in (checkout / "realtime_fer").rglob("*.py")}
    there = {".".join(folder.relative_to(checkout).parts) for folder in folders} | {"realtime_fer.weights"}
    assert set(listed(config["options"]["packages"])) == there


def test_every_package_has_an_init_file(config: configparser.ConfigParser, checkout: Path) -> None:
    folders = [checkout.joinpath(*name.split(".")) for name in listed(config["options"]["packages"])]
    folders = [checkout / "weights" if folder.name == "weights" else folder for folder in folders]
    assert [folder for folder in folders if not (folder / "__init__.py").is_file()] == []


def test_every_dependency_has_a_bound_and_a_reason(config: configparser.ConfigParser, checkout: Path) -> None:
    reasons = (checkout / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    required = listed(config["options"]["install_requires"])
    for group in ("mediapipe", "web", "lsl", "train", "test"):
        required += listed(config["options.extras_require"][group])
    names = [re.split(r"[<>=!~ ;\[]", line)[0] for line in required]
    assert [name for name in names if f"`{name.lower()}`" not in reasons] == []
    assert [line for line in listed(config["options"]["install_requires"]) if "<" not in line] == []


def test_one_opencv_wheel_only(config: configparser.ConfigParser) -> None:
    required = listed(config["options"]["install_requires"])
    assert [line.split(">")[0] for line in required if line.startswith("opencv")] == ["opencv-python-headless"]


def test_the_shipped_models_and_pictures_are_found() -> None:
    assert list(weights_folder().glob("*.json")), "no model card"
    assert all(read_model_spec(card).path.is_file() for card in weights_folder().glob("*.json"))
    assets = [entry.name for entry in resources.files("realtime_fer.assets").iterdir()]
    assert any(name.endswith((".jpg", ".png")) for name in assets)


def test_the_newest_entry_of_the_changelog_is_this_version(checkout: Path) -> None:
    changelog = (checkout / "CHANGELOG.md").read_text(encoding="utf-8")
    entry = re.search(r"^## (\S+)", changelog, re.MULTILINE)
    assert entry is not None
    assert entry[1] == realtime_fer.__version__


def test_the_reports_templates_are_installed(config: configparser.ConfigParser) -> None:
    assert listed(config["options.package_data"]["realtime_fer.report"]) == ["templates/*"]
    templates = [entry.name for entry in (resources.files("realtime_fer.report") / "templates").iterdir()]
    assert "report.html" in templates
    assert "style.css" in templates
