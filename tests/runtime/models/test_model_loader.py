import threading

from realtime_fer.core.errors import ModelError
from realtime_fer.runtime.models.model_loader import ModelLoader
from tests.fakes import FakeClassifier


def test_a_thing_is_handed_over_whole_or_refused_with_a_sentence() -> None:
    results: list[tuple[str, object]] = []
    done = threading.Semaphore(0)

    def make(name: str) -> FakeClassifier:
        if name == "broken":
            raise ModelError("It is broken.", "Mend it.")
        if name == "odd":
            raise ZeroDivisionError("odd")
        return FakeClassifier()

    def ready(name: str, thing: FakeClassifier) -> None:
        results.append((name, thing))
        done.release()

    def refused(name: str, sentence: str) -> None:
        results.append((name, sentence))
        done.release()

    loader = ModelLoader("model", make, ready, refused)
    loader.start()
    for name in ("good", "broken", "odd"):
        loader.request(name)
        assert done.acquire(timeout=10)
    loader.request_stop()
    assert loader.join(10)
    assert isinstance(results[0][1], FakeClassifier)
    assert results[1] == ("broken", "It is broken. Mend it.")
    assert "ZeroDivisionError" in str(results[2][1])


def test_an_overtaken_load_is_closed_and_dropped() -> None:
    made: dict[str, FakeClassifier] = {}
    begun, go_on = threading.Event(), threading.Event()
    arrived: list[str] = []
    done = threading.Event()

    def make(name: str) -> FakeClassifier:
        made[name] = FakeClassifier()
        if name == "slow":
            begun.set()
            assert go_on.wait(10)
        return made[name]

    def ready(name: str, thing: FakeClassifier) -> None:
        arrived.append(name)
        done.set()

    loader = ModelLoader("model", make, ready, lambda name, sentence: None)
    loader.start()
    loader.request("slow")
    assert begun.wait(10)
    loader.request("never")
    loader.request("last")
    go_on.set()
    assert done.wait(10)
    loader.request_stop()
    assert loader.join(10)
    assert arrived == ["last"]
    assert made["slow"].closed
    assert "never" not in made
    assert loader.superseded == 2


def test_stopping_while_it_loads_closes_what_comes() -> None:
    begun, go_on = threading.Event(), threading.Event()
    thing = FakeClassifier()

    def make(name: str) -> FakeClassifier:
        begun.set()
        assert go_on.wait(10)
        return thing

    loader = ModelLoader("model", make, lambda *_: None, lambda *_: None)
    loader.start()
    loader.request("slow")
    assert begun.wait(10)
    loader.request_stop()
    go_on.set()
    assert loader.join(10)
    assert thing.closed
