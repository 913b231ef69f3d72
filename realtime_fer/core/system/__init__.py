"""Files, child processes and signals, made safe."""
