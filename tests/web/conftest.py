"""A server of fakes: no network runs, and every picture has one happy face."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import cv2
import numpy as np
import pytest

from tests.fakes import FakeClassifier, FakeDetector, make_faces, make_spec

TOKEN = "a-token-that-nobody-guesses"


def encoded(width: int = 64, height: int = 48, suffix: str = ".png") -> bytes:
    """A grey picture with noise, as a file."""
    image = np.random.default_rng(1).integers(60, 200, (height, width, 3), np.uint8)
    done, content = cv2.imencode(suffix, image)
    assert done
    return bytes(content)


def make_detector(name: str) -> FakeDetector:
    return FakeDetector(name, make_faces((10, 8, 40, 38)))


def make_classifier(name: str) -> FakeClassifier:
    return FakeClassifier(make_spec(name))


@pytest.fixture
def make_service() -> Iterator[Callable[..., Any]]:
    """Makes services, and closes them."""
    pytest.importorskip("flask", reason="the extra 'web' is not installed")
    from realtime_fer.web.service import Service

    made = []

    def make(**changes: Any) -> Service:
        given = {
            "workers": 1,
            "detectors": ("mediapipe", "haar"),
            "make_detector": make_detector,
            "make_classifier": make_classifier,
            **changes,
        }
        made.append(Service(**given))
        return made[-1]

    yield make
    for service in made:
        service.close()


@pytest.fixture
def make_client(make_service: Callable[..., Any]) -> Callable[..., Any]:
    """Makes test clients of Flask: ``access`` and ``limits``, and what ``Service`` takes."""
    from realtime_fer.web.access import Access
    from realtime_fer.web.app import make_app

    def make(access: Access | None = None, **changes: Any) -> Any:
        service = make_service(**changes)
        app = make_app(service, access or Access())
        app.testing = False
        client = app.test_client()
        client.service = service
        return client

    return make


@pytest.fixture
def client(make_client: Callable[..., Any]) -> Any:
    return make_client()
