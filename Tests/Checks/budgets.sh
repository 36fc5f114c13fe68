#!/usr/bin/env bash
# Refuse a source file that has outgrown its budget: split it by concept.
set -euo pipefail
cd "$(dirname "$0")/../.."

status=0
check() { # check LIMIT FILE…
  local limit=$1 lines file
  shift
  for file in "$@"; do
    lines=$(wc -l <"$file")
    if [ "$lines" -gt "$limit" ]; then
      echo "$file has $lines lines, over its budget of $limit" >&2
      status=1
    fi
  done
}

mapfile -t verbs < <(git ls-files 'Sources/sr-*/*.swift')
mapfile -t shared < <(git ls-files 'Sources/SandrunShared/**/*.swift')
mapfile -t tests < <(git ls-files 'Tests/**/*.swift' 'contracts/**/*.py')
mapfile -t contracts < <(git ls-files 'contracts/marketplace/**/*.vy' 'contracts/marketplace/*.vy')
if [ "${#verbs[@]}" -eq 0 ] || [ "${#shared[@]}" -eq 0 ] || [ "${#tests[@]}" -eq 0 ] || [ "${#contracts[@]}" -eq 0 ]; then
  echo "budgets.sh: error: no source files found: not a checkout" >&2
  exit 66
fi
check 150 "${verbs[@]}"
check 300 "${shared[@]}"
check 400 "${tests[@]}"
check 610 "${contracts[@]}"
exit "$status"
