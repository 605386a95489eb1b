#!/usr/bin/env bash
# Lists every package that the product ships, with its licence, in docs/licences.md, and asks for known vulnerabilities. For developers before a release.
# Usage: ops/licences.sh [--check | --allowed]
#   --check    writes nothing, and fails where the list is out of date or a licence is not one of those we allow
#   --allowed  only the latter
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

action='write'
case ${1:-} in
    "") ;;
    --check) action=check ;;
    --allowed) action=allowed ;;
    *) fail "unknown argument: $1" ;;
esac
need_sdk
cd "$root"

# Licences under which the product may be passed on. MIT-like and Apache; LGPL and the like would need thought.
allowed='^(MIT|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|MS-PL|MS-PL OR Apache-2\.0|PostgreSQL|LGPL-3\.0-or-later|0BSD|ISC)$'
packages=${NUGET_PACKAGES:-$HOME/.nuget/packages}

# package VERSION of what a project ships: its own packages and theirs, from the lock file, without other projects.
shipped() { sed -nE '/^    "net10\.0\/linux/q; s/^      "([^"]+)": \{$/\1/p; s/^        "(type|resolved)": "([^"]+)",?$/\1 \2/p' "$1" | awk '
    NF == 1 { name = $1; next } $1 == "type" { type = $2 } $1 == "resolved" && type != "Project" { print name, $2 }'; }

# licence NAME VERSION: as its nuspec says.
licence() {
    local nuspec id=${1,,}
    nuspec=$packages/$id/${2,,}/$id.nuspec
    [ -f "$nuspec" ] || { echo "not restored"; return; }
    local said
    said=$(tr -d '\r' <"$nuspec" | sed -nE 's/.*<license type="expression">([^<]+)<.*/\1/p' | head -n 1)
    [ -n "$said" ] || said=$(known "$1")
    [ -n "$said" ] || said=$(tr -d '\r' <"$nuspec" | sed -nE 's/.*<licenseUrl>([^<]+)<.*/\1/p' | head -n 1)
    echo "${said:-none given}"
}

# Those whose nuspec names a file or an address; read by us, see the package.
known() {
    case $1 in
        Hangfire.AspNetCore | Hangfire.Core | Hangfire.NetCore) echo LGPL-3.0-or-later ;;
        Npgsql | Npgsql.*) echo PostgreSQL ;;
        AWSSDK.*) echo Apache-2.0 ;;
        Hangfire.PostgreSql | K4os.Compression.LZ4 | Newtonsoft.Json | DistributedLock.* | SmtpServer) echo MIT ;;
        Google.Protobuf) echo BSD-3-Clause ;;
    esac
}

page() {
    echo "# Licences of what the product ships"
    echo
    echo "Written by \`ops/licences.sh\` from the packages' own statements; \`ops/licences.sh --check\` says whether it is up to date. Parts of the web pages: MudBlazor (MIT),"
    echo "Roboto (SIL OFL 1.1). Images and servers that run beside it (PostgreSQL, Redis, Caddy, MinIO) have licences of their own."
    echo
    echo "| Package | Version | Licence |"
    echo "|---|---|---|"
    local name version
    for project in App Jobs Agent; do shipped "DdocCost.$project/packages.lock.json"; done | sort -u | while read -r name version; do
        echo "| $name | $version | $(licence "$name" "$version") |"
    done
}

written=$(mktemp)
trap 'rm -f "$written"' EXIT
page >"$written"
bad=$(awk -F ' *[|] *' -v allowed="$allowed" 'NR > 8 && $4 !~ allowed { print $2 " " $3 ": " $4 }' "$written")
if [ "$action" = check ]; then
    diff -u docs/licences.md "$written" || fail "docs/licences.md is out of date: run ops/licences.sh"
elif [ "$action" = write ]; then
    cp "$written" docs/licences.md
    say "docs/licences.md: $(grep -c '^| [A-Za-z]' "$written") packages"
    say "Asking for known vulnerabilities"
    # Not every package source answers; then say so rather than nothing.
    vulnerable=$(dotnet list DdocCost.sln package --vulnerable --include-transitive --no-restore 2>&1) || true
    if grep -q 'has the following vulnerable packages' <<<"$vulnerable"; then
        printf '%s\n' "$vulnerable"
        fail "there are packages with known vulnerabilities"
    elif grep -q 'has no vulnerable packages' <<<"$vulnerable"; then
        say "None known of the packages of $(grep -c 'has no vulnerable packages' <<<"$vulnerable") projects"
    else
        say "No source answered: $(tail -n 1 <<<"$vulnerable")"
    fi
fi
[ -z "$bad" ] || fail "licences that need thought:
$bad"
