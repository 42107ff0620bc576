# The project's commands. `make` lists them. What they do is in scripts/, in a few lines each.

PYTHON ?= python3
PORT ?= 8000
LANGUAGES := fr es pt ar
BIN := .venv/bin
ENVIRONMENT := $(PYTHON) scripts/environment.py
MANAGE := $(BIN)/python manage.py

.DEFAULT_GOAL := help
.PHONY: help setup run run-with-elasticsearch demo test check lint format layers migrations messages services stop bench \
	bench-search bench-calendar bench-import bench-digests bench-mail bench-registration bench-directory relevance browser requirements clean dev-environment

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-22s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Using it

run: ## Make everything that is missing and serve the demo site (PORT=8000)
	@$(ENVIRONMENT) demo
	@$(BIN)/python scripts/run.py --port $(PORT)

run-with-elasticsearch: ## The same with a real Elasticsearch behind the search; `make stop` ends it
	@$(ENVIRONMENT) demo
	@url=$$($(BIN)/python scripts/elasticsearch.py start) && export ELASTICSEARCH_URL=$$url && \
		$(BIN)/python scripts/run.py --port $(PORT)

demo: ## Load the demo content again, from the files as they are now
	@$(ENVIRONMENT) demo
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) load_demo
	@$(MANAGE) demo_logins

# Working on it

setup: dev-environment ## Install the tools, the hook before each commit, and the demo site
	@$(BIN)/pre-commit install
	@$(MAKE) --no-print-directory demo

test: dev-environment ## Run all tests with real services, on SQLite and on PostgreSQL (ARGS=)
	@$(BIN)/python scripts/test.py $(ARGS)

check: lint layers migrations test ## Everything that CI asks

lint: dev-environment ## Check the code's and the templates' style
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/djlint --quiet --lint templates

format: dev-environment ## Put the code into the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

layers: dev-environment ## Check that imports only look down
	PYTHONPATH=.:site $(BIN)/lint-imports

migrations: dev-environment ## Check that no migration is missing
	$(MANAGE) makemigrations --check --dry-run

messages: dev-environment ## Collect the interface texts to translate, compile the translations (gettext)
	$(MANAGE) makemessages $(LANGUAGES:%=--locale=%) --no-obsolete --ignore=.venv --ignore=var --ignore=tests
	$(MANAGE) compilemessages $(LANGUAGES:%=--locale=%) --ignore=.venv

browser: dev-environment ## Run only the tests in a real browser
	$(BIN)/pytest -m browser $(ARGS)

bench: dev-environment ## Measure the pages against a constant view and a fresh Wagtail site
	@$(BIN)/python -m benchmarks.pages $(ARGS)

bench-search: dev-environment ## Measure the search against what Elasticsearch alone needs (ARGS=)
	@$(BIN)/python -m benchmarks.search $(ARGS)

bench-mail: dev-environment ## Kill the mailer all the time, plan by three at once; count what is lost or comes twice (ARGS=)
	@$(BIN)/python -m benchmarks.mailer $(ARGS)
	@$(BIN)/python -m benchmarks.reminders

bench-digests: dev-environment ## Plan the digest of 200,000 members, kill it half way, count exactly (ARGS=)
	@$(BIN)/python -m benchmarks.digests $(ARGS)

bench-import: dev-environment ## Import a list of 10,000 members and take out 50,000 (ARGS=)
	@$(BIN)/python -m benchmarks.lists $(ARGS)

bench-directory: dev-environment ## Ask for pages of the directory of 200,000 members (ARGS=)
	@$(BIN)/python -m benchmarks.directory $(ARGS)

bench-registration: dev-environment ## Let 500 people register at once for 100 seats, on both databases (ARGS=)
	@$(BIN)/python -m benchmarks.registration $(ARGS)

bench-calendar: dev-environment ## Ask a calendar of 10,000 events for months, lists and feeds (ARGS=)
	@$(BIN)/python -m benchmarks.calendar $(ARGS)

relevance: dev-environment ## Compare what the search finds with what people judged (ARGS=)
	@$(BIN)/python -m benchmarks.relevance $(ARGS)

services: dev-environment ## Start PostgreSQL and Elasticsearch and leave them running
	@$(BIN)/python scripts/postgres.py start
	@$(BIN)/python scripts/elasticsearch.py start

stop: ## Stop the services
	@$(PYTHON) scripts/postgres.py stop
	@$(PYTHON) scripts/elasticsearch.py stop

requirements: dev-environment ## Pin the newest allowed versions of everything again
	@$(BIN)/python scripts/requirements.py

clean: stop ## Remove the environment, the demo's database and files, and caches
	rm -rf .venv var media staticfiles .pytest_cache .ruff_cache .import_linter_cache

dev-environment:
	@$(ENVIRONMENT) dev
