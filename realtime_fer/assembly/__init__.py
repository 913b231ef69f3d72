"""Composition root: builds detectors, classifiers, the engine's parts and reports from settings."""

from realtime_fer.assembly.engine import build_engine_parts
from realtime_fer.assembly.kept_files import (
    confirmed_commands,
    own_expressions_path,
    own_files,
    own_model,
    recordings_folder,
    resting_faces_folder,
    settings_path,
)
from realtime_fer.assembly.networks import (
    FALLBACK_DETECTOR,
    build_blendshapes,
    build_classifier,
    build_detector,
    build_detector_or_fallback,
    build_gaze,
)
from realtime_fer.assembly.outlets import build_outlets, build_triggers, take_lsl_place
from realtime_fer.assembly.recordings import (
    RECORDED_PACKAGES,
    REPORT_NAME,
    REVIEW_CLAIM_NAME,
    claim_review,
    export_recording,
    package_versions,
    recorded_settings,
    recorded_triggers,
    save_corrections,
    save_people,
    write_report,
)

__all__ = [
    "FALLBACK_DETECTOR",
    "RECORDED_PACKAGES",
    "REPORT_NAME",
    "REVIEW_CLAIM_NAME",
    "build_blendshapes",
    "build_classifier",
    "build_detector",
    "build_detector_or_fallback",
    "build_engine_parts",
    "build_gaze",
    "build_outlets",
    "build_triggers",
    "claim_review",
    "confirmed_commands",
    "export_recording",
    "own_expressions_path",
    "own_files",
    "own_model",
    "package_versions",
    "recorded_settings",
    "recorded_triggers",
    "recordings_folder",
    "resting_faces_folder",
    "save_corrections",
    "save_people",
    "settings_path",
    "take_lsl_place",
    "write_report",
]
