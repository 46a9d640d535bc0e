# Everything is set up by the target that needs it, in .venv; nothing but Python 3.11+ is needed.
PYTHON ?= python3
PORT ?= 8080
ARGS ?=
BIN := .venv/bin
UV := $(BIN)/python -m uv
PYTEST := $(BIN)/pytest

.PHONY: install upgrade demo test coverage soak bench check format words lock clean

install: .venv/run

# On a server: copy, take the newest program (or VERSION=tag), install, check, restart.
upgrade:
	@VERSION="$(VERSION)" sh deploy/upgrade

demo: .venv/run
	@$(BIN)/quartieri demo --port $(PORT)

test: .venv/dev
	@sh tests/install-chromium $(BIN)
	$(PYTEST) -n auto --dist loadgroup $(ARGS)

coverage: .venv/dev
	@sh tests/install-chromium $(BIN)
	$(PYTEST) -n auto --dist loadgroup --cov --cov-report=term $(ARGS)

# The tests of reliability at full size, half an hour: docs/reliability.md says what it prints.
soak: .venv/dev
	$(BIN)/python -m tests.reliability.soak $(ARGS)

# Side by side with its peers in one run; the figures are in var/bench.json too.
bench: .venv/dev
	$(BIN)/python -m tests.bench

check: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(BIN)/deptry .

format: .venv/dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# After a change of the program's words: new msgids go into every catalog, to be translated.
words: .venv/dev
	$(BIN)/python -m locales.gather

# All of it first, then what is shipped as a part of it: what was tested is what runs.
lock: .venv/dev
	$(UV) pip compile -q --universal --generate-hashes --no-header --upgrade pyproject.toml \
	  --extra postgres --group dev -o requirements-dev.lock
	$(UV) pip compile -q --universal --generate-hashes --no-header pyproject.toml \
	  --extra postgres -c requirements-dev.lock -o requirements.lock

clean:
	rm -rf .venv .pytest_cache .ruff_cache .hypothesis .coverage htmlcov

.venv/uv:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install -q --disable-pip-version-check uv
	@touch $@

.venv/run: .venv/uv requirements.lock pyproject.toml
	@test -e .venv/dev || $(UV) pip sync -q --compile-bytecode requirements.lock
	@$(UV) pip install -q --no-deps -e .
	@touch $@

.venv/dev: .venv/uv requirements-dev.lock pyproject.toml
	$(UV) pip sync -q --compile-bytecode requirements-dev.lock
	$(UV) pip install -q --no-deps -e .
	@touch $@ .venv/run
