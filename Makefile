# Every command sets the course up in .venv first; that takes minutes once and no time afterwards.
PYTHON ?= python3
RUN = PATH="$(CURDIR)/.venv/bin:$$PATH" .venv/bin/python -m
COMPILE = .venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --fork-strategy fewest --generate-hashes \
  --no-annotate --no-emit-index-url --no-header --quiet

# Left over from another program, they would hide what is in .venv, or change what Python does with it.
unexport PYTHONHOME PYTHONPATH PYTHONSAFEPATH PYTHONOPTIMIZE PYTHONWARNINGS

.PHONY: help setup setup-dev lab doctor test test-quick lint release grade prove demo site bench lock clean
.DEFAULT_GOAL := help

help: ## show these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' $(MAKEFILE_LIST) | awk -F'|' '{ printf "make %-11s %s\n", $$1, $$2 }'

setup:
	@$(PYTHON) -m course_lib.install

setup-dev:
	@$(PYTHON) -m course_lib.install --dev

lab: setup ## learn: the lessons in JupyterLab, in your browser
	@$(RUN) course_lib.lab

doctor: setup ## say what this machine lacks, and the cure
	@$(RUN) course_lib.doctor

test: setup-dev ## everything: style, types, notebooks, real Spark, nbgrader, browser
	@$(RUN) pytest -n auto

test-quick: setup-dev ## style, types and the tests that take seconds: about a minute
	@$(RUN) pytest -n auto -m "not slow"

lint: setup-dev ## style and types alone
	@$(RUN) pytest tests/test_style.py

release: setup ## teach: make the students' version in release/
	@$(RUN) autograder.cli release

grade: setup ## teach: grade what lies in submitted/
	@$(RUN) autograder.cli grade

prove: setup ## run the bank of right and wrong answers through the grader
	@$(RUN) autograder.cli prove

demo: setup ## grade a made-up class of twelve
	@$(RUN) autograder.cli demo

site: setup-dev ## the course on the web, in site/: lessons with their outputs, without solutions
	@$(RUN) autograder.cli site

bench: setup-dev ## measure lessons, grading against plain nbgrader, by stages and on a cluster, Binder's image (an hour)
	@$(RUN) tests.benchmarks
	@$(RUN) tests.benchmarks.grading
	@$(RUN) tests.benchmarks.stages
	@$(RUN) tests.benchmarks.serving
	@$(RUN) tests.benchmarks.scaling
	@$(RUN) tests.benchmarks.image

lock: setup-dev ## remake requirements.txt and requirements-dev.txt from pyproject.toml
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --extra dev --constraints requirements.txt --output-file requirements-dev.txt

clean: ## remove .venv and what tools left behind; nobody's work
	rm -rf .venv build site *.egg-info .pytest_cache .mypy_cache .ruff_cache spark-warehouse metastore_db derby.log
