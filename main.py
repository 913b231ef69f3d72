import sys

try:
    import realtime_fer.arguments.parser  # noqa: F401, loads what the program needs, so that what is missing is told here
    from realtime_fer.cli import main
except ModuleNotFoundError as error:
    sys.stderr.write(
        f"The package '{error.name}' is not installed for {sys.executable}. In the checkout, 'make run' sets up all "
        "that is needed; elsewhere 'pip install .' does.\n"
    )
    raise SystemExit(2) from None
except KeyboardInterrupt:
    sys.stderr.write("realtime-fer: stopped.\n")
    raise SystemExit(1) from None
except (ImportError, MemoryError):
    sys.stderr.write("realtime-fer: The program cannot be loaded: there is not enough memory, or it is damaged.\n")
    raise SystemExit(2) from None

if __name__ == "__main__":  # The processes of a batch import this file too.
    raise SystemExit(main())
