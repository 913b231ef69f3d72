"""Where results are kept: film, table, session folder, pictures. Imports ``core``, numpy, OpenCV and PyAV."""
