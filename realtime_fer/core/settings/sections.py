"""The sections of the settings dialog, in its order."""

from __future__ import annotations

from realtime_fer.core.settings.setting import Section

CAMERA, EXPRESSIONS, PRIVACY, OVERLAY, RECORDING, OTHERS, INTERFACE = SECTIONS = (
    Section("Camera"),
    Section("Expressions"),
    Section("Privacy"),
    Section("Overlay"),
    Section("Recordings"),
    Section("Numbers for other programs"),
    Section("Window"),
)
