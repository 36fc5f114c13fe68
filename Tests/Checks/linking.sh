#!/usr/bin/env bash
# Refuse a tool that loads a library it has no use for.
set -euo pipefail

build=$1
status=0
forbid() { # forbid PATTERN TOOL…
  local pattern=$1 tool found
  shift
  for tool in "$@"; do
    # A tool that is not there must not pass.
    readelf -d "$build/$tool" >/dev/null
    found=$(readelf -d "$build/$tool" | grep NEEDED | grep -E "$pattern" || true)
    if [ -n "$found" ]; then
      echo "$tool loads what it should not: $found" >&2
      status=1
    fi
  done
}

# Foundation proper brings 40 MB of ICU and costs milliseconds at each start; sr-node's job store needs it.
forbid 'libFoundation\.so|libFoundationInternationalization|_FoundationICU' \
  sr-ipfs sr-chain sr-job sr-proof sr-gpu
forbid 'libcurl' sr-proof sr-gpu
forbid 'libarchive|libsqlite3' sr-ipfs sr-chain sr-job sr-proof sr-gpu
forbid 'libzstd|libseccomp|libcuda|libnvidia-ml|libOpenCL' sr-gpu
forbid 'libseccomp' sr-ipfs sr-chain sr-job sr-proof
forbid 'libzstd' sr-ipfs sr-chain
exit "$status"
