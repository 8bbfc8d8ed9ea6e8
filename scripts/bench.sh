#!/usr/bin/env bash
# Measures Plumb beside what a program would do or use otherwise, in one run on this machine.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build -c release --static-swift-stdlib --product plumb-benchmarks >&2
exec .build/release/plumb-benchmarks
