# shellcheck shell=bash
# What the scripts beside it share. Sourced, not run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
SECONDS=0

say() { printf '[%3d s] %s\n' "$SECONDS" "$*"; }

fail() {
    printf 'Error: %s\n' "$*" >&2
    exit 1
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        fail "this needs root: $* (run as root, or install sudo)"
    fi
}

# answer URL: status line, headers and body of what a server of this machine answers over plain HTTP; nothing where none does. A bare Debian has no curl.
answer() {
    local host path=${1#http://}
    host=${path%%/*} path=/${path#*/}
    # shellcheck disable=SC2016 # the inner shell expands them
    timeout 15 bash -c 'exec 3<>"/dev/tcp/${0%:*}/${0##*:}" && printf "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n" "$1" "$0" >&3 && cat <&3' "$host" "$path" 2>/dev/null || true
}

need_sdk() {
    # Where the .NET install script puts it, if nobody changed PATH.
    command -v dotnet >/dev/null || PATH=$PATH:$HOME/.dotnet:/usr/share/dotnet:/usr/lib/dotnet
    command -v dotnet >/dev/null || fail "the .NET SDK is missing: https://learn.microsoft.com/dotnet/core/install/linux-debian"
    # In the checkout, because global.json says which versions will do.
    (cd "$root" && dotnet --version >/dev/null) || fail "global.json asks for another .NET SDK than is installed"
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
}

# Newest PostgreSQL server programs on this machine; nothing where there are none.
postgres_programs() {
    local initdb
    initdb=$(compgen -G '/usr/lib/postgresql/*/bin/initdb' | sort -V | tail -n 1) || true
    [ -z "$initdb" ] || dirname "$initdb"
}

# install_packages PACKAGE...: from Debian, without starting the servers that come with them.
install_packages() {
    say "Installing $*"
    command -v apt-get >/dev/null || fail "please install $*: this script knows only apt-get"
    local quiet_start=/usr/sbin/policy-rc.d no_cluster=/etc/postgresql-common/createcluster.d/ddoc-cost.conf
    # Ours are private: Debian shall neither start a server nor create a database cluster. Both only while we install.
    if [ -e "$quiet_start" ]; then quiet_start=""; else
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$quiet_start" >/dev/null
        as_root chmod 755 "$quiet_start"
    fi
    as_root mkdir -p "$(dirname "$no_cluster")"
    echo 'create_main_cluster = false' | as_root tee "$no_cluster" >/dev/null
    local failed=0
    {
        as_root apt-get update -qq &&
            as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o DPkg::Lock::Timeout=300 "$@" </dev/null >/dev/null
    } || failed=1
    as_root rm -f "$no_cluster" ${quiet_start:+"$quiet_start"}
    [ "$failed" = 0 ] || fail "apt-get could not install $*; see above"
}
