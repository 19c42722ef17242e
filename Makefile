# make run    the demo town: server, officers, report, window; ends on Ctrl-C
# make demo   the same without the window; leaves the report in demo-out/
# make test   everything: Rust, UI, stories, browser, window
# make check  formatting, lints and types only
# make bench-device  what an officer waits for on a device, at 1,000 to 100,000 households; writes docs/benchmarks-device.md
# make bench-server  changes a second, processor time and memory of the server over SQLite and PostgreSQL; writes docs/benchmarks-server.md
# make bench-report  seconds and memory of the town's report over both, at 5,000 to 80,000 households; writes docs/benchmarks-report.md
# make bench  bytes and round trips beside other engines, which it installs in tests/peers; writes docs/benchmarks.md
# make simulate SEEDS=10000  histories with faults, by their seeds; FROM=n SEEDS=1 plays one again
# make fuzz SECONDS=3600  fuzzes what reads input from outside, so long each target
# make types  writes the TypeScript of the wire structs anew
export PATH := $(CURDIR)/target/tools/bin:$(PATH)
export CARGO_TERM_COLOR ?= auto

SEEDS ?= 200
FROM ?= 1
SECONDS ?= 15

.PHONY: run demo test check simulate fuzz bench bench-device bench-server bench-report types setup setup-test ui build

run: setup build ; ./target/debug/demo-town --keep
demo: setup build ; ./target/debug/demo-town
test: setup-test check ui-test rust-test browser-test fuzz-test

setup: ; .ci/setup run
setup-test: ; .ci/setup test
ui: ; cd ui && npm run --silent build
build: ui ; cargo build --workspace --bins --locked
check: ui ; cargo fmt --all --check && cargo clippy --workspace --all-targets --locked -- -D warnings && cd ui && npm run --silent check
simulate: setup ui ; cargo build --release --locked -p tests --bin simulate && ./target/release/simulate --seeds $(SEEDS) --from $(FROM)
fuzz: setup-test ; .ci/fuzz $(SECONDS)
bench: setup ui ; .ci/setup bench && cargo build --release --locked -p device -p sync-server -p tests --bins && ./target/release/bench-peers
bench-device: setup ui ; cargo build --release --locked -p device -p sync-server -p tests --bins && ./target/release/bench-device
bench-server: setup-test ui ; cargo build --release --locked -p sync-server -p tests --bins && RASOAT_FSYNC=on .ci/postgres ./target/release/bench-server
bench-report: setup-test ui ; cargo build --release --locked -p sync-server -p tests --bins && .ci/postgres ./target/release/bench-report
types: ; RASOAT_WRITE_BINDINGS=1 cargo nextest run -p commands bindings

.PHONY: ui-test rust-test browser-test fuzz-test
ui-test: ; cd ui && npm run --silent test
# All targets in one build, so that the programs and the tests share what they are made of. The server's tests and the
# stories are told over SQLite, and once more over a PostgreSQL that is started for them.
rust-test: ui ; cargo build --workspace --all-targets --locked && cargo nextest run --workspace --locked && .ci/postgres cargo nextest run --workspace --locked --profile postgres
browser-test: rust-test ; cd ui && npm run --silent e2e
fuzz-test: browser-test ; .ci/fuzz 15
