# Every target first sets the checkout up (.ci/setup), which is fast if it is up to date.
# GNU make 3.81 and later.

.DEFAULT_GOAL := help
.PHONY: help setup tools issue test test-slow test-browser lint lint-style lint-format lint-types \
        lint-shell format judge bench bench-preview bench-peers screenshot figures pages \
        diagnostics lock clean

ISSUES = issues/2026-11-25 issues/2026-12-09
python = $(run) .venv/bin/python
# Tests start many processes, each of which would compile all modules again.
compiled = PYTHONDONTWRITEBYTECODE=

# macOS's loader finds Homebrew's libraries only by this variable, which every /bin/sh drops.
ifeq ($(shell uname -s),Darwin)
run = DYLD_FALLBACK_LIBRARY_PATH="$$(brew --prefix)/lib"
endif

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

setup: ## install what is missing, and make .venv
	@.ci/setup

tools: ## also install linters, figure drawing and judges
	@.ci/setup tools

issue: setup ## build the sample issue into build/
	@for issue in $(ISSUES); do $(run) .venv/bin/typeset-press build "$$issue" --edition screen --edition html || exit; done

test: setup ## run the quick tests
	@$(compiled) $(python) -m pytest

test-slow: setup ## run the slow tests, including those of the wheel
	@$(compiled) $(python) -m pytest -m 'slow and not validators'

test-browser: tools ## drive the preview in Chromium
	@$(python) -m pytest -m browser --numprocesses=1

lint: lint-style lint-format lint-types lint-shell ## check style, types and common mistakes

lint-style: tools
	@.venv/bin/ruff check

lint-format: tools
	@.venv/bin/ruff format --check --quiet || { echo 'not formatted; run: make format'; exit 1; }

lint-types: tools
	@.venv/bin/mypy typeset tests tools

lint-shell: tools
	@shellcheck .ci/setup .ci/lock .ci/run tests/packaging/chroot.sh

format: tools ## format the sources
	@.venv/bin/ruff check --fix-only --quiet
	@.venv/bin/ruff format

judge: tools ## build all editions of the samples in both themes, and run the judges on them
	@$(python) -m tests.validators.samples build/judge
	@$(python) -m tests.validators.judge build/judge/*/*/*.pdf build/judge/*/*/*.html

bench: setup ## measure grid, speed and memory against their budgets
	@$(python) -m tests.benchmarks

bench-preview: tools ## measure how soon a save shows in the preview
	@$(python) -m tests.benchmarks.preview

bench-peers: tools ## compare with other typesetters, as far as they are installed
	@$(python) -m tests.benchmarks.peers

screenshot: tools ## take the README's picture of the preview again
	@$(python) tools/readme_preview.py

figures: tools ## draw the figures of the sample issues from their data
	@$(python) tools/figures/draw.py

pages: issue ## draw the README's picture of the pages
	@$(python) tools/readme_pages.py build/

diagnostics: setup ## write docs/diagnostics.md from the table of diagnostics
	@$(python) tools/diagnostics_docs.py

lock: ## lock the allowed versions again; UPGRADE=1 takes the newest
	@.ci/lock $(if $(UPGRADE),--upgrade)

clean: ## remove all that was built, except .venv
	@rm -rf build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache
