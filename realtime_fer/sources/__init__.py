"""Where frames come from: cameras, video files, folders of pictures, addresses and the built-in demo."""

from realtime_fer.sources.address import AddressSource
from realtime_fer.sources.animation import AnimationSource
from realtime_fer.sources.camera import CameraSource
from realtime_fer.sources.cameras import CameraDescription, CameraNumbers, list_cameras, listed_once
from realtime_fer.sources.demo.source import DemoSource
from realtime_fer.sources.images import ImageFolderSource
from realtime_fer.sources.resolver import plain_request, resolve_auto, source_for
from realtime_fer.sources.video_file import VideoFileSource
from realtime_fer.sources.video_span import VideoSpanSource

__all__ = [
    "AddressSource",
    "AnimationSource",
    "CameraDescription",
    "CameraNumbers",
    "CameraSource",
    "DemoSource",
    "ImageFolderSource",
    "VideoFileSource",
    "VideoSpanSource",
    "list_cameras",
    "listed_once",
    "source_for",
    "plain_request",
    "resolve_auto",
]
