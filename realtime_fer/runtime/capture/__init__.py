"""The capture: a reader reads one source in its own thread, a watchdog notices when it stalls and restarts it."""
