#!/usr/bin/env bash
# Builds .build/release/PRODUCT so that it runs where neither Swift nor SQLite is installed.
# Usage: scripts/build-release.sh PRODUCT
set -euo pipefail
cd "$(dirname "$0")/.."

# A directory that has only the archive: the linker takes it in place of the shared library.
static=.build/static
mkdir -p "$static"
for archive in /usr/lib/"$(uname -m)"-*/libsqlite3.a /usr/lib/libsqlite3.a /usr/lib64/libsqlite3.a; do
    if [ -e "$archive" ]; then
        ln -sf "$archive" "$static/libsqlite3.a"
        break
    fi
done
exec swift build -c release --static-swift-stdlib -Xlinker -s -Xlinker "-L$PWD/$static" --product "$1"
