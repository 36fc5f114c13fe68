# The only door: `make` alone tells what there is.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PREFIX ?= /usr/local
DESTDIR ?=
SECONDS ?= 60
FILTER ?=
SCRIPT ?=
WARNINGS_AS_ERRORS ?= true
SCRATCH ?= .build
TOOLS := sr-ipfs sr-chain sr-job sr-node sr-proof sr-gpu
SHELL_FILES := .ci/run $(wildcard Tests/*/*.sh) $(wildcard contracts/*.sh) $(wildcard examples/*.sh)
REQUIREMENTS := contracts/devchain/requirements.txt contracts/requirements.txt Tests/requirements.txt
LIBEXEC = $(PREFIX)/libexec/sandrun

SWIFT_FLAGS := --scratch-path $(SCRATCH)
ifeq ($(WARNINGS_AS_ERRORS),true)
SWIFT_FLAGS += -Xswiftc -warnings-as-errors
endif
RELEASE_FLAGS := --scratch-path $(SCRATCH) -c release --static-swift-stdlib -Xlinker -s
RELEASE := $(SCRATCH)/release

APT := libcurl4-openssl-dev libsecp256k1-dev libssl-dev libzstd-dev libarchive-dev libsqlite3-dev \
  libseccomp-dev pkg-config curl openssl procps pocl-opencl-icd ocl-icd-libopencl1 bubblewrap util-linux jq zstd git shellcheck mandoc python3 python3-venv strace

.PHONY: help setup build release test check bench fuzz demo completions install uninstall clean

help:
	@echo 'make setup        install what is missing: Debian packages (with sudo), a Python venv'
	@echo 'make build        build for development'
	@echo 'make release      build for use: optimised, static Swift library, stripped'
	@echo 'make test         set up, build, run every test (FILTER=ProofsTests or SCRIPT=sr-job runs some)'
	@echo 'make check        format, lint, warnings as errors, shell scripts, man pages, file budgets'
	@echo 'make bench        time the tools against their peers, as ratios'
	@echo 'make fuzz         fuzz each decoder for SECONDS=$(SECONDS) (TARGET=rlp: one alone)'
	@echo 'make demo         set up, build, run a real job: on the spot, then for money on three nodes'
	@echo 'make completions  generate the committed shell completions anew'
	@echo 'make install      install under PREFIX=$(PREFIX), with DESTDIR for packagers; uninstall undoes it'
	@echo 'make clean        remove what was built'

setup: .venv/ready
	@Tests/Checks/packages.sh $(APT)

# The venv is made by whichever Python the machine has; its contents are pinned.
.venv/ready: $(REQUIREMENTS)
	@Tests/Checks/packages.sh $(APT)
	@rm -rf .venv
	@python3 -m venv .venv
	@.venv/bin/pip install --quiet --disable-pip-version-check $(addprefix -r ,$(REQUIREMENTS))
	@touch $@

build: setup
	swift build $(SWIFT_FLAGS) --build-tests

release: setup
	swift build $(RELEASE_FLAGS)

# What speaks over sockets or starts programs has limits of time; it is run apart, so that nothing else takes its time.
APART := HTTPTests EthereumRPCTests SendingTests EventStreamsTests WebSocketTests NodeClientTests NodeContentTests NodeEngineTests NodeServerTests IPFSClientsTests ScriptTests

test: build
ifneq ($(SCRIPT),)
	SANDRUN_SCRIPT='$(SCRIPT)' swift test $(SWIFT_FLAGS) --skip-build --filter ScriptTests
else ifneq ($(FILTER),)
	swift test $(SWIFT_FLAGS) --skip-build --filter '$(FILTER)'
else
	Tests/Checks/tests.sh $(SCRATCH) $(filter-out --scratch-path $(SCRATCH),$(SWIFT_FLAGS)) -- rest $(APART)
endif

check: setup
	swift format lint --strict --recursive Package.swift Sources Tests
	shellcheck $(SHELL_FILES)
	Tests/Checks/pages.sh man/*
	Tests/Checks/budgets.sh
	contracts/compile.sh --check
	swift build $(SWIFT_FLAGS) --build-tests
	Tests/Checks/completions.sh $(SCRATCH)/debug completions
	Tests/Checks/linking.sh $(SCRATCH)/debug
	$(MAKE) release
	Tests/Checks/linking.sh $(RELEASE)

bench: release
	.venv/bin/python Tests/Benchmarks/bench.py $(RELEASE)

# Each decoder in turn; TARGET=rlp feeds one alone.
TARGET ?= json rlp transaction abi typed-data keystore cid car dag-pb unixfs hamt
fuzz: setup
	Tests/Fuzz/build.sh .build-fuzz
	for target in $(TARGET); do \
	  mkdir -p .build-fuzz/found/$$target; \
	  .build-fuzz/fuzz-$$target -max_total_time=$(SECONDS) -max_len=4096 -print_final_stats=1 \
	    .build-fuzz/found/$$target Tests/Fuzz/corpus/$$target; \
	done

demo: build
	Tests/Checks/demo.sh $(SCRATCH)/debug

completions: build
	Tests/Checks/completions.sh --write $(SCRATCH)/debug completions

install: release
	install -d '$(DESTDIR)$(PREFIX)/bin'
	for tool in $(TOOLS); do install -m 755 "$(RELEASE)/$$tool" '$(DESTDIR)$(PREFIX)/bin/'; done
	for page in man/*; do \
	  section=man$${page##*.}; install -d "$(DESTDIR)$(PREFIX)/share/man/$$section"; \
	  install -m 644 "$$page" "$(DESTDIR)$(PREFIX)/share/man/$$section/"; \
	done
	install -d '$(DESTDIR)$(PREFIX)/share/bash-completion/completions' \
	  '$(DESTDIR)$(PREFIX)/share/zsh/site-functions' '$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d'
	for tool in $(TOOLS); do \
	  install -m 644 "completions/$$tool.bash" "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/$$tool"; \
	  install -m 644 "completions/$$tool.zsh" "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_$$tool"; \
	  install -m 644 "completions/$$tool.fish" "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/$$tool.fish"; \
	done
	rm -rf '$(DESTDIR)$(LIBEXEC)/devchain' '$(DESTDIR)$(LIBEXEC)/marketplace'
	install -d '$(DESTDIR)$(LIBEXEC)/devchain/api'
	install -m 644 contracts/devchain/*.py contracts/devchain/requirements.txt '$(DESTDIR)$(LIBEXEC)/devchain/'
	install -m 644 contracts/devchain/api/*.py '$(DESTDIR)$(LIBEXEC)/devchain/api/'
	install -d '$(DESTDIR)$(LIBEXEC)/marketplace'
	install -m 644 contracts/marketplace/*.json '$(DESTDIR)$(LIBEXEC)/marketplace/'
ifeq ($(DESTDIR),)
	@python3 -m venv '$(LIBEXEC)/venv' && \
	  '$(LIBEXEC)/venv/bin/pip' install --quiet --disable-pip-version-check \
	    -r '$(LIBEXEC)/devchain/requirements.txt' || { rm -rf '$(LIBEXEC)/venv'; \
	  echo 'install: warning: no Python packages for sr-chain dev; all else is installed' >&2; }
endif

uninstall:
	for tool in $(TOOLS); do \
	  rm -f "$(DESTDIR)$(PREFIX)/bin/$$tool" \
	    "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/$$tool" \
	    "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_$$tool" \
	    "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/$$tool.fish"; \
	done
	for page in man/*; do rm -f "$(DESTDIR)$(PREFIX)/share/man/man$${page##*.}/$${page##*/}"; done
	rm -rf '$(DESTDIR)$(LIBEXEC)'

clean:
	rm -rf .build .build-fuzz .venv dist demo-out
