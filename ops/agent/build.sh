#!/usr/bin/env bash
# Publishes the agent as one native file and packs it as a tarball. For whoever makes a release; needs the .NET SDK and a C compiler (clang or gcc).
# Usage: ops/agent/build.sh [OUTPUT FOLDER, default .data/agent]
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"

need_sdk
command -v clang >/dev/null || command -v gcc >/dev/null || install_packages clang zlib1g-dev
output=${1:-$root/.data/agent}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

say "Publishing"
linker=()
command -v clang >/dev/null || linker=(-p:CppCompilerAndLinker=gcc)
# A copy, because a native build resolves other packages than the lock files of the everyday build say.
cp -r "$root/DdocCost.Agent" "$root/protos" "$root"/Directory.*.props "$root/global.json" "$root/.editorconfig" "$work/"
find "$work" \( -name bin -o -name obj \) -prune -exec rm -rf {} +
find "$work" -name packages.lock.json -delete
dotnet publish "$work/DdocCost.Agent" -c Release --nologo -v quiet -nodeReuse:false -o "$work/out" \
    -p:PublishAot=true -p:SelfContained=true -p:RestorePackagesWithLockFile=false -p:StripSymbols=true -p:OptimizationPreference=Size "${linker[@]}"

say "Packing"
name=ddoc-agent-$("$work/out/DdocCost.Agent" --version)-linux-$(uname -m)
mkdir -p "$work/$name" "$output"
install -m 755 "$work/out/DdocCost.Agent" "$work/$name/ddoc-agent"
install -m 644 "$root/ops/agent/ddoc-agent.service" "$root/ops/agent/agent.conf" "$root/ops/agent/INSTALL.md" "$work/$name/"
tar -C "$work" --owner=0 --group=0 --sort=name -czf "$output/$name.tar.gz" "$name"
say "$output/$name.tar.gz: $(stat -c %s "$output/$name.tar.gz") bytes, the program in it $(stat -c %s "$work/$name/ddoc-agent")"
