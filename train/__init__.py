"""Training, evaluation and export of the networks in ``weights/``. PyTorch is needed to fit and export only."""
