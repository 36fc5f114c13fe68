#!/usr/bin/env bash
# Run the tests in groups, one after another: a line for each group, and whatever failed at the very end.
#   tests.sh SCRATCH [swift flags…] -- GROUP…      a GROUP is a test module; `rest` is every module not named
set -euo pipefail
cd "$(dirname "$0")/../.."

scratch=$1
shift
flags=(--scratch-path "$scratch" --skip-build)
while [ "$1" != -- ]; do
  flags+=("$1")
  shift
done
shift
logs=$scratch/test-logs
mkdir -p "$logs"

others=()
for group in "$@"; do
  if [ "$group" != rest ]; then others+=("$group"); fi
done

failed=()
for group in "$@"; do
  log=$logs/$group.log
  if [ "$group" = rest ]; then
    which=(--skip "^($(IFS='|' && echo "${others[*]}"))[.]")
  else
    which=(--filter "^${group}[.]")
  fi
  printf '%-16s ' "$group"
  if swift test "${flags[@]}" "${which[@]}" >"$log" 2>&1; then
    # A run of nothing is no success: the name of the group is wrong.
    if ! grep -aE '^[^ ]+ Test run with [1-9][0-9]* tests? .* passed' "$log" | sed 's/^[^ ]* Test run with //'; then
      echo "ran no test: $log"
      failed+=("$group")
    fi
  else
    echo "FAILED: $log"
    failed+=("$group")
  fi
done

if [ "${#failed[@]}" -eq 0 ]; then exit 0; fi
for group in "${failed[@]}"; do
  log=$logs/$group.log
  printf '\n== %s: what failed\n' "$group"
  # Each failure with what it says, and the end of the log, where a crash shows.
  grep -naE -A 12 '^✘ |^✗ |error: |Fatal error|unexpected signal' "$log" |
    grep -avE '^[0-9]+-(✔|◇) ' | cut -c 1-1000 | head -n 200 || true
  printf -- '-- the end of %s:\n' "$log"
  tail -n 15 "$log" | cut -c 1-1000
done
exit 1
