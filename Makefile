# make demo   the whole service on this machine, in a browser
# make test   the tests
# make check  what a change must pass: format, types, imports, tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -q
.DEFAULT_GOAL := test
.PHONY: demo test check corpus lock bench bench-morning bench-mail bench-newtext year clean

$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else "Dopovisita needs Python 3.11, 3.12 or 3.13; this is %d.%d. Name another: make PYTHON=python3.12 …" % sys.version_info[:2])'
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: $(VENV)/pyvenv.cfg requirements.lock pyproject.toml
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/run.stamp
	@$(BIN)/dopovisita demo $(ARGS)

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest -n 2 $(ARGS)

# Ours beside PTB's ConversationHandler and aiogram; some minutes, then bench/README.md is new.
bench: $(VENV)/run.stamp $(VENV)-bench/stamp
	$(BIN)/python -m bench.chat --write $(ARGS)

# A generated year on the whole service, compared day by day with what the procedure asks; some minutes.
year: $(VENV)/run.stamp
	$(BIN)/python -m tests.year $(ARGS)

# Replies as mail programs write them, taken the whole way: what is understood, asked back, or wrong.
corpus: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.corpus $(ARGS)

# The new text of replies beside the libraries that look for it; a minute, then its section is new.
bench-newtext: $(VENV)/dev.stamp $(VENV)-bench/stamp
	$(BIN)/python -m bench.newtext --write $(ARGS)

# The morning's plan beside the bare query, on both databases; under ten minutes, then its section is new.
bench-morning: $(VENV)/dev.stamp
	$(BIN)/python -m bench.morning --write $(ARGS)

# The wires beside the bare libraries, on Dovecot and Postfix; some minutes, then its section is new.
bench-mail: $(VENV)/dev.stamp
	$(BIN)/python -m bench.mail --write $(ARGS)

$(VENV)-bench/stamp: bench/requirements.lock
	$(PYTHON) -m venv $(VENV)-bench
	@echo '*' > $(VENV)-bench/.gitignore
	$(VENV)-bench/bin/python -m pip --disable-pip-version-check --no-input -q install --require-hashes -r bench/requirements.lock
	@touch $@

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2

# Written anew by uv (https://docs.astral.sh/uv/), the only step that needs it.
lock:
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra demo pyproject.toml requirements-build.in -o requirements.lock
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --extra demo --group dev -c requirements.lock pyproject.toml requirements-build.in -o requirements-dev.lock

clean:
	rm -rf $(VENV) $(VENV)-bench var .mypy_cache .pytest_cache .ruff_cache
