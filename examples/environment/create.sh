#!/usr/bin/env bash
# Makes a Git repository of this example in DIR, with the branches staging and production. What differs between the two is
# plumb/environment.yaml, committed once on each. Usage: create.sh DIR
#
# STAGING_PORT (7500) and PRODUCTION_PORT (7600) are the gateways' ports; the other processes take the three that follow.
set -euo pipefail

directory="${1:?Usage: create.sh DIR}"
example="$(cd "$(dirname "$0")" && pwd)"
[ ! -e "$directory" ] || { echo "create.sh: $directory is there already" >&2; exit 1; }

environment() {
    cat > "$directory/plumb/environment.yaml" <<YAML
apiVersion: plumb.dev/v1alpha1
kind: Application
metadata: {name: every-one}
spec:
  substitute:
    ENVIRONMENT: $1
    GATEWAY_PORT: "$2"
    WEB_PORT: "$(($2 + 1))"
    API_PORT: "$(($2 + 2))"
    DATABASE_PORT: "$(($2 + 3))"
YAML
}

commit() {
    git -C "$directory" add --all
    git -C "$directory" commit --quiet --message "$1"
}

mkdir -p "$directory"
cp -r "$example"/{plumb,motd,database,api,web,gateway} "$directory"
git -C "$directory" init --quiet --initial-branch staging
# Whoever has told Git no name yet is somebody here.
git -C "$directory" config user.name > /dev/null || git -C "$directory" config user.name "Somebody"
git -C "$directory" config user.email > /dev/null || git -C "$directory" config user.email "somebody@example.com"

environment staging "${STAGING_PORT:-7500}"
commit "A shop: gateway, web, api, database"
# Made from staging, so that a merge never brings staging's values here: they do not change there any more.
git -C "$directory" checkout --quiet -b production
environment production "${PRODUCTION_PORT:-7600}"
commit "This is production"
git -C "$directory" checkout --quiet staging
