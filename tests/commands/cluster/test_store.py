"""Results in object stores: fsspec's own in memory, and S3 by a server in this process, where that is installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from realtime_fer.commands.annotation.request import AnnotateRequest
from realtime_fer.commands.batch.request import BatchRequest
from realtime_fer.commands.batch.run import versions_of
from realtime_fer.commands.cluster.run import StoreLog
from realtime_fer.commands.cluster.store import Store
from realtime_fer.commands.cluster.task import Task, annotate_video
from realtime_fer.core.enums import DetectorName, Film
from realtime_fer.core.errors import SourceError
from realtime_fer.core.request import DEMO

OPTIONS = {"model": "fer-xs", "overlay": ("box", "label")}


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    server = pytest.importorskip("moto.server").ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    s3fs = pytest.importorskip("s3fs")
    s3fs.S3FileSystem.clear_instance_cache()
    name = f"archive-{port}"
    s3fs.S3FileSystem().mkdir(name)
    yield f"s3://{name}"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


@pytest.fixture(params=["s3", "memory", "folder"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "s3":
        return str(request.getfixturevalue("bucket"))
    return f"memory://{tmp_path.name}" if request.param == "memory" else str(tmp_path / "store")


@pytest.fixture(params=["s3", "memory"])
def far_address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(request.getfixturevalue("bucket")) if request.param == "s3" else f"memory://{tmp_path.name}"


def test_videos_are_listed_and_results_move_to_their_places_whole(address: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"12345")
    store = Store(f"{address}/in")
    for name in ("b.mp4", "inner/A.MKV", "notes.txt", ".hidden.mp4", ".trash/c.mp4"):
        store.put(file, name)
    assert [(video.name, video.size) for video in store.videos()] == [("b.mp4", 5), ("inner/A.MKV", 5)]
    store.move("b.mp4", "deep/er/b.mp4")
    assert store.size_of("b.mp4") is None
    assert (store.size_of("deep/er/b.mp4"), store.read("deep/er/b.mp4"), store.read("b.mp4")) == (5, b"12345", None)
    assert store.fetch("inner/A.MKV", tmp_path).read_bytes() == b"12345"
    store.remove("inner")
    assert [video.name for video in store.videos()] == ["deep/er/b.mp4"]


def test_what_is_finished_is_known_again_unless_source_options_or_results_changed(address: str, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"12345")
    store = Store(address)
    store.put(file, "a.mp4")
    (video,) = store.videos()
    assert StoreLog(store).finished(video, OPTIONS) is None
    now = [0.0]
    log = StoreLog(store, lambda: now[0])
    log.add(video, OPTIONS, {"b.csv": 5}, {"frames": 2, "problem": ""})
    assert store.read("annotate-log.jsonl") is None, "it is not written each time"
    now[0] = StoreLog.WRITE_EVERY_S
    log.add(video, OPTIONS, {"a.csv": 5}, {"frames": 3, "problem": ""})
    assert StoreLog(store).finished(video, OPTIONS) is None, "its result has not come"
    store.put(file, "a.csv")
    entry = StoreLog(store).finished(video, OPTIONS)
    assert entry is not None
    assert entry["frames"] == 3
    assert StoreLog(store).finished(video, OPTIONS | {"model": "fer-s"}) is None
    file.write_bytes(b"123456")
    store.put(file, "a.mp4")
    (changed,) = store.videos()
    assert StoreLog(store).finished(changed, OPTIONS) is None


def test_a_worker_fetches_a_video_and_brings_its_results(far_address: str, tmp_path: Path, demo_video: Path) -> None:
    store, out = Store(f"{far_address}/in"), Store(f"{far_address}/out")
    store.put(demo_video, "inner/a.mp4")
    video = AnnotateRequest(DEMO, film=Film.NONE, model="fer-xs", detector=DetectorName.HAAR)
    batch = BatchRequest(tmp_path, tmp_path, video, parquet=True)
    work = out.address_of("work")
    task = Task(store.address_of("inner/a.mp4"), "inner/a.mp4", "a", work, batch, versions_of(video))
    outcome = annotate_video(task)
    assert outcome["problem"] == ""
    assert set(outcome["files"]) == {"a.csv", "a.parquet"}
    assert all(out.size_of(f"work/{outcome['work']}/{name}") == size for name, size in outcome["files"].items())
    gone = annotate_video(Task(store.address_of("gone.mp4"), "gone.mp4", "gone", work, batch, versions_of(video)))
    assert "cannot be read" in gone["not_here"]


def test_an_address_of_no_known_kind_is_refused_and_a_password_is_not_shown() -> None:
    with pytest.raises(SourceError, match="cannot be opened"):
        Store("nonsense://bucket/folder")
    assert Store("memory://user:secret@bucket/folder?key=1").shown == "memory://bucket/folder"


@pytest.fixture
def demo_video(tmp_path: Path) -> Path:
    import cv2

    from realtime_fer.sources import DemoSource

    source = DemoSource(160, 120, 10, seconds=0.5, faces=1)
    source.open()
    path = tmp_path / "demo.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (160, 120))
    while (read := source.read()) is not None:
        writer.write(read.image_bgr)
    writer.release()
    return path
