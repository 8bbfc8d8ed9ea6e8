#!/usr/bin/env bash
# Installs the Debian and Ubuntu packages that a set of tasks needs, and only those that are missing.
# Usage: scripts/install-packages.sh build|run|test|kube-assets|helm-reference
# Says nothing where nothing is missing. Elsewhere than on Debian and Ubuntu it names what to install.
set -euo pipefail

# package:probe, where the probe is a program in PATH or a path (pattern) that exists once the package is there.
# zlib1g-dev and the C++ headers are for the C parts of SwiftNIO and BoringSSL, libsqlite3-dev for the operator's store.
build=(git:git make:make ca-certificates:/etc/ssl/certs/ca-certificates.crt 'g++:/usr/include/c++/*' zlib1g-dev:/usr/include/zlib.h
    libsqlite3-dev:/usr/include/sqlite3.h)
case "${1:-}" in
    build) wanted=("${build[@]}") ;;
    run) wanted=("${build[@]}" python3:python3 openssh-client:ssh) ;;
    test) wanted=("${build[@]}" openssh-client:ssh openssh-server:/usr/sbin/sshd openssl:openssl gnupg:gpg util-linux:setpriv
        docker-registry:docker-registry) ;;
    helm-reference) wanted=(python3:python3 python3-venv:-) ;;
    kube-assets)
        wanted=(golang-go:go rsync:rsync jq:jq make:make 'g++:/usr/include/c++/*' dpkg-dev:dpkg-source
            debian-archive-keyring:/usr/share/keyrings/debian-archive-keyring.gpg)
        ;;
    *)
        echo "usage: scripts/install-packages.sh build|run|test|kube-assets|helm-reference" >&2
        exit 64
        ;;
esac

if ! command -v swift > /dev/null; then
    cat >&2 <<'EOF'
Swift is not in PATH. Plumb is built with Swift 6.3; https://www.swift.org/install/linux/ tells how to install it, in short:
  curl -O https://download.swift.org/swiftly/linux/swiftly-$(uname -m).tar.gz && tar zxf swiftly-$(uname -m).tar.gz
  ./swiftly init && swiftly install 6.3
EOF
    exit 1
fi
# What the Swift toolchain itself loads.
swift package --version > /dev/null 2>&1 || wanted+=(libcurl4-openssl-dev:- libxml2-dev:- libsqlite3-dev:- libncurses-dev:-)

is_there() {
    case "$1" in
        /*) compgen -G "$1" > /dev/null ;;
        *) command -v "$1" > /dev/null ;;
    esac
}

missing=()
for entry in "${wanted[@]}"; do
    is_there "${entry#*:}" || missing+=("${entry%%:*}")
done
[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get > /dev/null; then
    echo "These packages (by their Debian names) are missing, and there is no apt-get to install them with: ${missing[*]}" >&2
    exit 1
fi
as_root=()
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo > /dev/null; then
        echo "Packages are missing, and there is no sudo to install them with. As root: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
echo "Installing the packages: ${missing[*]}" >&2
"${as_root[@]}" apt-get update -qq >&2
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
