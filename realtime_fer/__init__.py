"""Realtime FER: which facial expression is visible, live, over every face of a webcam picture."""

import os

# NumPy and OpenCV read it once, when they load OpenBLAS. After each larger product its threads wait busily for the next
# one, a tenth of a second and a core's whole time, and here no product is large enough to gain by them.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

__version__ = "0.1.0"
