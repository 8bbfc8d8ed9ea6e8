#!/usr/bin/env bash
# Provides kube-apiserver and etcd for the tests and prints the directory that holds them; with
# --with-controller-manager, kube-controller-manager too.
# KUBEBUILDER_ASSETS, the field's own convention, overrides it. Otherwise they are built once from Debian's source
# package (no package ships the programs) and kept in the user's cache directory.
set -euo pipefail
scripts=$(cd "$(dirname "$0")" && pwd)

programs=(kube-apiserver)
case "${1:-}" in
    "") ;;
    --with-controller-manager) programs+=(kube-controller-manager) ;;
    *)
        echo "usage: scripts/kube-assets.sh [--with-controller-manager]" >&2
        exit 64
        ;;
esac

version=1.20.2
# The number behind the version counts the corrections below: another one is another build.
assets="${KUBEBUILDER_ASSETS:-${XDG_CACHE_HOME:-$HOME/.cache}/plumb/kube-assets-$version-2}"

# Prints the programs that are not there yet.
missing() {
    for program in "$@"; do
        [ -x "$assets/$program" ] || echo "$program"
    done
}

lacking=$(missing etcd "${programs[@]}")
if [ -z "$lacking" ]; then
    echo "$assets"
    exit 0
fi
if [ -n "${KUBEBUILDER_ASSETS:-}" ]; then
    echo "kube-assets: KUBEBUILDER_ASSETS is $assets, but this is not in it:" $lacking >&2
    exit 1
fi

# Two test runs at once build it once.
mkdir -p "$assets"
exec 9> "$assets.lock"
flock 9
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
say() { echo "kube-assets: $*" >&2; }

provide_etcd() {
    local etcd
    etcd=$(command -v etcd || true)
    if [ -z "$etcd" ]; then
        # Taken out of its package: installing that would start a service on this machine.
        say "fetching etcd"
        (cd "$work" && apt-get download -qq etcd-server >&2 && dpkg-deb -x etcd-server_*.deb etcd-server)
        etcd="$work/etcd-server/usr/bin/etcd"
    fi
    cp "$etcd" "$assets/etcd.new"
    mv "$assets/etcd.new" "$assets/etcd"
}

# The source goes to $work/source. A source list, lists and cache of its own: the machine's own configuration stays as it is.
fetch_source() {
    local mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    mirror=$(grep -rhE '^(URIs:|deb )' /etc/apt/sources.list /etc/apt/sources.list.d 2> /dev/null \
        | grep -oE 'https?://[^ ]+/debian/?( |$)' | head -n 1 | tr -d ' ' || true)
    mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial" "$work/source"
    echo "deb-src [signed-by=$keyring] ${mirror:-http://deb.debian.org/debian} bookworm main" > "$work/apt/sources.list"
    local own=(-o "Dir::Etc::sourcelist=$work/apt/sources.list" -o "Dir::Etc::sourceparts=-"
        -o "Dir::State::Lists=$work/apt/lists" -o "Dir::Cache=$work/apt/cache")
    # As root, apt would fetch as a user who may not write here.
    [ "$(id -u)" != 0 ] || own+=(-o APT::Sandbox::User=root)
    say "fetching the source of Kubernetes $version"
    apt-get "${own[@]}" update -qq >&2
    (cd "$work/source" && apt-get "${own[@]}" source -qq --download-only kubernetes >&2)
}

# The steps that the build names, each once.
show_progress() {
    awk 'sub(/^\+\+\+ \[[^]]*\]/, "kube-assets:") || /^    (cmd|vendor)\// { if (!seen[$0]++) { print; fflush() } }'
}

# The vendored reflect2 1.0.1 calls reflect.mapiterinit as it was before Go 1.18. With Debian's Go 1.19 the missing third
# argument is whatever a register holds, and the server dies of it now and then. As reflect2 1.0.2 does it:
fix_map_iteration() {
    local reflect2="$1/vendor/github.com/modern-go/reflect2"
    sed -i -e 's|^func mapiterinit(rtype unsafe.Pointer, m unsafe.Pointer) \*hiter$|func mapiterinit(rtype unsafe.Pointer, m unsafe.Pointer, it *hiter)|' \
        -e 's|^\t// rest fields are ignored|\tpointers [6]unsafe.Pointer\n\tnumbers [5]uintptr|' "$reflect2/unsafe_link.go"
    sed -i -e 's|^\treturn &UnsafeMapIterator{|\tvar it hiter\n\tmapiterinit(type2.rtype, *(*unsafe.Pointer)(obj), \&it)\n&|' \
        -e 's|mapiterinit(type2.rtype, \*(\*unsafe.Pointer)(obj)),$|\&it,|' "$reflect2/unsafe_map.go"
    grep -q 'm unsafe.Pointer, it \*hiter)' "$reflect2/unsafe_link.go" && grep -q 'numbers \[5\]uintptr' "$reflect2/unsafe_link.go" \
        && grep -q '&it,$' "$reflect2/unsafe_map.go" || {
        say "reflect2 is not the version that this script knows how to correct"
        exit 1
    }
}

build() {
    local tree="$work/go/src/k8s.io/kubernetes"
    mkdir -p "$tree"
    tar -xf "$work"/source/kubernetes_*.orig.tar.* -C "$tree" --strip-components=1
    fix_map_iteration "$tree"
    say "building" "$@" "(5 to 8 minutes on two cores, once)"
    (cd "$tree" && GOPATH="$work/go" GO111MODULE=off GOFLAGS= GOCACHE="$work/gocache" \
        make WHAT="${*/#/cmd/}" KUBE_GIT_VERSION="v$version" 2>&1) | tee "$work/build.log" | show_progress >&2 || {
        tail -n 30 "$work/build.log" >&2
        say "the build failed; its last lines are above"
        exit 1
    }
    for program in "$@"; do
        cp "$tree/_output/local/go/bin/$program" "$assets/$program.new"
        mv "$assets/$program.new" "$assets/$program"
    done
}

[ -z "$(missing etcd)" ] || provide_etcd
mapfile -t lacking < <(missing "${programs[@]}")
if [ ${#lacking[@]} -gt 0 ]; then
    "$scripts/install-packages.sh" kube-assets
    fetch_source
    build "${lacking[@]}"
fi
echo "$assets"
