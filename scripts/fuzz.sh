#!/usr/bin/env bash
# Feeds made-up input, guided by coverage, to what reads files of strangers, for a while each.
# Usage: scripts/fuzz.sh SECONDS [yaml|template|archive…]
# Corpora grow in .build/fuzz/corpus; an input that makes Plumb crash, hang or take too much memory is left in .build/fuzz/found.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=$1
shift
targets=("$@")
[ ${#targets[@]} -gt 0 ] || targets=(yaml template archive)

export PLUMB_FUZZ=1
swift build -c release --sanitize fuzzer --scratch-path .build/fuzz --product plumb-fuzz >&2
status=0
for target in "${targets[@]}"; do
    corpus=.build/fuzz/corpus/$target
    mkdir -p "$corpus" .build/fuzz/found
    cp -n "Fuzz/Seeds/$target/"* "$corpus/"
    FUZZ_TARGET=$target .build/fuzz/release/plumb-fuzz -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=4096 \
        -print_final_stats=1 -artifact_prefix=".build/fuzz/found/$target-" -verbosity=0 "$corpus" 2>&1 |
        grep -E 'ERROR|Test unit written|number_of_executed_units|average_exec|Fatal' | sed "s/^/$target: /" || status=1
done
exit $status
