#!/usr/bin/env bash
# Provides Helm's own engine for the tests that compare with it, as a Python library, and prints the interpreter to run it with.
# It is put into a virtual environment in the user's cache directory, once.
set -euo pipefail
scripts=$(cd "$(dirname "$0")" && pwd)

version=0.2.2
environment="${XDG_CACHE_HOME:-$HOME/.cache}/plumb/helm-reference-$version"
python="$environment/bin/python"
if [ -e "$environment/complete" ]; then
    echo "$python"
    exit 0
fi

# Two test runs at once build it once.
mkdir -p "$(dirname "$environment")"
exec 9> "$environment.lock"
flock 9
if [ ! -e "$environment/complete" ]; then
    echo "helm-reference: fetching Helm's engine" >&2
    rm -rf "$environment"
    # Debian ships this part of Python apart.
    python3 -c "import ensurepip" 2> /dev/null || "$scripts/install-packages.sh" helm-reference
    python3 -m venv "$environment" >&2
    "$python" -m pip install --quiet "helm-python-sdk==$version" >&2
    touch "$environment/complete"
fi
echo "$python"
