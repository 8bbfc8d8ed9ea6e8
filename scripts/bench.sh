#!/usr/bin/env bash
# Measures Plumb beside what a program would do or use otherwise, in one run on this machine.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/build-release.sh plumb-benchmarks >&2
exec .build/release/plumb-benchmarks
