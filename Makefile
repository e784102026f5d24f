# Needs make and Python 3.11 or later. Everything else is installed into .venv.

PORT = 8000
ARGS =
ROOM =
UPGRADE =

PYTHON = .venv/bin/python
COMPILE = .venv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make requirements" $(UPGRADE)

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

demo: ## Build the demo clinics and serve them on http://localhost:8000 (PORT=8001 for another port)
	@.ci/environment requirements.txt
	@DJANGO_SETTINGS_MODULE=clinicsite.settings.development; \
	WAGTAILADMIN_BASE_URL=http://localhost:$(PORT); \
	export DJANGO_SETTINGS_MODULE WAGTAILADMIN_BASE_URL; \
	$(PYTHON) manage.py migrate --verbosity 0 && \
	$(PYTHON) manage.py build_demo --port $(PORT) && \
	{ nice $(PYTHON) manage.py prepare_pictures --verbosity 0 & } && \
	exec $(PYTHON) manage.py runserver 127.0.0.1:$(PORT)

test: ## Run every test (ARGS="-k hours -n 0" passes options to pytest)
	@.ci/environment requirements-dev.txt
	@CHROMIUM=$$(.ci/chromium) && export CHROMIUM && $(PYTHON) -m pytest $(ARGS)

mutants: ## Change one thing at a time in a room and see whether a test notices (ROOM=hours; rooms: tests/mutants.toml)
	@.ci/environment requirements-dev.txt
	@$(PYTHON) -m tools.mutants $(ROOM) $(ARGS)

lint: ## Check style, templates, the direction of imports, and types
	@.ci/environment requirements-dev.txt
	@.ci/lint

format: ## Rewrite Python and templates in the project's style
	@.ci/environment requirements-dev.txt
	@.venv/bin/ruff check --quiet --select I --fix .
	@.venv/bin/ruff format .
	@find templates clinicsite -name '*.html' -exec .venv/bin/djade --target-version 5.2 {} + || true

requirements: ## Pin the dependencies of pyproject.toml again (UPGRADE=--upgrade takes newer releases)
	@.ci/environment requirements-dev.txt
	@$(COMPILE) --output-file requirements.txt
	@$(COMPILE) --group dev --constraint requirements.txt --output-file requirements-dev.txt

wheel: ## Build the wheel into dist/
	@.ci/environment requirements-dev.txt
	@$(PYTHON) -m build --wheel --no-isolation

screenshots: ## Take the pictures of README.md and docs/ again (ARGS="--all record": every page type of every clinic)
	@.ci/environment requirements-dev.txt
	@CHROMIUM=$$(.ci/chromium) && export CHROMIUM && $(PYTHON) -m tests.browser.screenshots $(ARGS)

clean: ## Remove the environment, caches and builds; the database and uploaded files stay
	@rm -rf .venv .hypothesis .import_linter_cache .mutants .mypy_cache .pytest_cache .ruff_cache build dist staticfiles
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help demo test mutants lint format requirements wheel screenshots clean
