from __future__ import annotations

from pathlib import Path

from realtime_fer.runtime.events import BlendshapesRefused, GazeRefused
from tests.runtime.studio import Studio, studio


def in_inference(made: Studio) -> None:
    """Returns once all that was submitted before is done."""
    made.wait_for_view()
    seen = made.pipeline.degradation_steps
    made.engine._inference.submit("test", lambda: seen.append(-1))
    made.wait_for_view(lambda result: -1 in seen)


def test_they_are_adopted_when_wanted_and_closed_when_not(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.engine.want_blendshapes(False)
        assert made.pipeline.blendshapes is None
        made.engine.want_blendshapes(True)
        made.wait_for_view(lambda result: made.pipeline.blendshapes is not None)
        network = made.pipeline.blendshapes
        made.engine.want_blendshapes(True)
        in_inference(made)
        assert made.pipeline.blendshapes is network, "it is not loaded again"
        made.engine.want_blendshapes(False)
        made.wait_for_view(lambda result: made.pipeline.blendshapes is None)
        assert network is not None
        assert network.closed


def test_a_missing_file_is_told_once_and_the_picture_goes_on(tmp_path: Path) -> None:
    with studio(tmp_path, missing_blendshapes=True) as made:
        made.engine.want_blendshapes(True)
        refused = made.listener.wait_for(BlendshapesRefused)
        assert refused.sentence == "Google's file is missing. Fetch it."
        made.engine.want_blendshapes(True)
        made.wait_for_view()
        assert len(made.listener.of(BlendshapesRefused)) == 1


def test_where_faces_look_is_found_and_refused_alike(tmp_path: Path) -> None:
    with studio(tmp_path) as made:
        made.engine.want_gaze(True)
        made.wait_for_view(lambda result: made.pipeline.gaze is not None)
        assert made.pipeline.blendshapes is None
        made.engine.want_gaze(False)
        made.wait_for_view(lambda result: made.pipeline.gaze is None)
    with studio(tmp_path, missing_gaze=True) as made:
        made.engine.want_gaze(True)
        assert made.listener.wait_for(GazeRefused).sentence == "The iris file is missing. Fetch it."
