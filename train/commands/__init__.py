"""The commands of ``python -m train``, one file a group."""
