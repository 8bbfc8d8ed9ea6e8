#!/usr/bin/env bash
# Runs the tests that are built. Of a run that failed, says at its end again what failed: it is far above among all that passed.
set -euo pipefail
log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
swift test --skip-build --disable-xctest "$@" 2>&1 | tee "$log" || status=$?
if ((status != 0)); then
    echo
    echo "What failed:"
    grep -E '^✘ .*(recorded an issue|failed after)' "$log" | grep -vE '^✘ (Suite|Test run)' | cut -c1-600 | tail -n 60 || true
    grep -E '^(✔|✘) Test run with' "$log" | tail -n 1 || true
fi
exit "$status"
