"""What a person chose: the table of settings, and the file that keeps them between runs."""

from realtime_fer.core.settings.table import LiveSettings, Settings

__all__ = ["LiveSettings", "Settings"]
