#!/usr/bin/env bash
# Provides kube-apiserver and etcd for the tests and prints the directory that holds them.
# KUBEBUILDER_ASSETS, the field's own convention, overrides it. Otherwise kube-apiserver is built once
# from Debian's source package (no package ships the program) and kept in the user's cache directory.
set -euo pipefail

if [ -n "${KUBEBUILDER_ASSETS:-}" ]; then
    for program in kube-apiserver etcd; do
        [ -x "$KUBEBUILDER_ASSETS/$program" ] || {
            echo "kube-assets: KUBEBUILDER_ASSETS is $KUBEBUILDER_ASSETS, but there is no $program in it." >&2
            exit 1
        }
    done
    echo "$KUBEBUILDER_ASSETS"
    exit 0
fi

version=1.20.2
assets="${XDG_CACHE_HOME:-$HOME/.cache}/plumb/kube-assets-$version"
if [ -x "$assets/kube-apiserver" ] && [ -x "$assets/etcd" ]; then
    echo "$assets"
    exit 0
fi

# Two test runs at once build it once.
mkdir -p "$(dirname "$assets")"
exec 9> "$assets.lock"
flock 9
if [ -x "$assets/kube-apiserver" ] && [ -x "$assets/etcd" ]; then
    echo "$assets"
    exit 0
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say() { echo "kube-assets: $*" >&2; }

as_root=""
[ "$(id -u)" = 0 ] || as_root=sudo
say "installing the packages that the build of kube-apiserver needs"
$as_root apt-get install -y -qq golang-go rsync jq make dpkg-dev etcd-server >&2

# A source list, lists and cache of its own: the machine's own configuration stays as it is.
mirror=$(grep -rhE '^(URIs:|deb )' /etc/apt/sources.list /etc/apt/sources.list.d 2>/dev/null \
    | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1 | tr -d ' ' || true)
mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial" "$work/source"
echo "deb-src ${mirror:-http://deb.debian.org/debian} bookworm main" > "$work/apt/sources.list"
own=(-o "Dir::Etc::sourcelist=$work/apt/sources.list" -o "Dir::Etc::sourceparts=-"
    -o "Dir::State::Lists=$work/apt/lists" -o "Dir::Cache=$work/apt/cache" -o "APT::Sandbox::User=root")
say "fetching the source of Kubernetes $version"
apt-get "${own[@]}" update -qq >&2
(cd "$work/source" && apt-get "${own[@]}" source -qq --download-only kubernetes >&2)

tree="$work/go/src/k8s.io/kubernetes"
mkdir -p "$tree"
tar -xf "$work"/source/kubernetes_*.orig.tar.* -C "$tree" --strip-components=1
say "building kube-apiserver (5 to 8 minutes on two cores, once)"
(cd "$tree" && GOPATH="$work/go" GO111MODULE=off GOFLAGS= GOCACHE="$work/gocache" \
    make WHAT=cmd/kube-apiserver KUBE_GIT_VERSION="v$version" > "$work/build.log" 2>&1) || {
    tail -n 30 "$work/build.log" >&2
    say "the build failed; its last lines are above"
    exit 1
}
mkdir -p "$assets"
cp "$(command -v etcd)" "$assets/etcd"
cp "$tree/_output/local/go/bin/kube-apiserver" "$assets/kube-apiserver.new"
mv "$assets/kube-apiserver.new" "$assets/kube-apiserver"
echo "$assets"
