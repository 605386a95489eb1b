#!/usr/bin/env bash
# Installs what the tests need, builds, runs all tests. For developers and CI; the last line is "N passed, N failed".
# Arguments are passed on to the tests, such as: ops/test.sh --filter-class '*SimulationTests'
set -euo pipefail

passed=0 failed=1 skipped=0 # until the tests have told otherwise: a build that breaks is a failure
# shellcheck disable=SC2317 # the trap calls it
summary() {
    local code=$?
    printf '%d passed, %d failed' "$passed" "$failed"
    [ "$skipped" = 0 ] || printf ', %d skipped' "$skipped"
    printf '\n'
    [ "$failed" = 0 ] || [ "$code" != 0 ] || code=1
    exit "$code"
}
trap summary EXIT

# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

need_sdk
missing=()
[ -n "$(postgres_programs)" ] || missing+=(postgresql)
command -v redis-server >/dev/null || missing+=(redis-server)
command -v chromium >/dev/null || missing+=(chromium)
command -v npm >/dev/null || missing+=(npm)
# For the tests of what is installed: TLS in front, linting of compose, scripts and alert rules, encryption of backups.
command -v caddy >/dev/null || missing+=(caddy)
command -v docker-compose >/dev/null || missing+=(docker-compose)
command -v shellcheck >/dev/null || missing+=(shellcheck)
command -v age >/dev/null || missing+=(age)
command -v promtool >/dev/null || missing+=(prometheus)
[ ${#missing[@]} = 0 ] || install_packages "${missing[@]}"

cd "$root"
# The servers that tests talk to (S3, SQS, SMTP) and the Node that runs them. Only when the list of them has changed.
servers=DdocCost.Tests/Servers
if ! cmp -s "$servers/package-lock.json" "$servers/node_modules/.installed"; then
    say "Fetching test servers"
    # Engine warnings are about the npm that fetches; they run on the Node that comes with them.
    (cd "$servers" && npm ci --no-audit --no-fund --ignore-scripts --loglevel error </dev/null) || fail "npm could not fetch the test servers"
    cp "$servers/package-lock.json" "$servers/node_modules/.installed"
fi

say "Building"
# A build node that stays behind would hold the pipe of whoever reads our output.
dotnet build DdocCost.sln -c Release --nologo -v minimal -nodeReuse:false </dev/null

say "Testing"
log=$(mktemp)
code=0
dotnet test --solution DdocCost.sln -c Release --no-build --no-ansi --no-progress "$@" </dev/null 2>&1 | tee "$log" || code=$?
# The runner's own summary has a line each: total, failed, succeeded, skipped.
read -r passed failed skipped < <(awk '/^  failed:/{f=$2} /^  succeeded:/{s=$2} /^  skipped:/{k=$2} END{printf "%d %d %d\n", s, f, k}' "$log")
rm -f "$log"
# A run that died, or ran nothing, has failed whatever it counted.
if [ "$code" != 0 ] || [ "$passed" = 0 ]; then [ "$failed" != 0 ] || failed=1; fi
exit "$code"
