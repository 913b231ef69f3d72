"""Resting faces: tells a person whose relaxed face looks sad to a network from one who looks sad.

For some seconds a person keeps a relaxed face. The mean m of the logarithms of the probabilities in that time, with the
network's prior taken back, is what the network makes of this face at rest. An offset to the logarithms of later
probabilities p, their prior taken back likewise, corrects them,

    p'(c) = p(c) exp(o(c)) / sum,    o(c) = log t(c) - m(c),

which is the change of priors of Saerens et al., "Adjusting the outputs of a classifier to new a priori
probabilities", 2002, with the target t, what a network should say of a face at rest, in the place of the new priors:
the rest itself becomes t. Two limits keep the correction from inventing expressions. No offset exceeds
``LARGEST_OFFSET``; and it only ever raises neutral and lowers the others, so that an expression can lose but never
appear.

A face that is not at rest is refused and changes nothing. A smile, or raised brows with an open mouth, takes muscles at
work: a mean probability of ``CLEARLY_SHOWN`` is too much. Networks do read the other expressions into relaxed faces, so
those are refused only where even the largest offsets would not name the rest neutral.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from realtime_fer.core.doubts import DOUBTS
from realtime_fer.core.expressions import expression_named
from realtime_fer.core.face_features.resting_face import RestingFace
from realtime_fer.core.faces import Faces
from realtime_fer.core.frame import LearningState, RestingFaceLearning
from realtime_fer.core.text.translation import Wording, join_sentences

Float32 = npt.NDArray[np.float32]

#: (n, C) probabilities of a model -> (n, C) with its prior taken back.
Adjust = Callable[[Float32], Float32]

NEUTRAL = "neutral"

#: Seconds of frames that learning takes, and seconds in which the person's face must be seen well.
LEARNING_S = 3.0
_SEEN_S = 1.5

#: What a network should say of a resting face: so much neutral, and equal parts of the others.
NEUTRAL_AT_REST = 0.7

#: The odds of a class change by a factor of 6 at most.
LARGEST_OFFSET = math.log(6.0)

#: From this mean probability on, the expressions below show muscles at work.
CLEARLY_SHOWN = 0.6
_AT_WORK = ("happy", "surprise")

_LEAST_PROBABILITY = 1e-4
_FORGET_S = 2.0

#: A longer step between two frames is a gap (a pause, a lost camera): nobody was seen in it, and its seconds do not
#: count.
_LONGEST_STEP_S = 0.5


@dataclass
class _Watched:
    total: npt.NDArray[np.float64]
    shown: npt.NDArray[np.float64]
    frames: int = 0
    seen_s: float = 0.0
    doubts: Counter[int] = field(default_factory=Counter)


@dataclass
class _Run:
    wanted: frozenset[int] | None
    began_s: float
    last_s: float
    watched: dict[int, _Watched] = field(default_factory=dict)


class RestingFaces:
    """Learns and keeps each identity's resting face. Called only from the thread that runs the pipeline."""

    def __init__(self) -> None:
        self._offsets: dict[int, Float32] = {}
        self._rests: dict[int, tuple[npt.NDArray[np.float64], tuple[str, ...]]] = {}
        self._adjust: Adjust = _unchanged
        self._seen_s: dict[int, float] = {}
        self._waiting: frozenset[int] | None = None
        self._asked = False
        self._run: _Run | None = None
        self._kept: RestingFace | None = None
        self._kept_by: set[int] = set()
        self._kept_told: str | None = None

    def use(self, face: RestingFace) -> None:
        """Takes a resting face from a file for whoever is alone in view, from the next frame on."""
        self._kept, self._kept_told = face, None
        self._kept_by.clear()

    def drop_kept(self) -> None:
        """Other people may be in view: the one from a file counts no more. Who has it keeps it while in view."""
        self._kept = None
        self._kept_by.clear()

    def rest_of(self, identity: int) -> tuple[tuple[float, ...], tuple[str, ...]] | None:
        """The mean logarithms at rest, with their classes; None where they are not known."""
        rest = self._rests.get(identity)
        return None if rest is None else (tuple(rest[0].tolist()), rest[1])

    @property
    def is_learning(self) -> bool:
        """Whether the next ``watch`` needs doubts."""
        return self._asked or self._run is not None

    def learn(self, identities: Collection[int] | None = None) -> None:
        """Starts over with the next frame, for these identities or for all in view. Known ones stay until then."""
        self._asked, self._waiting, self._run = True, None if identities is None else frozenset(identities), None

    def forget(self, identities: Collection[int] | None = None) -> None:
        """Forgets the resting faces of these identities, or of all, and stops learning."""
        self._asked, self._run = False, None
        if identities is None or self._kept_by.intersection(identities):
            self.drop_kept()
        for identity in list(self._offsets) if identities is None else identities:
            self._offsets.pop(identity, None)
            self._rests.pop(identity, None)

    def set_adjustment(self, adjust: Adjust) -> None:
        """How probabilities are changed before they are corrected. What was learnt stays and is adjusted too."""
        self._adjust = adjust
        for identity, (mean_logs, class_names) in self._rests.items():
            self._offsets[identity] = resting_offset(self._adjusted(mean_logs), class_names)

    def _adjusted(self, mean_logs: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        rest = self._adjust(np.exp(mean_logs).astype(np.float32)[None])[0]
        return np.log(np.maximum(rest, _LEAST_PROBABILITY)).astype(np.float64)

    def reset(self) -> None:
        """Another model or other people: forgets everything but what was read from a file, and stops learning."""
        kept = self._kept
        self.forget()
        self._kept = kept
        self._seen_s.clear()

    def watch(
        self, faces: Faces, doubts: npt.NDArray[np.uint8], class_names: tuple[str, ...], now_s: float
    ) -> RestingFaceLearning | None:
        """Goes on learning, where that was asked for, and forgets who left.

        Args:
            faces: with identities and ``probabilities`` as the model gave them.
            doubts: uint8 (n,), why each face cannot be seen well now, as in ``core.doubts``; 0 where it can.
        """
        for identity in faces.tracker_id.tolist():
            self._seen_s[identity] = now_s
        gone = [identity for identity, seen_s in self._seen_s.items() if now_s - seen_s > _FORGET_S]
        for identity in gone:
            del self._seen_s[identity]
            self._offsets.pop(identity, None)
            self._rests.pop(identity, None)
        if self._asked:
            self._asked = False
            if not class_names:
                return _failed(Wording("RestingFaces", "No model is running yet."))
            if NEUTRAL not in class_names:
                return _failed(Wording("RestingFaces", "The running model does not know a neutral face."))
            self._run = _Run(self._waiting, now_s, now_s)
        run = self._run
        if run is None:
            return None
        self._add_frame(run, faces, doubts, now_s)
        remaining_s = LEARNING_S - (now_s - run.began_s)
        if remaining_s > 1e-6:
            return RestingFaceLearning(LearningState.RUNNING, remaining_s, tuple(sorted(run.watched)))
        self._run = None
        return self._finish(run, class_names)

    def use_kept(
        self, faces: Faces, class_names: tuple[str, ...], model: str, model_sha256: str
    ) -> RestingFaceLearning | None:
        """Gives the one from a file to whoever is alone in view and has none.

        Returns:
            That it is used, or why it cannot be: once for each model.
        """
        kept, told = self._kept, self._kept_told == model_sha256
        if kept is None or not class_names:
            return None
        if kept.model_sha256 != model_sha256 or kept.class_names != class_names:
            self._kept_told = model_sha256
            sentence = Wording(
                "RestingFaces",
                "The resting face '{name}' was learnt with the model {wanted}, but {model} is running.",
                name=kept.name,
                wanted=kept.model,
                model=model,
            )
            return None if told else RestingFaceLearning(LearningState.REFUSED, sentence=sentence)
        identities = [identity for identity in faces.tracker_id.tolist() if identity >= 0]
        if len(identities) != 1 or identities[0] in self._offsets:
            return None
        identity = identities[0]
        self._rests[identity] = (np.array(kept.mean_logs), class_names)
        self.set_adjustment(self._adjust)
        self._kept_by.add(identity)
        self._kept_told = model_sha256
        return None if told else RestingFaceLearning(LearningState.USED, 0.0, (identity,), kept.name)

    @property
    def kept_by(self) -> frozenset[int]:
        """Who has the one from a file."""
        return frozenset(self._kept_by)

    @property
    def kept(self) -> RestingFace | None:
        return self._kept

    def corrected(self, faces: Faces) -> tuple[Float32, npt.NDArray[np.bool_]]:
        """(n, C) probabilities corrected by the resting faces, and bool (n,) which rows were corrected.

        Args:
            faces: with ``probabilities`` as ``set_adjustment`` changes them.
        """
        values = faces.probabilities
        known = np.array([identity in self._offsets for identity in faces.tracker_id.tolist()], np.bool_)
        if not known.any():
            return values, known
        values = values.copy()
        for row in np.flatnonzero(known).tolist():
            raised = values[row] * np.exp(self._offsets[int(faces.tracker_id[row])])
            total = float(raised.sum())
            if total > 0:
                values[row] = raised * (float(values[row].sum()) / total)
        return values, known

    def _add_frame(self, run: _Run, faces: Faces, doubts: npt.NDArray[np.uint8], now_s: float) -> None:
        step_s = max(now_s - run.last_s, 0.0)
        if step_s > _LONGEST_STEP_S:
            run.began_s += step_s - _LONGEST_STEP_S
            step_s = _LONGEST_STEP_S
        run.last_s = now_s
        logs = np.log(np.maximum(faces.probabilities, _LEAST_PROBABILITY)).astype(np.float64)
        for row, identity in enumerate(faces.tracker_id.tolist()):
            if identity < 0 or (run.wanted is not None and identity not in run.wanted):
                continue
            nothing = np.zeros(faces.probabilities.shape[1])
            watched = run.watched.setdefault(identity, _Watched(nothing, nothing.copy()))
            if doubts[row]:
                watched.doubts[int(doubts[row])] += 1
                continue
            watched.total += logs[row]
            watched.shown += faces.probabilities[row]
            watched.frames += 1
            watched.seen_s += step_s

    def _finish(self, run: _Run, class_names: tuple[str, ...]) -> RestingFaceLearning:
        seen_well = {identity: seen for identity, seen in run.watched.items() if seen.seen_s >= _SEEN_S - 1e-6}
        shown = {identity: self._shown(seen, class_names) for identity, seen in seen_well.items()}
        learnt = [identity for identity, expression in shown.items() if not expression]
        for identity in learnt:
            self._rests[identity] = (seen_well[identity].total / seen_well[identity].frames, class_names)
        self.set_adjustment(self._adjust)
        if not learnt:
            return _failed(_no_rest(next(iter(shown.values()))) if shown else _why_nobody(run))
        left_out = []
        missed = [identity for identity in run.watched if identity not in seen_well]
        if missed:
            left_out.append(Wording("RestingFaces", "Not seen well or long enough: {people}.", people=_numbers(missed)))
        at_work = [identity for identity, expression in shown.items() if expression]
        if at_work:
            people = _numbers(at_work)
            left_out.append(
                Wording("RestingFaces", "Not learnt, since the face was not at rest: {people}.", people=people)
            )
        return RestingFaceLearning(
            LearningState.DONE, 0.0, tuple(sorted(learnt)), join_sentences(*left_out) if left_out else ""
        )

    def _shown(self, seen: _Watched, class_names: tuple[str, ...]) -> str:
        """The expression shown in place of a resting face; '' where the face was at rest."""
        mean = seen.shown / seen.frames
        for name in _AT_WORK:
            if name in class_names and mean[class_names.index(name)] >= CLEARLY_SHOWN:
                return name
        mean_logs = self._adjusted(seen.total / seen.frames)
        called = class_names[int((mean_logs + resting_offset(mean_logs, class_names)).argmax())]
        return "" if called == NEUTRAL else called


def _unchanged(probabilities: Float32) -> Float32:
    return probabilities


def resting_offset(mean_logs: npt.NDArray[np.float64], class_names: tuple[str, ...]) -> Float32:
    """(C,) mean logarithms of the probabilities at rest -> (C,) offsets; see the module."""
    others = (1 - NEUTRAL_AT_REST) / max(len(class_names) - 1, 1)
    neutral = np.array([name == NEUTRAL for name in class_names])
    offsets = np.log(np.where(neutral, NEUTRAL_AT_REST, others)) - mean_logs
    lowest, highest = np.where(neutral, 0.0, -LARGEST_OFFSET), np.where(neutral, LARGEST_OFFSET, 0.0)
    return np.clip(offsets, lowest, highest).astype(np.float32)


def _no_rest(expression: str) -> str:
    if expression == "happy":
        return Wording(
            "RestingFaces", "That looks like a smile, not a resting face: relax the face and look at the camera."
        )
    return Wording(
        "RestingFaces",
        "That looks like '{expression}', not a resting face: relax the face and look at the camera.",
        expression=Wording("Expression", expression_named(expression).display_name),
    )


def _numbers(identities: Collection[int]) -> str:
    return ", ".join(f"#{identity}" for identity in identities)


def _why_nobody(run: _Run) -> str:
    doubts: Counter[int] = Counter()
    for watched in run.watched.values():
        doubts += watched.doubts
    if not run.watched:
        return Wording("RestingFaces", "No face was in view.")
    if not doubts:
        return Wording("RestingFaces", "No face was in view for long enough.")
    doubt = DOUBTS[doubts.most_common(1)[0][0]]
    why = Wording("Doubt", doubt.words)
    return Wording("RestingFaces", "The face could not be seen well enough: {reason}.", reason=why)


def _failed(sentence: str) -> RestingFaceLearning:
    return RestingFaceLearning(LearningState.FAILED, sentence=sentence)
