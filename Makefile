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
# make requirements   rewrite the locks in requirements/ (make lock-NAME: one of them and those it rests on)
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
WITH_TEXTS := $(if $(TEXTS),--texts "$(TEXTS)")
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes
LOCKS := $(addprefix lock-,base serve chart merge test reason build uv sssom morph-kgc)
UV := .venv-uv/bin/uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 --quiet

.DEFAULT_GOAL := all
.PHONY: all test test-all check format generated docs reason serve charts conformance requirements benchmarks clean $(LOCKS)

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
	@$(BIN)/python -m tests.shacl.conformance "$(TESTIMONIA_SUITES)/data-shapes/data-shapes-test-suite/tests" tests/cases/validation/conformance.yaml docs/shacl-conformance.md

serve: .venv/installed-serve
	@$(BIN)/testimonia serve

benchmarks: .venv/installed-test
	@for b in benchmarks/*.py; do $(BIN)/python $$b || exit 1; done

requirements: $(LOCKS)

# What each lock is made of. An extra keeps the versions of what it is installed beside.
BASE := --constraint requirements/base.lock
lock-base: INPUT = pyproject.toml
lock-serve lock-chart lock-merge: INPUT = pyproject.toml --extra $* $(BASE)
lock-test: INPUT = pyproject.toml $(addprefix --extra ,test rudof serve chart merge) $(patsubst %,--constraint requirements/%.lock,serve chart merge)
lock-reason: INPUT = pyproject.toml --extra reason --constraint requirements/test.lock
lock-build lock-uv lock-sssom lock-morph-kgc: INPUT = requirements/$*.in

lock-serve lock-chart lock-merge: lock-base
lock-test: lock-serve lock-chart lock-merge
lock-reason: lock-test

$(LOCKS): lock-%: .venv-uv/installed
	@$(UV) $(INPUT) -o requirements/$*.lock

clean:
	rm -rf .venv .venv-* build .pytest_cache .mypy_cache .ruff_cache

.venv/created:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.x"; exit 2; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Python cannot make environments here: ask for the package $$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])') (ensurepip)"; exit 2; }
	@echo "Setting up .venv (once) …"
	@$(PYTHON) -m venv --clear .venv
	@touch $@

.venv/built: .venv/created requirements/build.lock
	@$(INSTALL) -r requirements/build.lock
	@touch $@

.venv/installed: .venv/built requirements/base.lock pyproject.toml
	@$(INSTALL) --no-build-isolation -r requirements/base.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# What an extra brings: .venv/installed-serve, -chart, -merge, -test, -reason
.venv/installed-%: .venv/installed requirements/%.lock
	@$(INSTALL) --no-build-isolation -r requirements/$*.lock
	@touch $@

.venv/installed-reason: .venv/installed-test

# Programs that are run, never imported, each in an environment of its own: uv makes the locks; sssom brings half a
# gigabyte; morph-kgc wants another rdflib than we do.
.venv-%/installed: .venv/created requirements/%.lock
	@$(PYTHON) -m venv --clear .venv-$*
	@.venv-$*/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/$*.lock
	@touch $@
