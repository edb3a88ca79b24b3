# Two commands do all the set-up: `make grade` and `make test`. `make help` lists the rest.
PYTHON ?= python3
VENV   := .venv
READY  := $(VENV)/.ready
export PATH := $(CURDIR)/$(VENV)/bin:$(PATH)
# Commands and tests start hundreds of Pythons: each would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help grade test test-wheel test-versions notebooks lint mutants attacks answers browser soak soak-queue test-nbgrader bench performance data clean

help:  ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

grade: $(READY)  ## Build, release and grade; an empty submitted/ gets a demo class
	@chainrule build
	@chainrule demo --if-empty
	@chainrule grade

# Tests wait for other processes a good part of their time: two more than there are cores keep the cores busy.
TESTERS = $(shell $(PYTHON) -c "import os; print(min(8, (os.cpu_count() or 1) + 2))")
# Tests that share fixtures stay in one process (tests/conftest.py); what takes longest begins first.
SHARED_OUT = --numprocesses $(TESTERS) --dist loadscope --no-loadscope-reorder

test: $(READY)  ## Run all tests
	@python -m pytest $(SHARED_OUT) --durations 15

notebooks: $(READY)  ## Build source/ and release/ from assignments/
	@chainrule build

lint: $(READY)  ## Check style, types, the walls between the rooms, and the declared dependencies
	@ruff check .
	@ruff format --check .
	@mypy
	@lint-imports --no-logo
	@deptry src assignments bench tests tests/*/ tests/*/*/

mutants: $(READY)  ## Mutate every solution and list the mutants that no check notices
	@chainrule mutants
	@chainrule mutants --habits

test-wheel: $(READY)  ## Install the engine alone, from a wheel, and grade nbgrader's example course with it
	@python -m pytest tests/project/wheel.py

soak: $(READY)  ## Grade 1,000 submissions, a fifth hostile, through ten kills, and compare with a calm run (long)
	@python tests/soak.py

soak-queue: $(READY)  ## Grade 1,000 submissions by a queue whose workers and database die, and compare with a calm run (long)
	@python tests/soak_queue.py
	@python tests/queue_of_stubs.py

test-nbgrader: $(READY)  ## Run nbgrader's own tests, which its wheel carries, with the engine on (long)
	@cd tests/project && PYTHONPATH=. USER=$$(id -un) python -m pytest -c /dev/null --confcutdir=. -p no:cacheprovider \
	    -p no:randomly -p engine_on --numprocesses $(TESTERS) --pyargs nbgrader.tests

test-versions: $(READY)  ## Run the engine's tests at the lowest versions, and on every Python here (long)
	@python tests/project/versions.py

attacks: $(READY)  ## Hand in every attack and see that none gains anything
	@ATTACKS=every python -m pytest tests/attacks

answers: $(READY)  ## Try every right and wrong answer of the course, in the notebook and in the referee
	@ANSWERS=every python -m pytest $(SHARED_OUT) tests/course/test_all_answers.py tests/course/test_ends.py

browser: $(READY)  ## Use every page in Chromium as students and teachers do; SCREENSHOTS=1 writes the pictures of docs/
	@BROWSER=every python -m pytest tests/browser

bench: $(READY)  ## Compare the cost of grading one class with stock nbgrader's (`python -m bench --help`: with others, too)
	@python -m bench

performance: $(READY)  ## Measure docs/performance.md anew, on a machine with nothing else to do: a quarter of an hour (OTTER=folder: Otter-Grader, too)
	@python -m bench --students 200 --workers 2 --stock 3 --write
	@python -m bench --students 10 --queue $(if $(OTTER),--otter $(OTTER)) --write
	@python -m bench --students 20 --kind mixed --workers 2 --write
	@python -m bench.steps 01_computational_graph --write
	@python -m bench.steps 05_autodiff --write

data: $(READY)  ## Make the data sets again from their sources (needs the network and npm)
	@python data/make_data.py

clean:  ## Remove the environment and everything that runs have made
	rm -rf $(VENV) .chainrule submitted autograded/*/ feedback gradebook.db

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Chainrule needs Python 3.11 or later, and this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12")'
	@echo "Setting up $(VENV) (about a minute, once)"
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@$(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[author,course,dev,postgres,queue,term]'
	@chainrule colab --ask
	@touch $@
