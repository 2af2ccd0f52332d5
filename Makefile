# make run    install what is missing for the default engine, then extract seeds/ into outputs/
# make test   install what is missing, then check everything that CI checks

PYTHON ?= python3
BIN := .venv/bin
TORCH_INDEX := https://download.pytorch.org/whl/cpu
# Every file that is installed has a pinned hash; there is no way around it.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps
PINNED := $(PIP) --require-hashes
# Compiled by the installation (hatch_build.py), where there is a C compiler.
KERNELS := src/extract/engines/fast/kernels.c
export DO_NOT_TRACK := 1
export DEBIAN_FRONTEND := noninteractive
export NO_MKDOCS_2_WARNING := 1
export OMP_NUM_THREADS := 1
# Each process of the tests would compile the package again, a quarter of a second.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run check test install stanza dask dev browser lint types imports knowledge fast unit coverage docs examples lock audit licences clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: install  ## extract the sample articles in seeds/ into outputs/, as a Prefect flow
	$(BIN)/python -m flows.extract_articles seeds --output outputs

check: lint types knowledge fast  ## lint, types, knowledge files and fast tests: under a minute

# Two at a time until the tests, which take both cores themselves.
test:  ## everything that CI checks
	$(MAKE) --jobs 2 dev browser
	$(MAKE) --jobs 2 types docs knowledge lint imports
	$(MAKE) unit

install: .venv/.default  ## create .venv with what the default engine needs

stanza: .venv/.stanza  ## add PyTorch and Stanza, for --engine stanza and --engine consensus

dask: .venv/.dask  ## add Dask, for --cluster

dev: .venv/.dev  ## add what tests, checks and the docs site need

.venv/.python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "extract needs Python 3.11 or newer: make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	touch $@

.venv/.default: requirements.lock models/requirements.txt pyproject.toml hatch_build.py $(KERNELS) | .venv/.python
	$(PINNED) -r requirements.lock
	$(PINNED) -r models/requirements.txt
	$(PIP) --no-build-isolation --editable .
	touch $@

# Where the package index does not serve the CPU build of PyTorch, PyTorch's own index does: the same pinned file.
.venv/.stanza: requirements-stanza.lock models/requirements-torch.txt | .venv/.default
	$(PINNED) -r requirements-stanza.lock
	$(PINNED) -r models/requirements-torch.txt || $(PINNED) --index-url $(TORCH_INDEX) -r models/requirements-torch.txt
	$(BIN)/python -c 'import torch' || { echo 'No CPU build of PyTorch is pinned for this system: see models/requirements-torch.txt.'; exit 1; }
	touch $@

.venv/.dask: requirements-dask.lock | .venv/.default
	$(PINNED) -r requirements-dask.lock
	touch $@

.venv/.dev: requirements-dev.lock .venv/.stanza | .venv/.default
	$(PINNED) -r requirements-dev.lock
	touch $@

# Chromium from Debian's packages, which root alone can install, and axe-core from npm. Where that does not work, tests are
# left out, and one line says which.
browser: .venv/.axe  ## add what the tests of the report in a browser need: Chromium, axe-core
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null \
	|| { apt-get -qq update && apt-get -qq install -y --no-install-recommends chromium; } >/dev/null 2>&1 \
	|| echo 'Left out: tests/report/test_report_browser.py, because Chromium is not installed.'

.venv/.axe: tests/report/package-lock.json | .venv/.python
	@npm ci --prefix tests/report --ignore-scripts --no-audit --no-fund --silent && touch $@ \
	|| echo 'Left out: the tests with axe-core in tests/report/test_report_browser.py, because npm did not install it.'

lint: dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: dev
	$(BIN)/mypy

imports: dev
	$(BIN)/lint-imports

knowledge: install
	$(BIN)/extract check

# Three for two cores: every fifth second, a test waits for a process or a limit.
PYTEST := $(BIN)/pytest -n 3 --dist worksteal

fast: dev
	$(BIN)/pytest -n 2 --dist worksteal -m "not slow" tests/dates tests/deploy tests/entities tests/evaluate tests/export tests/lexicon tests/overrides \
		tests/quotes tests/reading tests/stories tests/text tests/test_*.py

unit: dev browser
	$(PYTEST)

coverage: dev browser  ## run the tests and measure which lines they reach; fails below the floor in pyproject.toml
	$(PYTEST) --cov --cov-report term:skip-covered

docs: dev  ## build the docs site into .site/, and fail on broken links and references
	$(BIN)/mkdocs build --strict

examples: run  ## write what the examples of README, cookbook and tour print now (after a change of rules)
	$(BIN)/python docs/examples.py

# torch is pinned in models/requirements-torch.txt: the override takes what its CPU build needs. pip is the one of .venv.
COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-header --upgrade --override models/requirements-torch.txt \
	--no-emit-package torch --no-emit-package extract --no-emit-package pip

lock:  ## renew the four lock files from pyproject.toml (needs uv and access to the CPU build of torch)
	$(COMPILE) --extra build --output-file requirements.lock
	$(COMPILE) --extra build --extra stanza --constraint requirements.lock --output-file requirements-stanza.lock
	$(COMPILE) --extra build --extra dask --constraint requirements-stanza.lock --output-file requirements-dask.lock
	$(COMPILE) --extra dev --constraint requirements-dask.lock --constraint requirements-stanza.lock --output-file requirements-dev.lock

# requirements-dev.lock holds what the other two hold. A package that could not be looked up is an error (--strict): the
# CPU build of torch is not on PyPI, so its version is looked up without `+cpu`.
AUDIT := $(BIN)/pip-audit --strict --disable-pip --progress-spinner off

audit: dev  ## look up known vulnerabilities of every package that is pinned (asks pypi.org)
	$(AUDIT) --require-hashes --requirement requirements-dev.lock
	sed -nE 's/^(torch==[0-9.]+).*/\1/p' models/requirements-torch.txt | sort -u | $(AUDIT) --no-deps --requirement /dev/stdin

licences: dev  ## write docs/licences.md, the licences of what a run installs
	$(BIN)/python docs/licences.py > docs/licences.md

clean:  ## remove the environment and all caches, not the outputs
	rm -rf .venv .site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage tests/report/node_modules
