# Footnote. `make` alone lists what there is. Everything runs in .venv, which is made when missing.
#
# Another Python:       make run PYTHON=python3.12
# PyTorch's CPU build:  make run PIP_ARGS="--extra-index-url https://download.pytorch.org/whl/cpu"
#                       (on Linux the default build brings gigabytes of GPU libraries along)

PYTHON ?= python3
PIP_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := $(BIN)/python -m pip install --disable-pip-version-check -c constraints.txt

QUESTIONS := eval/questions/expo.jsonl
BASELINE := eval/baselines/expo.json.gz

# Nothing is fetched or sent while it runs: the encoder is an installed package.
export HF_HUB_OFFLINE ?= 1
export GRADIO_ANALYTICS_ENABLED ?= False
export ORT_DISABLE_TELEMETRY ?= 1
export HAYSTACK_TELEMETRY_ENABLED ?= False
export LANGSMITH_TRACING ?= false

.DEFAULT_GOAL := help
.PHONY: help run eval baseline stamp test adapters docs soak lint format clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' Makefile

run: $(VENV)/.installed ## Index corpus/ where it changed and start the web chat
	$(BIN)/qa build corpus --index index
	$(BIN)/python app.py

eval: $(VENV)/.installed ## Ask the known questions: against thresholds and baseline, into reports/
	$(BIN)/qa build corpus --index index
	@mkdir -p reports
	$(BIN)/python -m eval --baseline $(BASELINE) \
	  --html reports/eval.html --junit reports/eval.xml --json reports/eval.json

baseline: $(VENV)/.installed ## Keep today's answers as the baseline of `make eval`
	$(BIN)/qa build corpus --index index
	$(BIN)/qa eval --questions $(QUESTIONS) --index index --save-baseline $(BASELINE)

stamp: $(VENV)/.installed ## Tie the known questions to the articles as they are now
	$(BIN)/qa build corpus --index index
	$(BIN)/qa eval stamp $(QUESTIONS) --index index --out $(QUESTIONS)

test: lint ## Lint, types, tests, known questions: exactly what CI runs
	$(BIN)/python -m pytest
	@$(MAKE) --no-print-directory eval

adapters: $(VENV)/.installed-dev ## The adapters, each where its framework is the only one
	$(BIN)/python -m tests.adapters.alone

soak: $(VENV)/.installed-dev ## 8,000 questions from 16 threads: the same answers, flat memory
	$(BIN)/python -m tests.soak --light

docs: $(VENV)/.installed-dev ## The documentation as a site, in site/
	$(BIN)/python -m sphinx -q -W --keep-going -E -c docs . site
	@echo "open site/index.html"

lint: $(VENV)/.installed-dev ## Check style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(VENV)/.installed-dev ## Format the code and sort its imports
	$(BIN)/ruff check --select I --fix .
	$(BIN)/ruff format .

clean: ## Remove the built index, reports and caches (.venv stays)
	rm -rf build dist reports site *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find index -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	find . -path ./$(VENV) -prune -o -name __pycache__ -type d -prune -exec rm -rf {} +

# Each stamp is written last, so that an interrupted set-up is taken up again by the next `make`.

$(VENV)/.created:
	@command -v $(PYTHON) >/dev/null || { \
	  echo "'$(PYTHON)' is not on the PATH. Footnote needs Python 3.11 or newer:" \
	    "make run PYTHON=/path/to/python3" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Footnote needs Python 3.11 or newer, and '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." \
	    "Name another: make run PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "'$(PYTHON)' cannot make virtual environments: its venv module is missing." \
	    "On Debian and Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }
	@$(BIN)/python -m pip show --quiet pip >/dev/null 2>&1 || $(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.created pyproject.toml constraints.txt
	$(PIP_INSTALL) -e . $(PIP_ARGS)
	@touch $@

$(VENV)/.installed-dev: $(VENV)/.created pyproject.toml constraints.txt
	$(PIP_INSTALL) -e '.[dev]' $(PIP_ARGS)
	@touch $(VENV)/.installed $@
