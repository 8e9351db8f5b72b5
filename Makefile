# Zhanggui's commands. `make demo` and `make test` need Python 3.11 or newer and make, nothing else.
.DEFAULT_GOAL := help
SHELL := /bin/sh
.SUFFIXES:

PYTHON ?= python3
VENV ?= .venv
ARGS ?=
# Test processes: one per processor; a third of two, for what waits for a disk or a browser, costs more than it saves. WORKERS=0 runs all in one.
WORKERS ?= $(shell getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)

BIN := $(VENV)/bin
PY := $(BIN)/python
# What is never imported need not be compiled: a third of a minute of the first command.
INSTALL := $(PY) -m pip --disable-pip-version-check --quiet install --no-compile
export PYTHONUTF8 := 1
# Bytecode is kept, whatever the machine is set to: each of the test processes would compile everything again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help demo init test test-quick kills questions pages properties worlds parity parity-quick check format-check lint types types-here types-windows imports docs docs-check spelling new-connector web web-check wheel-check bench realism lock fmt clean

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.runtime web ## simulate a shop, load it and open it in the browser (ARGS="--port 18080 --no-browser")
	@$(BIN)/zhanggui demo $(ARGS)

init: $(VENV)/.dev web ## make the whole environment in .venv, from the locks
	@echo "ready: $$($(PY) --version) in $(VENV)"

test: $(VENV)/.dev web ## run the tests in random order (ARGS="-k refund")
	@$(PY) -m pytest -n $(WORKERS) --dist loadfile --max-worker-restart 0 -m "not wheel and not cluster" $(ARGS)

test-quick: $(VENV)/.dev ## run the tests that take no more than a few seconds each
	@$(PY) -m pytest -n $(WORKERS) --dist loadfile -m "not slow and not browser and not wheel and not cluster" $(ARGS)

kills: $(VENV)/.dev ## kill imports at 100, watches and senders at 200, collectors at 300 moments, load files in 60 random orders; takes a while
	@ZHANGGUI_LONG=1 $(PY) -m pytest -q -o faulthandler_timeout=0 tests/soundness/test_killed_import.py \
	  tests/soundness/test_killed_watch.py tests/collect/outbound/test_killed_courier.py \
	  tests/app/collecting/test_killed_collector.py tests/soundness/test_any_order.py $(ARGS)

questions: $(VENV)/.dev ## ask 5,000 random questions of the metrics and of pandas; takes some twenty minutes
	@ZHANGGUI_LONG=1 $(PY) -m pytest -q -o faulthandler_timeout=0 tests/soundness/test_random_questions.py $(ARGS)

pages: $(VENV)/.dev web ## walk through the pages in every language, theme and width, ask each tile of every kind of metric; takes minutes
	@ZHANGGUI_LONG=1 ZHANGGUI_REQUIRE_BROWSER=1 $(PY) -m pytest -q -o faulthandler_timeout=0 tests/e2e \
	  tests/app/test_routes.py $(ARGS)

properties: $(VENV)/.dev ## try properties that ask a ledger on three times as many examples; takes minutes
	@ZHANGGUI_LONG=1 $(PY) -m pytest -q -o faulthandler_timeout=0 tests/metrics/test_soundness.py \
	  tests/ledger/sessions/test_visits.py tests/collect/loading/test_events.py \
	  tests/understand/finance/test_profit_statement.py $(ARGS)

worlds: $(VENV)/.dev ## live through worlds of 400 days and others drawn, spoil 20 settlements, explain planted faults, read a year of baskets; takes a while
	@ZHANGGUI_LONG=1 $(PY) -m pytest -q -o faulthandler_timeout=0 tests/simulate/plants tests/ledger/matching/test_worlds.py \
	  tests/metrics/explaining/test_planted_faults.py tests/golden/test_complete_journey.py $(ARGS)

# Every step runs even when another one fails, so that one run tells all; the tests come last, with all processors.
check: export ZHANGGUI_REQUIRE_BROWSER = 1
check: export ZHANGGUI_REQUIRE_WHEEL = 1
check: ## everything that continuous integration runs
	@$(MAKE) --no-print-directory --jobs 2 $(VENV)/.dev web
	@failed=; \
	$(MAKE) --no-print-directory --keep-going --jobs 2 --output-sync=target $(BESIDE_TESTS) || failed=" static checks"; \
	$(MAKE) --no-print-directory test || failed="$$failed test"; \
	if [ -n "$$failed" ]; then echo "failed:$$failed"; exit 1; fi

# The pages that are generated are held to the code by the tests.
# The longest come first, so that neither processor is left alone with one of them at the end.
BESIDE_TESTS := parity-quick wheel-check types-here types-windows web-check lint imports spelling format-check

format-check: $(VENV)/.dev
	$(BIN)/ruff format --check .

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	@$(PY) -m numpydoc.hooks.validate_docstrings $$(git ls-files 'src/*.py' 2>/dev/null || find src -name '*.py')

types: types-here types-windows

types-here: $(VENV)/.dev
	$(BIN)/mypy

types-windows: $(VENV)/.dev
	$(BIN)/mypy --platform win32 --cache-dir .mypy_cache/win32 src

imports: $(VENV)/.dev
	@PYTHONPATH=src $(BIN)/lint-imports --no-logo

docs: $(VENV)/.dev ## write the documentation pages that are generated from the code
	@while read -r page module; do \
	  $(PY) -m $$module > "$$page.new" && mv "$$page.new" "$$page" && echo "$$page" || exit 1; \
	done < docs/generated.txt

new-connector: $(VENV)/.dev ## start a connector of NAME with tests that fail until it is filled in (NAME=youzan)
	@$(PY) -m zhanggui.collect.connectors.new_connector $(NAME)

spelling: $(VENV)/.dev
	$(BIN)/codespell src tests docs frontend/src benchmarks examples *.md

docs-check: spelling
	@$(PY) -m pytest -q -p no:randomly tests/promises/test_docs.py

parity: $(VENV)/.cluster ## ask every metric of the laptop's engine and of a cluster of several processes; needs Java 17
	@ZHANGGUI_LONG=1 ZHANGGUI_REQUIRE_CLUSTER=1 $(PY) -m pytest -q -o faulthandler_timeout=0 tests/parity $(ARGS)

parity-quick: $(VENV)/.cluster
	@ZHANGGUI_REQUIRE_CLUSTER=1 $(PY) -m pytest -q -o faulthandler_timeout=0 tests/parity

wheel-check: $(VENV)/.dev web
	@$(PY) -m pytest -q tests/wheel

web: | $(VENV)/.runtime ## build the front end when its sources changed
	@$(PY) hatch_build.py

web-check: $(VENV)/.dev
	@$(PY) hatch_build.py npm run lint
	@$(PY) hatch_build.py npm test

bench: $(VENV)/.dev web ## measure against hand-written queries in the same run (ARGS="--only import")
	@$(PY) -m benchmarks $(ARGS)

realism: $(VENV)/.dev ## compare the simulated world with real data and write docs/concepts/realism.md; takes minutes
	@$(PY) -m benchmarks.realism $(ARGS)

lock: $(VENV)/.dev ## pin every dependency anew, with hashes
	$(LOCK) pyproject.toml --group dev --output-file requirements/dev.txt
	$(LOCK) pyproject.toml --extra cluster --constraints requirements/dev.txt --output-file requirements/cluster.txt
	$(LOCK) pyproject.toml --constraints requirements/dev.txt --output-file requirements/runtime.txt
	$(LOCK) --group build --constraints requirements/dev.txt --output-file requirements/build.txt

fmt: $(VENV)/.dev ## format Python and front-end sources
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix --quiet . || true
	@$(PY) hatch_build.py npm run format

clean: ## remove what was built; shops and .venv stay
	rm -rf build dist src/zhanggui/web frontend/node_modules .mypy_cache .ruff_cache .pytest_cache .import_linter_cache

# Lock files name no host and no path: the index is whatever the machine is set to use.
LOCK = env -u PIP_FIND_LINKS -u UV_FIND_LINKS $(BIN)/uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-emit-index-url --custom-compile-command "make lock"

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Zhanggui needs Python 3.11 or newer."; \
	  echo "  where: $$(command -v $(PYTHON)) is $$($(PYTHON) --version 2>&1)"; \
	  echo "  next:  install a newer Python, then: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@test -x $(PY) || $(PYTHON) -m venv $(VENV) || { \
	  rm -rf $(VENV); \
	  echo "Python could not make a virtual environment."; \
	  echo "  where: $$(command -v $(PYTHON)) -m venv $(VENV)"; \
	  echo "  next:  on Debian or Ubuntu, install the package python3-venv; then run make again"; exit 2; }
	@$(PY) -m pip --version >/dev/null 2>&1 || $(PY) -m ensurepip --upgrade >/dev/null
	@touch $@

$(VENV)/.runtime: requirements/runtime.txt requirements/build.txt pyproject.toml hatch_build.py | $(VENV)/.made
	@echo "installing the locked packages into $(VENV) (the first time takes a minute or two)"
	@$(INSTALL) --require-hashes -r requirements/runtime.txt -r requirements/build.txt
	@$(INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	@echo "installing the locked developer tools into $(VENV)"
	@$(INSTALL) --require-hashes -r requirements/dev.txt
	@touch $@

# Spark is half a gigabyte: only who asks for the second engine waits for it.
$(VENV)/.cluster: requirements/cluster.txt $(VENV)/.dev
	@echo "installing Spark into $(VENV) (a minute or two)"
	@$(INSTALL) --require-hashes -r requirements/cluster.txt
	@touch $@
