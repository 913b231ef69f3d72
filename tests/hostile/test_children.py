"""Modules that lie in the current folder: none is run, neither by the program nor by the processes it starts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from realtime_fer.core.settings import Settings
from realtime_fer.core.system.children import child_environment, python_command, safe_spawning
from realtime_fer.runtime.analyses.child import AnalysisChild, AnalysisEnd
from realtime_fer.runtime.analyses.request import AnalysisRequest
from realtime_fer.vision import network_files
from realtime_fer.vision.classifiers import probe as probing
from realtime_fer.vision.classifiers.probe import probe
from realtime_fer.vision.registry import ModelRegistry

#: Of the program, of its libraries, and of what Python itself loads when it starts a child.
PLANTED = (
    "numpy", "json", "pip", "cv2", "random", "pickle", "socket", "logging", "tempfile", "argparse", "multiprocessing",
    "ai_edge_litert", "http", "platformdirs", "realtime_fer",
)  # fmt: skip


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, full of modules that write their names into ``marks`` and fail."""
    folder = tmp_path / "downloads"
    folder.mkdir()
    for name in PLANTED:
        (folder / f"{name}.py").write_text(
            f"open({str(tmp_path / 'marks')!r}, 'a').write('{name} ')\nraise SystemExit(66)\n"
        )
    monkeypatch.chdir(folder)
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    return folder


def marks(planted: Path) -> str:
    file = planted.parent / "marks"
    return file.read_text() if file.exists() else ""


def test_the_modules_would_be_run_without_care(planted: Path) -> None:
    """So the tests below can fail."""
    subprocess.run([sys.executable, "-c", "import numpy"], check=False, capture_output=True)
    assert marks(planted) == "numpy "


def test_the_probe_runs_none(planted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probing, "_proven", set())
    spec = ModelRegistry().spec("cnn3")
    probe(spec, spec.path.read_bytes())
    assert probing._proven
    assert marks(planted) == ""


@pytest.mark.parametrize("entry", ["", ".", "downloads", os.pathsep])
def test_the_probe_runs_none_where_pythonpath_means_the_current_folder(
    planted: Path, monkeypatch: pytest.MonkeyPatch, entry: str
) -> None:
    monkeypatch.setenv("PYTHONPATH", entry)
    monkeypatch.setattr(probing, "_proven", set())
    spec = ModelRegistry().spec("cnn3")
    probe(spec, spec.path.read_bytes())
    assert marks(planted) == ""


def test_pip_is_the_installed_one(planted: Path) -> None:
    status, _ = network_files._run(python_command("-m", "pip", "--version"))
    assert marks(planted) == ""
    assert status in (0, 1), "the environment has pip or none"


def test_the_fetching_of_detectors_names_pip_so(planted: Path) -> None:
    asked: list[list[str]] = []

    def run(command: list[str]) -> tuple[int, str]:
        asked.append(list(command))
        return 1, "no network"

    with pytest.raises(Exception, match="could not be fetched"):
        network_files._download(planted, run)  # type: ignore[arg-type]
    assert asked[0][:4] == [sys.executable, "-P", "-m", "pip"]


def started(kind: str, checkout: Path) -> tuple[list[str], dict[str, str]]:
    """How a person starts the program from any folder, and with what environment."""
    if kind == "main.py":
        return [sys.executable, str(checkout / "main.py")], {}
    # As installed: the package is found by the environment.
    return [sys.executable, "-m", "realtime_fer"], {"PYTHONPATH": str(checkout)}


# Not json and others that "python -m" itself may load before any line of the program is run.
LATER = ("numpy", "cv2", "argparse", "platformdirs", "ai_edge_litert", "multiprocessing", "pickle", "socket")


@pytest.mark.parametrize("kind", ["main.py", "-m"])
def test_a_batch_and_its_workers_run_none(planted: Path, checkout: Path, tmp_path: Path, kind: str) -> None:
    (planted / "realtime_fer.py").unlink()
    if kind == "-m":
        for name in set(PLANTED) - set(LATER) - {"realtime_fer"}:
            (planted / f"{name}.py").unlink()
    command, changes = started(kind, checkout)
    pictures = tmp_path / "videos"
    pictures.mkdir()
    demo = [*command, "annotate", "demo", "-o", str(pictures / "a.mp4"), "--seconds", "0.2", "--detector", "haar"]
    environment = {**os.environ, **changes}
    assert subprocess.run(demo, env=environment, capture_output=True, text=True, timeout=120).returncode == 0
    out = tmp_path / "out"
    batch = [*command, "annotate", str(pictures), "-o", str(out), "--detector", "haar", "--model", "fer-xs"]
    done = subprocess.run(batch, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, marks(planted)) == (0, ""), done.stderr
    assert [path.suffix for path in out.iterdir() if path.suffix == ".mp4"] == [".mp4"]


@pytest.mark.parametrize("careful", [True, False])
def test_a_spawned_process_runs_none_even_before_its_own_code(
    planted: Path, checkout: Path, tmp_path: Path, careful: bool
) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import contextlib, multiprocessing, operator, sys\n"
        f"sys.path.append({str(checkout)!r})\n"
        "from realtime_fer.core.system.children import safe_spawning\n"
        "if __name__ == '__main__':\n"
        "    process = multiprocessing.get_context('spawn').Process(target=operator.add, args=(1, 2))\n"
        f"    with safe_spawning() if {careful} else contextlib.nullcontext():\n"
        "        process.start()\n"
        "    process.join()\n"
    )
    done = subprocess.run([sys.executable, str(program)], capture_output=True, text=True, timeout=60, check=False)
    # Without care the test sees it, so it can fail.
    assert (marks(planted) == "") == careful, done.stderr


def test_a_child_finds_the_package_where_its_parent_found_it(tmp_path: Path, checkout: Path) -> None:
    """And nothing of what lies beside the package."""
    copy = tmp_path / "copy"
    shutil.copytree(checkout / "realtime_fer", copy / "realtime_fer", ignore=shutil.ignore_patterns("__pycache__"))
    told = "import numpy, sys, realtime_fer\nprint(realtime_fer.__file__, *sys.argv[1:])\n"
    (copy / "realtime_fer" / "told.py").write_text(told)
    (copy / "numpy.py").write_text("raise SystemExit(66)\n")
    code = (
        f"import subprocess, sys; sys.path.insert(0, {str(copy)!r})\n"
        "from realtime_fer.core.system.children import child_environment, own_module_command\n"
        "subprocess.run(own_module_command('realtime_fer.told', 'a', 'b'), env=child_environment(), check=True)"
    )
    done = subprocess.run([sys.executable, "-P", "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.split() == [str(copy / "realtime_fer" / "__init__.py"), "a", "b"], done.stderr


def test_the_environment_is_as_before_after_a_process_was_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", "here", "/there"]))
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    before = dict(os.environ)
    with safe_spawning():
        assert os.environ["PYTHONSAFEPATH"] == "1"
        assert os.environ["PYTHONPATH"] == "/there"
    assert dict(os.environ) == before
    assert child_environment()["PYTHONPATH"] == "/there"


def test_every_python_is_started_through_the_one_place(checkout: Path) -> None:
    """Whoever starts another Python asks ``core.system.children``, so that this file holds for what comes later too."""
    sources = [path for room in ("realtime_fer", "scripts") for path in (checkout / room).rglob("*.py")]
    starting = [path for path in sources if "sys.executable" in path.read_text(encoding="utf-8")]
    starts = {path.name for path in starting if "[sys.executable" in path.read_text(encoding="utf-8")}
    assert starts == {"children.py"}
    spawning = [path for path in sources if 'get_context("spawn")' in path.read_text(encoding="utf-8")]
    assert spawning
    assert all("safe_spawning()" in path.read_text(encoding="utf-8") for path in spawning)


def test_an_analysis_runs_none(planted: Path) -> None:
    ends: list[AnalysisEnd] = []
    request = AnalysisRequest(planted / "none.mp4", planted / "recordings", Settings())
    child = AnalysisChild(request, lambda _: None, ends.append)
    child.start()
    assert child.join(60)
    assert marks(planted) == ""
    assert "none.mp4" in ends[0].sentence
