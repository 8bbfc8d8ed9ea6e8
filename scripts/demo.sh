#!/usr/bin/env bash
# The demo of `make run`: a small Git repository, and an operator that follows it and keeps this machine below demo/host, or,
# where KUBECONFIG names a file, that cluster, as it says. Runs until Ctrl-C; what runs on the machine stays.
set -euo pipefail
cd "$(dirname "$0")/.."

plumb="$PWD/.build/debug/plumb"
demo="${PLUMB_DEMO:-$PWD/demo}"
say() { printf '%s\n' "$*"; }

free_port() {
    python3 - <<'PYTHON'
import socket
for port in [*range(8081, 8181), 0]:
    try:
        with socket.socket() as s:
            s.bind(("127.0.0.1", port))
            print(s.getsockname()[1])
            break
    except OSError:
        pass
PYTHON
}

commit() {
    git -C "$1" add -A
    git -C "$1" -c user.name=Plumb -c user.email=demo@plumb.dev commit --quiet --message "$2"
}

make_host_repository() {
    local port
    port=$(free_port)
    mkdir -p "$demo/repository/plumb" "$demo/repository/site"
    git -C "$demo/repository" init --quiet --initial-branch main
    cat > "$demo/repository/plumb/site.yaml" <<'YAML'
apiVersion: plumb.dev/v1alpha1
kind: Application
metadata: {name: site}
spec:
  sources:
  - path: site
  deadlines: {healthy: 60s}
YAML
    cat > "$demo/repository/site/index.html" <<HTML
<!doctype html>
<title>Plumb</title>
<h1>Hello from version control</h1>
HTML
    cat > "$demo/repository/site/objects.yaml" <<YAML
apiVersion: host.plumb.dev/v1alpha1
kind: File
metadata: {name: page}
spec: {path: www/index.html, source: index.html, mode: "0644"}
---
apiVersion: host.plumb.dev/v1alpha1
kind: Process
metadata: {name: web}
spec:
  command: ["python3", "-m", "http.server", "$port", "--bind", "127.0.0.1", "--directory", "www"]
  restart: always
  readiness: {http: {url: "http://127.0.0.1:$port/"}, timeout: 10s}
YAML
    commit "$demo/repository" "A page, and a process that serves it"
}

make_cluster_repository() {
    mkdir -p "$demo/cluster-repository/plumb" "$demo/cluster-repository/site"
    git -C "$demo/cluster-repository" init --quiet --initial-branch main
    cat > "$demo/cluster-repository/plumb/site.yaml" <<'YAML'
apiVersion: plumb.dev/v1alpha1
kind: Application
metadata: {name: site}
spec:
  sources:
  - path: site
  target: {namespace: plumb-demo, createNamespace: true}
YAML
    cat > "$demo/cluster-repository/site/objects.yaml" <<'YAML'
apiVersion: v1
kind: ConfigMap
metadata: {name: page}
data:
  index.html: |
    <!doctype html>
    <title>Plumb</title>
    <h1>Hello from version control</h1>
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
      - name: nginx
        image: nginx:1.27-alpine
        ports: [{containerPort: 80}]
        volumeMounts: [{name: page, mountPath: /usr/share/nginx/html}]
      volumes: [{name: page, configMap: {name: page}}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80}]
YAML
    commit "$demo/cluster-repository" "A page, and a deployment that serves it"
}

relative() { realpath --relative-to="$PWD" "$1"; }

# Starts the operator, says what to do with it, and shows what happens until Ctrl-C.
# Usage: serve REPOSITORY STATE FLAGS… ; `hints` says what to open and edit.
serve() {
    local followed="$1" state="$2" operator
    shift 2
    mkdir -p "$state"
    say "$ plumb serve --repository $(relative "$followed") --data-dir $(relative "$state") $*"
    "$plumb" serve --repository "$followed" --data-dir "$state" --listen 127.0.0.1:0 "$@" &
    operator=$!
    # Ended in order, whatever ends this script.
    trap 'kill "$operator" 2> /dev/null; wait "$operator" || true' EXIT
    trap 'exit 0' INT TERM
    # Healthy takes a moment; what does not get there is shown as it is.
    for _ in $(seq 1 50); do
        kill -0 "$operator" 2> /dev/null || exit 1
        "$plumb" get applications site --data-dir "$state" 2> /dev/null | grep -q Healthy && break
        sleep 0.2
    done
    say ""
    "$plumb" get applications --data-dir "$state"
    say ""
    hints
    say ""
    "$plumb" events --watch --data-dir "$state" &
    wait "$operator"
}

if [ -n "${KUBECONFIG:-}" ]; then
    [ -d "$demo/cluster-repository/.git" ] || make_cluster_repository
    repository=$(relative "$demo/cluster-repository")
    hints() {
        say "Look:    kubectl --kubeconfig $KUBECONFIG --namespace plumb-demo get all"
        say "Edit:    $repository/site/objects.yaml, then: git -C $repository commit -am 'A change'"
        say "Ask:     .build/debug/plumb why site --data-dir $(relative "$demo")/cluster-state"
        say "Stop:    Ctrl-C; what runs in the cluster stays. It goes with:"
        say "         .build/debug/plumb delete site --yes --target kubernetes --kubeconfig $KUBECONFIG"
    }
    serve "$demo/cluster-repository" "$demo/cluster-state" --kubeconfig "$KUBECONFIG"
    exit 0
fi

[ -d "$demo/repository/.git" ] || make_host_repository
repository=$(relative "$demo/repository")
hints() {
    say "Open:    $(grep -o 'http://[0-9.:]*/' "$demo/repository/site/objects.yaml" | head -n 1)"
    say "Edit:    $repository/site/index.html, then: git -C $repository commit -am 'Another page'"
    say "Break:   echo oops > $(relative "$demo")/host/www/index.html"
    say "Ask:     .build/debug/plumb why site --data-dir $(relative "$demo")/state"
    say "         .build/debug/plumb history site --data-dir $(relative "$demo")/state"
    say "Stop:    Ctrl-C; the page stays served. It goes with:"
    say "         .build/debug/plumb delete site --yes --root $(relative "$demo")/host"
}
serve "$demo/repository" "$demo/state" --root "$demo/host"
