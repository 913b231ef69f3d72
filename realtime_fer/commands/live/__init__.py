"""``realtime-fer live``: runs sources without a window and gives their numbers to other programs while they run."""
