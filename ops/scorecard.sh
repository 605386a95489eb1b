#!/usr/bin/env bash
# Measures the detector on simulated corpora and writes docs/scorecard.md. For developers, after a change to detection, and before a release.
#   ops/scorecard.sh [FIRST-LAST]      the seeds, 901-908 if not told; takes some minutes
# Corpora come from the product's own simulator and, where a folder "shared/corpus" with its generator lies beside the repository, from that.
set -euo pipefail

# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

seeds=${1:-901-908}
[[ $seeds =~ ^[0-9]+-[0-9]+$ ]] || fail "seeds are given as FIRST-LAST, such as 901-908"
need_sdk
cd "$root"
say "Building"
dotnet build DdocCost.Benchmarks -c Release --nologo -v quiet -nodeReuse:false </dev/null

given=()
generator=$root/../shared/corpus/cloudtrail_sim.py
if [ -f "$generator" ] && command -v python3 >/dev/null; then
    say "Writing the shared corpora"
    corpora=$(mktemp -d)
    trap 'rm -rf "$corpora"' EXIT
    for seed in $(seq "${seeds%-*}" "${seeds#*-}"); do
        python3 "$generator" --seed "$seed" --days 28 --incidents 20 --out "$corpora/$seed" >/dev/null
    done
    given=(--shared "$corpora")
fi

say "Measuring"
dotnet DdocCost.Benchmarks/bin/Release/net10.0/linux-*/DdocCost.Benchmarks.dll scorecard --seeds "$seeds" --page docs/scorecard.md "${given[@]}"
say "Wrote docs/scorecard.md"
