"""A worker's models: each is loaded once, and lent to one video after the other."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from realtime_fer import assembly
from realtime_fer.commands.annotation.building import MakeClassifier
from realtime_fer.core.cards.model_spec import ModelSpec
from realtime_fer.core.protocols import ExpressionClassifier

Float32 = npt.NDArray[np.float32]


class KeptModels:
    """May be called from any thread: tasks of one worker that run at the same time get a classifier each."""

    def __init__(self, load: MakeClassifier = assembly.build_classifier) -> None:
        self._load = load
        self._lock = threading.Lock()
        self._free: defaultdict[tuple[str, int], list[ExpressionClassifier]] = defaultdict(list)

    def lend(self, model: str, threads: int) -> ExpressionClassifier:
        """A classifier that nobody else has; its ``close`` gives it back.

        Raises:
            ModelError: there is no such model, or it cannot be used.
        """
        free = self._free[model, threads]
        with self._lock:
            kept = free.pop() if free else None
        return _Lent(kept or self._load(model, threads), lambda classifier: self._give_back(free, classifier))

    def _give_back(self, free: list[ExpressionClassifier], classifier: ExpressionClassifier) -> None:
        with self._lock:
            free.append(classifier)


class _Lent:
    """One that raised an error is closed in place of given back."""

    def __init__(self, classifier: ExpressionClassifier, give_back: Callable[[ExpressionClassifier], None]) -> None:
        self._classifier, self._give_back = classifier, give_back
        self._is_lent, self._is_sound = True, True

    @property
    def spec(self) -> ModelSpec:
        return self._classifier.spec

    @property
    def warning(self) -> str:
        return str(getattr(self._classifier, "warning", ""))

    def predict(self, inputs: Float32) -> Float32:
        try:
            return self._classifier.predict(inputs)
        except Exception:
            self._is_sound = False
            raise

    def close(self) -> None:
        if self._is_lent:
            self._is_lent = False
            if self._is_sound:
                self._give_back(self._classifier)
            else:
                self._classifier.close()
