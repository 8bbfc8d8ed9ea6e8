#!/usr/bin/env bash
# The demo of `make run`: a small Git repository, applied to this machine below demo/host, or, where KUBECONFIG names a
# file, to that cluster. Running it again applies what was edited since.
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
    mkdir -p "$demo/repository"
    git -C "$demo/repository" init --quiet --initial-branch main
    cat > "$demo/repository/index.html" <<HTML
<!doctype html>
<title>Plumb</title>
<h1>Hello from version control</h1>
HTML
    cat > "$demo/repository/site.yaml" <<YAML
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
    mkdir -p "$demo/cluster-repository"
    git -C "$demo/cluster-repository" init --quiet --initial-branch main
    cat > "$demo/cluster-repository/site.yaml" <<'YAML'
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

if [ -n "${KUBECONFIG:-}" ]; then
    [ -d "$demo/cluster-repository/.git" ] || make_cluster_repository
    flags=(--name plumb-demo --target kubernetes --kubeconfig "$KUBECONFIG" --namespace plumb-demo)
    say "$ plumb apply $(relative "$demo/cluster-repository") ${flags[*]}"
    "$plumb" apply "$demo/cluster-repository" "${flags[@]}"
    say ""
    say "Look:    kubectl --kubeconfig $KUBECONFIG --namespace plumb-demo get all"
    say "Edit:    $(relative "$demo/cluster-repository")/site.yaml"
    say "Again:   make run KUBECONFIG=$KUBECONFIG"
    say "Leave:   .build/debug/plumb delete plumb-demo --yes --target kubernetes --kubeconfig $KUBECONFIG"
    exit 0
fi

[ -d "$demo/repository/.git" ] || make_host_repository
flags=(--name demo --root "$(relative "$demo")/host")
say "$ plumb apply $(relative "$demo/repository") ${flags[*]} --wait"
"$plumb" apply "$demo/repository" "${flags[@]}" --wait --timeout 60s
url=$(grep -o 'http://[0-9.:]*/' "$demo/repository/site.yaml" | head -n 1)
say ""
say "Open:    $url"
say "Edit:    $(relative "$demo/repository")/index.html or site.yaml"
say "Again:   make run     (applies what changed, and nothing else)"
say "Plan:    .build/debug/plumb plan $(relative "$demo/repository") ${flags[*]}"
say "Leave:   .build/debug/plumb delete demo --yes --root $(relative "$demo")/host"
