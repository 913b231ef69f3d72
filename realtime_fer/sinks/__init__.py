"""Where results are kept: videos, tables, session folders, pictures. Imports ``core``, numpy, OpenCV and PyAV."""
