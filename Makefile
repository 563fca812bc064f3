# Everything a newcomer needs: `make demo` and `make test`. Both set up what they need first.

SWIFT ?= swift
PYTHON ?= python3
CONFIGURATION ?= release
# Options of Benchmarks/bench.py.
BENCH ?=
# Options of Benchmarks/quality.py.
QUALITY ?=
SOURCES = Package.swift Sources Tests Examples

.PHONY: demo test build setup tensorboard lint format bench quality reliability clean help

help:
	@echo "make demo     fine-tune a small BERT on the paraphrase corpus and show the results"
	@echo "make test     check the format, build everything, run all tests"
	@echo "make build    build the finetune tool (.build/$(CONFIGURATION)/finetune)"
	@echo "make bench    compare speed and memory with the Python Trainer"
	@echo "make quality  compare accuracy and F1 with the Python Trainer over seeds"
	@echo "make reliability  kill, interrupt and damage thousands of runs"
	@echo "make format   format all Swift sources"

setup:
	@$(PYTHON) Tools/bootstrap.py

build: setup
	$(SWIFT) build -c $(CONFIGURATION) --product finetune

demo: setup
	$(SWIFT) build -c $(CONFIGURATION) --product finetune
	$(SWIFT) build -c $(CONFIGURATION) --product ParaphraseDemo
	.build/$(CONFIGURATION)/ParaphraseDemo

test: setup lint tensorboard
	$(SWIFT) build -c $(CONFIGURATION) --build-tests
	$(SWIFT) test -c $(CONFIGURATION) --skip-build
	$(PYTHON) -m unittest discover -q Benchmarks

tensorboard:
	@$(PYTHON) Tools/tensorboard.py

lint:
	$(SWIFT) format lint --strict --parallel --recursive $(SOURCES)

format:
	$(SWIFT) format --in-place --parallel --recursive $(SOURCES)

# How many times the numbers of `make test`, and where the dated table goes.
TIMES ?= 10
REPORT ?= .build/reliability.md

reliability: setup
	$(SWIFT) build -c $(CONFIGURATION) --product ReliabilityRun
	.build/$(CONFIGURATION)/ReliabilityRun all $(TIMES) $(REPORT)

bench: build
	$(PYTHON) Benchmarks/bench.py $(BENCH)

quality: build
	$(PYTHON) Benchmarks/quality.py $(QUALITY)

clean:
	rm -rf .build
