# `make` lists what there is to make.

PYTHON ?= python3

BIN := .venv/bin
# A stamp carries the checksum of what it installed, so nothing is installed twice.
RUNTIME := .venv/.runtime-$(firstword $(shell cat requirements.txt | cksum))
DEVELOPMENT := .venv/.development-$(firstword $(shell cat requirements.txt requirements-dev.txt | cksum))
NODE_TOOLS := tests/node/node_modules/.installed-$(firstword $(shell cat tests/node/package-lock.json 2>/dev/null | cksum))

.DEFAULT_GOAL := help
.PHONY: help run test check format bench references proofs faults stripe-fake lighthouse prepare clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: $(RUNTIME) ## Set up what is missing and open the shop on PORT (3000)
	@$(BIN)/python -m pet_app run

test: $(DEVELOPMENT) $(NODE_TOOLS) ## Set up what is missing and run every test
	@sh tools/chromium.sh
	@$(BIN)/pytest -n 3 --dist loadscope --no-loadscope-reorder

check: $(DEVELOPMENT) ## Check format, lint, types and which module imports which
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports

format: $(DEVELOPMENT) ## Put the code into its format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(DEVELOPMENT) ## Measure what has to be fast, into build/bench.json
	@$(BIN)/python -m tests.benchmarks

references: $(DEVELOPMENT) ## Path trace the scenes pictures are judged by; an hour, goes on where it stopped
	@$(BIN)/python -m tests.references

proofs: $(DEVELOPMENT) $(NODE_TOOLS) ## Measure 2,000 designs on their files, 500 carts to the cent, two processors' pictures
	@$(BIN)/python -m tests.proofs
	@SETS=2000 BODIES=200 $(BIN)/pytest tests/builder/test_constraints_settled.py tests/builder/test_body.py
	@CARTS=500 $(BIN)/pytest -s tests/flows/test_agreement.py tests/checkout/test_agreement.py
	@PROCESSORS=1 $(BIN)/pytest -s tests/builder/test_render_processors.py
	@LOOKS=1 $(BIN)/pytest -s tests/browser/test_live_agrees.py
	@APART=1 $(BIN)/pytest -s tests/browser/test_apart.py

faults: $(DEVELOPMENT) $(NODE_TOOLS) ## Kill the shop while it works, race for tokens, send it anything at all
	@KILLS=20 $(BIN)/pytest -s tests/faults/test_kill_while_saving.py tests/faults/test_letters.py tests/faults/test_kills.py
	@KILLS=60 $(BIN)/pytest -s tests/faults/test_kill_while_selling.py
	@KILLS=20 $(BIN)/pytest -s tests/faults/test_kill_while_issuing.py
	@IMPORT_ROWS=100000 IMPORT_KILLS=10 $(BIN)/pytest -s tests/licensing/test_importing.py
	@KILLS=20 $(BIN)/pytest -s tests/faults/test_kill_while_reminding.py
	@KILLS=10 PICTURES=10000 $(BIN)/pytest -s tests/faults/test_kill_while_rendering.py
	@WEBHOOKS=24000 BAD=10000 $(BIN)/pytest -s tests/faults/test_webhook_flood.py tests/faults/test_bad_webhooks.py
	@LIVES=200 $(BIN)/pytest -s tests/flows/test_machine.py
	@PROCESSES=4 $(BIN)/pytest tests/test_startup.py -k several_processes
	@ROUNDS=200 $(BIN)/pytest tests/faults/test_refresh_race.py
	@EXAMPLES=200 $(BIN)/pytest tests/test_contract.py
	@EVENTS=10000 $(BIN)/pytest tests/browser/test_storm.py

stripe-fake: $(DEVELOPMENT) ## Run a stand-in for Stripe on port 12111, and say how to pay by it
	@$(BIN)/python -m tests.stripe

lighthouse: $(DEVELOPMENT) $(NODE_TOOLS) ## Score the pages of the shop that runs on PORT
	@$(BIN)/python tools/lighthouse.py

prepare: $(RUNTIME) ## Migrate the database, fill an empty shop, warm the caches
	@$(BIN)/python -m pet_app prepare

clean: ## Remove what was built, but no data and no environment
	rm -rf .web .states build .pytest_cache .ruff_cache .import_linter_cache .coverage

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed; name it with PYTHON=python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv

$(RUNTIME): | .venv/bin/python
	@echo "Installing what the shop runs on"
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@rm -f .venv/.runtime-* && touch $@

$(DEVELOPMENT): | .venv/bin/python
	@echo "Installing what tests and checks need"
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@rm -f .venv/.development-* && touch $@

$(NODE_TOOLS): | $(DEVELOPMENT)
	@echo "Installing axe-core, the glTF validator, Lighthouse and an OpenID provider"
	@cd tests/node && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-fund --no-audit
	@touch $@
