# What a person does with Plumb's source. `make` alone lists it.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run build test test-release bench fuzz format check

sources := Sources Tests Benchmarks Package.swift Fuzz
# make test FILTER=KubeServerTests runs the tests whose names match.
FILTER ?=
# Of the tests that run the program, those that take the long way through it.
RELEASE_TESTS := CommandsTests\.(SyncTests|HookTests|RaceTests|HostSyncTests|HostWaitTests|HostGitTests|ServeHostTests|ServeClusterTests|TutorialTests)
# Tests wait for servers and processes most of the time, but all of them at once would be so slow that deadlines pass.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH ?= 8
# make run KUBECONFIG=FILE uses that cluster; one that is only in the environment is left alone.
ifeq ($(origin KUBECONFIG),environment)
override KUBECONFIG :=
endif

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: ## Build Plumb and apply a demo to this machine; with KUBECONFIG=… to a cluster
	@scripts/install-packages.sh run
	@swift build --product plumb
	@KUBECONFIG='$(KUBECONFIG)' exec scripts/demo.sh

build: ## Build .build/release/plumb, which needs neither Swift nor SQLite where it runs
	@scripts/install-packages.sh build
	@scripts/build-release.sh plumb

test: ## Run every test, against real servers
	@scripts/install-packages.sh test
	@scripts/kube-assets.sh > /dev/null
	@scripts/helm-reference.sh > /dev/null
	@swift build --build-tests
	@exec scripts/run-tests.sh $(if $(FILTER),--filter '$(FILTER)')

test-release: ## Run the main path's tests against the release build
	@$(MAKE) --no-print-directory build
	@scripts/kube-assets.sh > /dev/null
	@swift build --build-tests
	@PLUMB_BINARY="$$PWD/.build/release/plumb" exec scripts/run-tests.sh --filter '$(RELEASE_TESTS)'

bench: ## Measure Plumb beside the bare work, on this machine
	@scripts/install-packages.sh test
	@scripts/kube-assets.sh > /dev/null
	@$(MAKE) --no-print-directory build
	@exec scripts/bench.sh

fuzz: ## Feed made-up input to the readers of YAML, templates and archives; SECONDS=60 each
	@scripts/install-packages.sh build
	@exec scripts/fuzz.sh $(or $(SECONDS),60)

format: ## Format the source
	@swift format --in-place --parallel --recursive $(sources)

check: ## Tell what the formatter would change or objects to
	@swift format lint --strict --parallel --recursive $(sources)
