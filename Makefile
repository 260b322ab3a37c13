# Two commands are enough: `make run` opens the sample clinic, `make test` runs every test.
# Both set everything up first, in .venv, with nothing but python3 (3.11 or newer), pip and make.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready

.PHONY: run test check bench clean set-up
.NOTPARALLEL:

run: $(READY)
	@$(BIN)/python -m ketadesk --demo

test: $(READY)
	@$(BIN)/python -m pytest $(TESTS)

check: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/python -m mypy
	@$(BIN)/lint-imports

bench: $(READY)
	@$(BIN)/python -m tests.benchmarks

clean:
	rm -rf .venv .bench build dist out htmlcov .coverage .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

set-up: $(READY)

# Done again when what the project needs has changed; the mark is set last, so a broken-off set-up starts over.
# pip installs into .venv from outside, because Debian's python3 alone cannot put pip into a venv.
$(READY): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "KetaDesk needs Python 3.11 or newer, and there is no $(PYTHON) here." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "KetaDesk needs Python 3.11 or newer; $(PYTHON) is $$($(PYTHON) -V). Name another one: make run PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up KetaDesk in .venv (once; it takes about a minute)."
	@$(BIN)/python -c '' 2>/dev/null || $(PYTHON) -m venv --clear --without-pip .venv
	@if $(PYTHON) -m pip --python $(BIN)/python --version >/dev/null 2>&1; then \
	    installer="$(PYTHON) -m pip --python $(BIN)/python"; \
	elif $(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip >/dev/null 2>&1; then \
	    installer="$(BIN)/python -m pip"; \
	else \
	    echo "KetaDesk needs pip 22.3 or newer; on Debian: apt install python3-pip" >&2; exit 1; \
	fi; \
	PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore \
	    $$installer install --quiet -c constraints.txt -e '.[dev]'
	@touch $@
