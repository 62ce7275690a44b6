# make            set up, convert an example, build graph/, validate, print a summary   (TEXTS=DIR re-reads every passage)
# make test       set up and run the tests
# make test-all   the slow tests as well (they need Chromium and: npm ci --prefix tests/comunica), those that reason (installs HermiT and a Java), and those on TESTIMONIA_TEXTS, TESTIMONIA_SUITES and TESTIMONIA_DATASETS
# make check      format, lint, strict types, floors, Turtle and SPARQL, docs, machine-made files
# make generated  rewrite every machine-made file (TEXTS=DIR: the lock too)
# make docs       the reference of terms, ontology, shapes, keys and codes anew, and all of docs/ as HTML in build/docs
# make format     rewrite the layout of the code
# make reason     look for contradictions among ontology, axioms and graph/
# make conformance   run the public SHACL suite of TESTIMONIA_SUITES and rewrite docs/shacl-conformance.md
# make serve      serve graph/ over HTTP, on this machine only (installs the extra [serve])
# make charts     draw the answer of every question that declares a chart into build/charts (installs the extra [chart])
# make requirements   rewrite the dependency locks
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
WITH_TEXTS := $(if $(TEXTS),--texts "$(TEXTS)")
UV := $(BIN)/uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 --quiet

.DEFAULT_GOAL := all
.PHONY: all test test-all check format generated docs reason serve charts conformance requirements benchmarks clean

all: .venv/installed
	@$(BIN)/testimonia tour
	@$(BIN)/testimonia build $(WITH_TEXTS)
	@$(BIN)/testimonia validate
	@$(BIN)/testimonia summary

test: .venv/installed-test
	@$(BIN)/pytest -n 2 -m "not texts and not suites and not datasets and not slow and not reason"

test-all: .venv/installed-reason .venv-sssom/installed .venv-morph-kgc/installed
	@$(MAKE) --no-print-directory check
	@$(BIN)/pytest -n 2

check: .venv/installed-test
	@$(BIN)/ruff format --check src tests benchmarks
	@$(BIN)/ruff check src tests benchmarks
	@$(BIN)/mypy
	@$(BIN)/pytest -n 2 tests/house
	@$(BIN)/testimonia generated --check

format: .venv/installed-test
	@$(BIN)/ruff check --fix-only src tests benchmarks
	@$(BIN)/ruff format src tests benchmarks

generated: .venv/installed
	@$(BIN)/testimonia generated $(WITH_TEXTS)

docs: generated
	@$(BIN)/testimonia docs build/docs

reason: .venv/installed-reason
	@$(BIN)/testimonia reason

charts: .venv/installed-chart
	@mkdir -p build/charts
	@for q in $$(grep -l '^#+ chart:' queries/questions/*.rq | xargs -n 1 basename -s .rq); do $(BIN)/testimonia ask $$q --chart build/charts/$$q.svg || exit 2; done

conformance: .venv/installed-test
	@$(BIN)/python -m testimonia.validation.conformance_tmp "$(TESTIMONIA_SUITES)/data-shapes/data-shapes-test-suite/tests" tests/cases/validation/conformance.yaml docs/shacl-conformance.md

serve: .venv/installed-serve
	@$(BIN)/testimonia serve

benchmarks: .venv/installed-test
	@for b in benchmarks/*.py; do $(BIN)/python $$b || exit 1; done

requirements: .venv/installed-test
	@$(UV) pyproject.toml -o requirements.lock
	@$(UV) pyproject.toml --extra serve --constraint requirements.lock -o requirements-serve.lock
	@$(UV) pyproject.toml --extra chart --constraint requirements.lock -o requirements-chart.lock
	@$(UV) pyproject.toml --extra merge --constraint requirements.lock -o requirements-merge.lock
	@$(UV) pyproject.toml --extra test --extra rudof --extra serve --extra chart --extra merge --constraint requirements-serve.lock --constraint requirements-chart.lock --constraint requirements-merge.lock -o requirements-test.lock
	@$(UV) pyproject.toml --extra reason --constraint requirements-test.lock -o requirements-reason.lock
	@$(UV) requirements-sssom.in -o requirements-sssom.lock
	@$(UV) requirements-build.in -o requirements-build.lock
	@$(UV) requirements-morph-kgc.in -o requirements-morph-kgc.lock

clean:
	rm -rf .venv .venv-* build .pytest_cache .mypy_cache .ruff_cache

.venv/created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.x"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python cannot make environments here: ask for the package $$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])') (ensurepip)"; exit 2; }
	@echo "Setting up .venv (once) …"
	@$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/built: .venv/created requirements-build.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-build.lock
	@touch $@

.venv/installed: .venv/built requirements.lock pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/installed-test: .venv/installed requirements-test.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r requirements-test.lock
	@touch $@

.venv/installed-serve: .venv/installed requirements-serve.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r requirements-serve.lock
	@touch $@

.venv/installed-chart: .venv/installed requirements-chart.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r requirements-chart.lock
	@touch $@

.venv/installed-reason: .venv/installed-test requirements-reason.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r requirements-reason.lock
	@touch $@

# A program that brings half a gigabyte of its own: links are shown to it, nothing of ours imports it.
.venv-sssom/installed: .venv/created requirements-sssom.lock
	@$(PYTHON) -m venv --clear .venv-sssom
	@.venv-sssom/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-sssom.lock
	@touch $@

# morph-kgc wants another rdflib than we do: a program of its own, which tests and docs/tables.md run
.venv-morph-kgc/installed: .venv/created requirements-morph-kgc.lock
	@$(PYTHON) -m venv --clear .venv-morph-kgc
	@.venv-morph-kgc/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-morph-kgc.lock
	@touch $@
