from realtime_fer.app import main

if __name__ == "__main__":  # The processes of a batch import this file too.
    raise SystemExit(main())
