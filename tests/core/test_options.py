from dataclasses import fields
from typing import Any

import pytest

from realtime_fer.core.errors import SettingsError
from realtime_fer.core.options import PipelineOptions
from realtime_fer.core.settings import Settings


def test_the_defaults_are_those_of_the_settings() -> None:
    options, settings = PipelineOptions(), Settings()
    assert all(getattr(options, entry.name) == getattr(settings, entry.name) for entry in fields(options))


@pytest.mark.parametrize(
    "wrong",
    [
        {"mirror": 1},
        {"min_confidence": 1.01},
        {"min_confidence": float("nan")},
        {"smoothing_s": -0.1},
        {"privacy": "fog"},
        {"sensitivity": "extreme"},
    ],
)
def test_a_value_that_no_settings_file_may_hold_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(SettingsError, match=next(iter(wrong))):
        PipelineOptions(**wrong)
