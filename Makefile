# Two commands to know: `make run` and `make test`. Both need only Python 3.11 to 3.13 (with venv) and make.
.DEFAULT_GOAL := help
.PHONY: help run web wheel test test-full test-access lint bench screenshots openapi lock clean
export PYTHON

help:
	@echo "make run        start Spona on http://localhost:8000 with a demonstration town"
	@echo "make web        build the web app alone (run and test do it, too)"
	@echo "make wheel      write dist/*.whl, the web app in it"
	@echo "make test       style, types and tests"
	@echo "make test-full  the same, long runs included"
	@echo "make test-access  every check of the access matrix (see docs/access-matrix.md)"
	@echo "make lint       style and types only"
	@echo "make screenshots  a picture of every page of the web app, in each language and at each width"
	@echo "make bench      measure against data sets of real size (see benchmarks/README.md)"
	@echo "make openapi    write openapi.yaml anew from the code"
	@echo "make lock       write the lock files anew from requirements/*.in"
	@echo "make clean      remove the embedded databases, the environment and every cache"

run:
	@scripts/bootstrap base && scripts/web && exec .venv/bin/python -m backend serve --demo

web:
	@scripts/bootstrap base && exec scripts/web

wheel:
	@scripts/bootstrap base && scripts/web && exec .venv/uv/bin/uv build --quiet --wheel --cache-dir .cache/uv

test:
	@scripts/bootstrap dev && scripts/lint && scripts/web && exec scripts/tests quick

test-full:
	@scripts/bootstrap dev && scripts/lint && scripts/web && exec scripts/tests full

test-access:
	@scripts/bootstrap dev && exec scripts/tests access

lint:
	@scripts/bootstrap dev && exec scripts/lint

# For example: make bench REFERRALS=100000 TEAMS=7 ROUNDS=3
REFERRALS = 100000 1000000
TEAMS = 7
ROUNDS = 3
bench:
	@scripts/bootstrap dev && exec .venv/bin/python -m benchmarks.run --referrals $(REFERRALS) --teams $(TEAMS) --rounds $(ROUNDS) $(OPTIONS)

screenshots: web
	@scripts/bootstrap dev && exec .venv/bin/python -m tests.browser.screenshots

openapi:
	@scripts/bootstrap base && exec .venv/bin/python -m backend spectacular --validate --fail-on-warn --file openapi.yaml

lock:
	@scripts/bootstrap dev && exec scripts/lock

clean:
	@scripts/clean
