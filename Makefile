# Opora. `make` lists the targets.
SHELL := /bin/bash
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help simulate up demo bridge-deps test run-conformance bench bench-quick bench-profile conformance generate build release format lint deps test-deps swift

LIBRARIES := libzmq3-dev libsqlite3-dev libstemmer-dev libcurl4-openssl-dev tzdata
PYTHON_PACKAGES := pyzmq aiosmtpd pytest jsonschema fastjsonschema pyyaml mypy setuptools wheel
SOURCES := Sources Tests plugins Package.swift Benchmarks/Package.swift Benchmarks/Sources/ReactorEcho
# Longer than a test run ever takes: a hang ends as a failure. INT, because swift and pytest then end what they started.
TEST_SECONDS := 1500
LIMIT := timeout --foreground --signal=INT --kill-after=30 $(TEST_SECONDS)
export OPORA_PYTHON := $(CURDIR)/.venv/bin/python
# Every message of every kernel that the tests start; checked against the schemas at the end.
TRAFFIC := $(CURDIR)/.build/traffic
# Changed inputs that the conformance run sends at its end; it prints their seed: --mutate 3000 --seed N sends the same again.
MUTATIONS := 3000

help: ## List the targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/\1\t\2/p' Makefile | expand -t 15

up: release bridge-deps ## Start a desk in DIR (.opora): kernel and plugins; Ctrl-C stops it
	@exec .build/release/opora up $(if $(DIR),--dir "$(DIR)")

demo: release ## Start a desk in a scratch folder, fill it from LOG=FILE or SEED=N, show a report; ONCE=1 stops it then
	@exec .build/release/opora demo $(if $(LOG),--log "$(LOG)") $(if $(ZONE),--zone "$(ZONE)") $(if $(SEED),--seed "$(SEED)") \
		$(if $(TICKETS),--tickets "$(TICKETS)") $(if $(DIR),--dir "$(DIR)") $(if $(ONCE),--once)

test: deps test-deps lint ## Install what tests need, lint, build, run all tests
	swift build --build-tests
	rm -rf $(TRAFFIC)
	OPORA_TRAFFIC_DIR=$(TRAFFIC) $(LIMIT) swift test --skip-build --no-parallel \
		|| { echo "make test: swift test failed, or took over $(TEST_SECONDS) s"; exit 1; }
	OPORA_TRAFFIC_DIR=$(TRAFFIC) OPORA_BIN="$$(swift build --show-bin-path)" $(LIMIT) $(OPORA_PYTHON) -m pytest Tests/Python -q
	cd protocol/python && $(LIMIT) $(OPORA_PYTHON) -m pytest tests -q
	OPORA_TRAFFIC_DIR=$(TRAFFIC) $(MAKE) run-conformance
	$(OPORA_PYTHON) protocol/tools/check_traffic.py --complete $(TRAFFIC)

simulate: deps ## Simulate a desk for STEPS=N with faults, restarts and repeats; SEED=S says which story, PLANT=KIND plants a bug
	swift build -c release --product simulation
	.build/release/simulation --steps $(or $(STEPS),100000) $(if $(SEED),--seed $(SEED)) $(if $(PLANT),--plant $(PLANT))

bench: bench-programs ## Measure the kernel against its targets; LOG=FILE adds the import, RECORD=1 writes docs/performance.md
	cd Benchmarks && LOG="$(abspath $(LOG))" $(OPORA_PYTHON) -m opora_bench $(if $(RECORD),--record) $(if $(REUSE),--reuse)

bench-quick: bench-programs ## The same in under 3 minutes, with short rounds and a small desk: to try things out
	cd Benchmarks && LOG="$(abspath $(LOG))" $(OPORA_PYTHON) -m opora_bench --quick

bench-profile: bench-programs ## Show with perf where the kernel's time goes under METHOD (ticket.create)
	cd Benchmarks && $(OPORA_PYTHON) -m opora_bench.profile $(METHOD)

bench-programs: deps test-deps
	@.ci/install redis-server
	swift build -c release --no-color-diagnostics --product oporad
	swift build -c release --no-color-diagnostics --product opora
	swift build -c release --no-color-diagnostics --package-path Benchmarks

conformance: deps test-deps ## Build a kernel and hold it to every paragraph of the protocol
	swift build --product oporad
	$(MAKE) run-conformance

run-conformance:
	cd protocol && $(LIMIT) $(OPORA_PYTHON) -m conformance --oporad "$$(swift build --show-bin-path)/oporad" --coverage --mutate $(MUTATIONS)

generate: test-deps ## Make again what is generated from protocol/schemas
	$(OPORA_PYTHON) protocol/tools/generate.py
	$(OPORA_PYTHON) protocol/python/generate.py

build: deps ## Build everything for debugging
	swift build

release: deps ## Build everything optimised
	swift build -c release --no-color-diagnostics

format: swift ## Lay the sources out as .swift-format says
	swift format --in-place --parallel --recursive $(SOURCES)

lint: swift ## Check the layout and style of the sources
	swift format lint --strict --parallel --recursive $(SOURCES)

swift:
	@command -v swift >/dev/null || { echo "Swift 6.2 or later is needed: https://www.swift.org/install/linux"; exit 1; }

deps: swift ## Install the C libraries that are missing (Debian, Ubuntu)
	@.ci/install $(LIBRARIES)

# The Alertmanager bridge is written in Python; without one the desk runs all the same.
BRIDGE_PYTHON := import sys, zmq; sys.exit(sys.version_info < (3, 11))
bridge-deps:
	@$(OPORA_PYTHON) -c '$(BRIDGE_PYTHON)' 2>/dev/null || python3 -c '$(BRIDGE_PYTHON)' 2>/dev/null || { \
		python3 -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && \
		echo "making .venv with pyzmq, for the Alertmanager bridge" && python3 -m venv --clear .venv && \
		$(OPORA_PYTHON) -m pip install --quiet --disable-pip-version-check pyzmq; } || true

test-deps: ## Make .venv with the Python packages that tests need
	@python3 -c 'import ensurepip, venv' 2>/dev/null || .ci/install python3 python3-venv
	@$(OPORA_PYTHON) -c 'import zmq, aiosmtpd, pytest, jsonschema, fastjsonschema, yaml, mypy, wheel' 2>/dev/null || { \
		echo "making .venv with $(PYTHON_PACKAGES)" && python3 -m venv --clear .venv && \
		$(OPORA_PYTHON) -m pip install --quiet --disable-pip-version-check $(PYTHON_PACKAGES); }
