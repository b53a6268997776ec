# dissect: build, test, measure, install. `make help` lists the targets.

PREFIX  ?= /usr/local
DESTDIR ?=
BUILD   ?= build
CC      ?= gcc
CLANG   ?= clang

# `make V=1` shows whole command lines.
say = $(if $(V),,@echo '  $(1)  $@';)

PACKAGES = gcc make pkg-config libpcap-dev libcmocka-dev zlib1g-dev libzstd-dev libbrotli-dev libssl-dev libpcre2-dev libmaxminddb-dev python3
# What only some targets want: the reference, the fuzzers, the other dissectors to measure against.
EXTRA_PACKAGES = tshark tcpdump clang libclang-rt-14-dev clang-format cppcheck hyperfine ieee-data

CPPFLAGS += -D_GNU_SOURCE -Iinclude
WARNINGS  = -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla \
            -Wno-missing-field-initializers -Werror
OPTIMISE ?= -O3 -g
CFLAGS   += -std=gnu11 $(OPTIMISE) $(WARNINGS) -pthread -fno-strict-aliasing $(EXTRA_CFLAGS)
LDLIBS   += -lpcap -lz -lzstd -lbrotlidec -lcrypto -lpcre2-8 -lmaxminddb -pthread

SOURCES  = $(sort $(wildcard src/*/*.c) $(filter-out src/main.c,$(wildcard src/*.c)))
OBJECTS  = $(SOURCES:src/%.c=$(BUILD)/%.o)
LIBRARY  = $(BUILD)/libdissect.a
UNITS    = $(sort $(wildcard tests/unit/test_*.c))
UNIT_BIN = $(UNITS:tests/unit/%.c=$(BUILD)/unit/%)
ASK      = $(BUILD)/ask
FUZZERS  = $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_BIN = $(FUZZERS:tests/fuzz/%.c=$(BUILD)/fuzz/%)
FUZZ_SECONDS ?= 60

all: dissect ## build ./dissect

dissect: $(BUILD)/main.o $(LIBRARY)
	$(call say,LINK)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(LIBRARY): $(OBJECTS)
	@rm -f $@
	$(call say,AR  )$(AR) rcs $@ $^

$(BUILD)/%.o: src/%.c Makefile
	@mkdir -p $(@D)
	$(call say,CC  )$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/unit/%: tests/unit/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(call say,TEST)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -o $@ $< $(LIBRARY) -lcmocka $(LDLIBS)

$(ASK): tests/filter/ask.c $(LIBRARY)
	$(call say,TEST)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -o $@ $< $(LIBRARY) $(LDLIBS)

deps: ## install the Debian packages that building and testing need
	apt-get update -qq
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(PACKAGES)

deps-extra: deps ## and those that measuring, fuzzing and comparing with tshark need
	DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(EXTRA_PACKAGES)

test: dissect $(UNIT_BIN) $(ASK) ## run unit, golden and command-line tests
	@for t in $(UNIT_BIN); do $$t || exit 1; done
	@tests/golden/run ./dissect
	@tests/filter/run $(ASK)
	@tests/cli/run ./dissect

bench: dissect ## measure against tshark and tcpdump
	@tests/bench/run ./dissect

fuzz: ## run every fuzz target for FUZZ_SECONDS
	$(MAKE) BUILD=$(BUILD)/fuzzing CC=$(CLANG) OPTIMISE="-O1 -g" \
	  EXTRA_CFLAGS="-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined" fuzz-targets
	@tests/fuzz/run $(BUILD)/fuzzing/fuzz $(FUZZ_SECONDS)

fuzz-targets: $(FUZZ_BIN)

$(BUILD)/fuzz/%: tests/fuzz/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -fsanitize=fuzzer -o $@ $< $(LIBRARY) $(LDLIBS)

sanitize: ## build under ASan and UBSan and run it over captures/ and SAMPLE
	$(MAKE) BUILD=$(BUILD)/sanitize OPTIMISE="-O1 -g" \
	  EXTRA_CFLAGS="-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer" sanitized
	@tests/sanitize $(BUILD)/sanitize/dissect captures $(SAMPLE)

sanitized: $(BUILD)/dissect
$(BUILD)/dissect: $(BUILD)/main.o $(LIBRARY)
	$(call say,LINK)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

format: ## lay out the C code as .clang-format says
	clang-format -i $$(git ls-files '*.c' '*.h')

lint: ## static analysis
	cppcheck --quiet --enable=warning,portability,performance --inline-suppr --error-exitcode=1 \
	  --suppress=missingIncludeSystem --std=c11 -Iinclude src

install: dissect ## install under PREFIX (DESTDIR honoured)
	install -D -m 755 dissect $(DESTDIR)$(PREFIX)/bin/dissect
	install -D -m 644 src/dissect.1 $(DESTDIR)$(PREFIX)/share/man/man1/dissect.1
	install -D -m 644 src/dissect.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/dissect
	install -D -m 644 src/dissect.zsh $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_dissect

uninstall: ## remove what install put there
	rm -f $(DESTDIR)$(PREFIX)/bin/dissect $(DESTDIR)$(PREFIX)/share/man/man1/dissect.1 \
	  $(DESTDIR)$(PREFIX)/share/bash-completion/completions/dissect $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_dissect

clean: ## remove everything that was built
	rm -rf $(BUILD) dissect

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 14

-include $(OBJECTS:.o=.d) $(BUILD)/main.d $(UNIT_BIN:=.d) $(ASK).d

.PHONY: all deps deps-extra test bench fuzz fuzz-targets sanitize sanitized format lint install uninstall clean help
