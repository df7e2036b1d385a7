# Every target does its own set-up, in .venv: nothing to install first but Python 3.11, and pip's way to PyPI.

PYTHON ?= python3
UV ?= uv
PORT ?= 8000
BIN := .venv/bin
CODE := $(wildcard src tests benchmarks tools)
LOCK = $(UV) pip compile pyproject.toml --quiet --generate-hashes --no-header --python-version 3.11 --python-platform linux $(UPGRADE)

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help demo test check bench format messages locks clean set-up-run set-up-dev

help: ## say what there is to make
	@echo "make TARGET, where TARGET is one of:"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' Makefile

demo: set-up-run ## fill demo/ with the Corfu Process and the exercise, and serve it (PORT=8000)
	@$(BIN)/corfu demo --data demo --port $(PORT)

test: set-up-dev ## run every test (PYTEST='-k name' for some of them)
	@$(BIN)/python tests/setup_browser.py
	@command -v soffice >/dev/null || echo "LibreOffice is absent, its tests are skipped; to run them: apt-get install libreoffice-writer"
	@$(BIN)/python -m pytest --numprocesses=auto --maxprocesses=4 --dist=worksteal --durations=5 --durations-min=5 $(PYTEST)

check: set-up-dev ## style, types, arrows, house rules, translations, migrations, documentation
	@$(BIN)/ruff check --quiet $(CODE)
	@$(BIN)/ruff format --check --quiet $(CODE)
	@$(BIN)/mypy $(CODE)
	@$(BIN)/lint-imports --no-cache --no-logo
	@$(BIN)/python tools/lint.py
	@$(BIN)/python tools/messages.py --check
	@$(BIN)/python -m pytest tests/test_docs.py tests/test_locks.py tests/site/test_registers.py

bench: set-up-dev ## measure what we claim about speed, beside the alternatives
	@$(BIN)/python -m benchmarks

format: set-up-dev ## let ruff tidy the code
	@$(BIN)/ruff check --quiet --fix-only $(CODE)
	@$(BIN)/ruff format --quiet $(CODE)

messages: set-up-dev ## gather the interface's texts into its catalogues
	@$(BIN)/python tools/messages.py

locks: ## pin anew what pyproject.toml asks for, with uv (UPGRADE=--upgrade for newer versions)
	@$(LOCK) --group build --output-file locks/run.txt
	@$(LOCK) --group build --group test --group check --group bench --constraints locks/run.txt --output-file locks/dev.txt

clean: ## take away all that make has made
	@rm -rf .venv .setup.lock demo build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

set-up-run set-up-dev: set-up-%:
	@$(PYTHON) tools/setup.py $*
