"""The random numbers of a resumed run are those of one that was not stopped."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from train.fit.training_state import random_state, restore_random_state  # noqa: E402


def test_generators_go_on_where_they_stood() -> None:
    generator, device = torch.Generator().manual_seed(1), torch.device("cpu")
    state = random_state(generator, device)
    assert set(state) == {"generator", "torch_rng"}
    drawn = torch.rand(3, generator=generator), torch.rand(3)
    restore_random_state(state, generator, device)
    assert torch.equal(torch.rand(3, generator=generator), drawn[0])
    assert torch.equal(torch.rand(3), drawn[1])


def test_the_gpus_own_generator_is_kept_too(monkeypatch: pytest.MonkeyPatch) -> None:
    # No GPU is asked here: that its state is kept and handed back is what is looked at.
    of_gpu, device = torch.arange(16, dtype=torch.uint8), torch.device("cuda", 0)
    asked: list[object] = []
    monkeypatch.setattr(torch.cuda, "get_rng_state", lambda which: of_gpu if which == device else None)
    monkeypatch.setattr(torch.cuda, "set_rng_state", lambda state, which: asked.append((state.tolist(), which)))
    generator = torch.Generator().manual_seed(1)
    state = random_state(generator, device)
    restore_random_state(state, generator, device)
    assert asked == [(of_gpu.tolist(), device)]
    restore_random_state({key: state[key] for key in ("generator", "torch_rng")}, generator, device)
    assert len(asked) == 1
