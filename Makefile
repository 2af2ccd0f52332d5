# make run   install what is missing, then extract seeds/ into outputs/
# make test  install what is missing, then check everything that CI checks

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
TORCH_INDEX := https://download.pytorch.org/whl/cpu
export DO_NOT_TRACK := 1
export OMP_NUM_THREADS := 1

.DEFAULT_GOAL := help
.PHONY: help run test install lint types imports unit lock clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: install  ## extract the sample articles in seeds/ into outputs/, as a Prefect flow
	$(BIN)/python -m flows.extract_articles seeds --output outputs

test: install lint types imports unit  ## lint, type-check, check the architecture, run the tests

install: $(INSTALLED)  ## create .venv with pinned dependencies

$(INSTALLED): requirements.lock models/requirements.txt models/requirements-torch.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "extract needs Python 3.11 or newer: make PYTHON=python3.11")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r models/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r models/requirements-torch.txt \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --index-url $(TORCH_INDEX) torch==2.13.0
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

imports: install
	$(BIN)/lint-imports

unit: install
	$(BIN)/pytest -n 2 --dist worksteal

# torch is locked apart (models/requirements-torch.txt): the override takes the needs of its CPU build.
lock: install  ## renew requirements.lock from pyproject.toml (needs uv and access to the CPU build of torch)
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --no-header --no-strip-extras --output-file requirements.lock --upgrade \
		--override models/requirements-torch.txt --no-emit-package torch --no-emit-package extract

clean:  ## remove the environment and all caches, not the outputs
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
