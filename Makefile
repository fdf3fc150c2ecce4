# Everything starts here: `make help` lists what there is.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
export PYTHONHASHSEED ?= 0

.DEFAULT_GOAL := help
.PHONY: help setup report test lab lint format lock bench test-browser soak fuzz mutants docs clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

setup: $(VENV)/.run ## install what the reports need into .venv (once)

$(VENV)/.run: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dateline needs Python 3.11 or newer, this is " + sys.version.split()[0])'
	@echo "Setting up .venv (once, a few minutes) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(PIP) install --require-hashes -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@git config filter.nbstripout.clean "$(BIN)/nbstripout" 2>/dev/null || true
	@touch $@

report: setup ## make both reports on corpus/ and name the page to open
	@$(BIN)/dateline report

test: lint ## check the code's style and types, and run the tests
	@$(BIN)/python -m pytest -q

bench: $(VENV)/.dev ## measure accuracy and speed against peers (needs ../shared/bench)
	@for script in benchmarks/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

test-browser: $(VENV)/.dev ## open the pages and the notebooks in Chromium (Debian's package)
	@command -v chromium >/dev/null || { echo "make test-browser needs Chromium: apt-get install chromium"; exit 1; }
	@$(BIN)/python -m pytest -q -m browser tests/browser

soak: $(VENV)/.dev ## kill runs at random for a long while and look for harm
	@$(BIN)/python -m pytest -q -m soak

fuzz: $(VENV)/.dev ## read broken files of every form for ten minutes (SEED=n for others)
	@DATELINE_FUZZ=600 DATELINE_SEED=$(or $(SEED),$(shell date +%j)) $(BIN)/python -m pytest -q -s tests/test_forms_fuzz.py

mutants: $(VENV)/.dev ## change each rule in turn and list what no test notices (an hour or two)
	@mkdir -p build && $(BIN)/python tests/mutants.py --out build/mutants.tsv $(MUTATE)

lab: setup ## open the notebooks in JupyterLab
	@$(BIN)/jupyter lab notebooks

lint: $(VENV)/.dev ## check the code's style and types
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

format: $(VENV)/.dev ## format the code
	@$(BIN)/ruff format . && $(BIN)/ruff check --fix .

LOCK := pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command "make lock"
lock: $(VENV)/.dev ## compile the requirement files: pyproject.toml, requirements-dev.in
	@$(BIN)/uv $(LOCK) --output-file requirements.txt pyproject.toml
	@$(BIN)/uv $(LOCK) --output-file requirements-dev.txt requirements-dev.in

docs: setup ## write the data dictionary, docs/frames.md, from frames.py
	@$(BIN)/python -c "import pathlib; from dateline.frames import frames_markdown; \
	  p = pathlib.Path('docs/frames.md'); top, mark, _ = p.read_text('utf-8').partition('<!-- frames -->\n'); \
	  p.write_text(top + mark + frames_markdown().strip() + '\n', 'utf-8')"

clean: ## delete what was generated: the environment, caches and reports
	@rm -rf $(VENV) .pytest_cache .ruff_cache .mypy_cache .hypothesis build lib/*.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@find reports -mindepth 1 -not -name README.md -delete
