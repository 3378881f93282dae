# gifthorse: `make` shows what there is.
PYTHON ?= python3
PORT ?= 8000
DATA ?= data
export PORT DATA
VENV := .venv
RUN := $(VENV)/bin
STAMP := $(VENV)/.made
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help desk test check bench fuzz fuzz-short figures docs packages clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

CATALOGUES := $(wildcard src/gifthorse/locale/*/LC_MESSAGES/django.po)

$(STAMP): uv.lock pyproject.toml .ci/make_environment.py $(CATALOGUES)
	@$(PYTHON) .ci/make_environment.py
	@$(RUN)/pybabel --quiet compile --domain django --directory src/gifthorse/locale
	@touch $(STAMP)

desk: $(STAMP) ## Set up everything and open the desk with the demonstration organisation (PORT, DATA)
	@$(RUN)/gifthorse desk --demo --port $(PORT) --data $(DATA)

packages: $(STAMP)
	@$(RUN)/python .ci/debian_packages.py

test: packages ## Set up everything and run all tests
	@$(RUN)/python -m tests.run_all --workers $(WORKERS)

check: $(STAMP) ## Style, types, layers, dead code, dependencies, generated docs
	@$(RUN)/ruff format --check --quiet . || { echo "Run: $(RUN)/ruff format ."; exit 1; }
	@$(RUN)/ruff check --quiet .
	@$(RUN)/lint-imports --no-cache | tail -n 3
	@$(RUN)/mypy
	@$(RUN)/vulture
	@$(RUN)/deptry . | tail -n 1
	@$(RUN)/python -m docs.generate --check

docs: $(STAMP) ## Write the generated parts of the documentation anew
	@$(RUN)/python -m docs.generate

bench: packages ## Measure, each claim beside a peer in the same run; writes bench/figures.json
	@$(RUN)/python -m bench

fuzz: $(STAMP) ## Fuzz every parser with a million inputs each (hours; stop it with Ctrl-C, and it goes on next time)
	@$(RUN)/python -m tests.fuzz --inputs 1000000 --folder .fuzz

fuzz-short: $(STAMP) ## Fuzz every parser for half a minute, always from the same seed
	@$(RUN)/python -m tests.fuzz --seconds 30 --lanes-per-core 5

figures: bench docs ## Measure and quote the figures in the documentation

clean: ## Remove the environment and what tools left behind
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis dist
