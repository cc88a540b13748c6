# Needs Python 3.11 or newer as `python3`, and nothing else: everything goes into .venv.
PYTHON ?= python3
UV := .venv/bin/uv
export UV_PYTHON_DOWNLOADS := never

.PHONY: demo test fuzz bench

demo: $(UV)
	@$(UV) run --quiet --no-dev --inexact python examples/demo.py

# PySpark is half a gigabyte, and of use only with a Java to run it.
JAVA = $(shell "$${JAVA_HOME:+$$JAVA_HOME/bin/}java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')
SPARK = $(shell test "$(JAVA)" -ge 17 2>/dev/null && echo --group spark)

test: $(UV)
	$(UV) run --quiet $(SPARK) pytest -n auto --maxprocesses 4 --dist loadfile

# The drawn tests, with thousands of cases each instead of hundreds.
fuzz: $(UV)
	HYPOTHESIS_PROFILE=fuzz $(UV) run --quiet pytest tests/properties

# What scoring costs, beside other engines: measures for a quarter of an hour and writes docs/benchmarks.*
bench: $(UV)
	$(UV) run --quiet --group bench python -m benchmarks

$(UV):
	$(PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
