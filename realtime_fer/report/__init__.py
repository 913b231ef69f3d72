"""A recording's report: one HTML page that needs no network. Reads files; imports ``core``, numpy, OpenCV and PyAV."""
