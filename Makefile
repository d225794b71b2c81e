# Two commands matter: `make run` and `make test`. Each sets up what it needs first.
.DEFAULT_GOAL := help
.PHONY: help run test bench gallery check lock clean
PYTHON := .venv/bin/python

help:
	@echo "make run      set up and run the kiosk and its office server"
	@echo "make test     set up and run every check and test"
	@echo "make bench    measure; one JSON object a line"
	@echo "make gallery  a picture of every screen into build/gallery"
	@echo "make check    only the fast checks: lint, types, floors"
	@echo "make lock     write requirements.lock anew from pyproject.toml"

run:
	@.setup/prepare run
	@exec .venv/bin/kiosk run $(ARGS)

test:
	@.setup/prepare test
	@.setup/checks
	@exec $(PYTHON) -m pytest --cov --cov-report=term:skip-covered $(ARGS)

bench:
	@.setup/prepare test
	@exec $(PYTHON) -m tests.bench $(ARGS)

gallery:
	@.setup/prepare test
	@exec $(PYTHON) -m tests.gallery build/gallery $(ARGS)

check:
	@.setup/prepare test
	@.setup/checks

lock:
	@.setup/prepare test
	@.venv/bin/uv pip compile --quiet --all-extras --generate-hashes --no-header --no-annotate --no-emit-index-url \
		--no-emit-find-links --python-version 3.11 --output-file requirements.lock pyproject.toml

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache .coverage
