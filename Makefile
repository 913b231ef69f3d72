# make run    the window            make demo   demo.mp4, demo.csv and demo.png, no display needed
# make test   all checks            make lint   the checks without the tests
# make bench  how fast it is here   make clean  removes what these made
# make soak   half an hour of the window under constant change: memory, threads, files; SOAK_MINUTES=5 is shorter
# make install-desktop   an entry in the desktop's menu, for this user alone; make uninstall-desktop removes it
# Each sets up what it needs first: the virtual environment, packages, system libraries, the detector's files.
# make run ARGS="--source video.mp4" hands options on; make PYTHON=/path/to/python3.12 test chooses the Python.

PYTHON ?=
ARGS ?=
SOAK_MINUTES ?= 30
PY := .venv/bin/python
RUFF = echo "ruff:" && $(PY) -m ruff check --quiet . && echo "  clean"
LINT_IMPORTS = echo "import-linter:" && .venv/bin/lint-imports
export PYTHON

.DEFAULT_GOAL := run
.NOTPARALLEL:
.PHONY: run test demo lint bench soak clean install-desktop uninstall-desktop

run:
	@if [ "$$(uname -s)" = Linux ] && [ -z "$$DISPLAY$$WAYLAND_DISPLAY$$QT_QPA_PLATFORM" ]; then \
		echo "There is no display to open a window on (neither DISPLAY nor WAYLAND_DISPLAY is set); 'make demo' works without one." >&2; \
		exit 2; \
	fi
	@sh scripts/setup.sh run
	@$(PY) main.py $(ARGS)

demo:
	@sh scripts/setup.sh demo
	@$(PY) main.py annotate demo -o demo.mp4 --csv demo.csv --still demo.png $(ARGS)

bench:
	@sh scripts/setup.sh demo
	@$(PY) main.py bench $(ARGS)

soak:
	@sh scripts/setup.sh test
	@$(PY) scripts/soak.py --minutes $(SOAK_MINUTES) $(ARGS)

install-desktop:
	@sh scripts/setup.sh run
	@$(PY) scripts/desktop_entry.py install

uninstall-desktop:
	@sh scripts/setup.sh run
	@$(PY) scripts/desktop_entry.py uninstall

lint:
	@sh scripts/setup.sh test
	@$(RUFF)
	@$(LINT_IMPORTS)
	@echo "mypy:" && $(PY) -m mypy

# The tests wait more than they compute, so mypy runs beside them; what it says stands at the end.
# A child Python that may not keep bytecode compiles all that it imports, every time.
# A test process that dies fails the run; a new one in its place would run the same file and die as well.
# In a new checkout one process compiles the tests first, beside mypy: else each test process would, at the same time.
test:
	@sh scripts/setup.sh test
	@$(RUFF)
	@$(LINT_IMPORTS)
	@echo "pytest, and mypy beside it:"
	@unset PYTHONDONTWRITEBYTECODE; said=$$(mktemp); \
	$(PY) -m mypy >"$$said" 2>&1 & mypy=$$!; \
	trap 'kill $$mypy 2>/dev/null; rm -f "$$said"' EXIT; trap 'exit 130' INT TERM; \
	[ -d tests/__pycache__ ] || $(PY) -m pytest -p no:xdist --collect-only -qq $(ARGS) >/dev/null 2>&1 || :; \
	tests=0; $(PY) -m pytest -q -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder --max-worker-restart 0 $(ARGS) || tests=$$?; \
	types=0; wait $$mypy || types=$$?; echo "mypy:"; cat "$$said"; [ $$types = 0 ] && exit $$tests; exit $$types

clean:
	@rm -rf .venv build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis demo.mp4 demo.csv demo.png
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
