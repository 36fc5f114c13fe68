#!/bin/sh
# Build the JSON fuzzer into the folder named as argument; with COVERAGE=1, for llvm-cov.
#
# SwiftPM renames main, which libFuzzer brings itself, so the compiler is called directly.
set -eu

out=$1
here=$(cd "$(dirname "$0")" && pwd)
sources=$here/../../Sources/SandrunShared
mkdir -p "$out"

set -- -O -swift-version 6 -parse-as-library -sanitize=fuzzer -I "$out" \
  -enable-upcoming-feature InternalImportsByDefault \
  -enable-upcoming-feature MemberImportVisibility -enable-upcoming-feature ExistentialAny
if [ "${COVERAGE:-}" = 1 ]; then set -- "$@" -profile-generate -profile-coverage-mapping; fi

for module in WideInteger Records; do
  swiftc "$@" -wmo -c -module-name "$module" -emit-module -emit-module-path "$out/$module.swiftmodule" \
    -o "$out/$module.o" "$sources/$module"/*.swift
done
swiftc "$@" -module-name Fuzz -o "$out/fuzz-json" "$here"/JSON*.swift "$out"/WideInteger.o "$out"/Records.o
