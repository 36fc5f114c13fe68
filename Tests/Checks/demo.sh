#!/usr/bin/env bash
# Run a real job twice, and show what each stage adds: from a script to a verified proof on the spot; then for money,
# on three nodes of which one cheats, with a development chain, by the pipes of the README.
#
#   demo.sh FOLDER           the folder with the programs
#
# What there is to see is kept in demo-out/, nothing of the user's own keys or files is touched. Each party's things lie
# in a temporary folder that goes with it, and nothing is left running, however this ends. demo-here.sh and
# demo-market.sh are its two parts.
set -euo pipefail
cd "$(dirname "$0")/../.."

CHECKOUT=$PWD
out=$PWD/demo-out
rm -rf "$out"
mkdir -p "$out/home"
WORK=$(mktemp -d)
chmod 755 "$WORK"
export CHECKOUT WORK
# The checkout may lie where no other user may look.
mkdir "$WORK/bin"
for tool in sr-chain sr-ipfs sr-job sr-node sr-proof; do cp "$1/$tool" "$WORK/bin/"; done
export PATH="$WORK/bin:$PATH" HOME="$out/home"
unset XDG_DATA_HOME XDG_STATE_HOME XDG_CONFIG_HOME
for variable in "${!SANDRUN_@}"; do unset "$variable"; done

cleanup() {
  trap - EXIT
  if declare -F market_ends >/dev/null; then market_ends || true; fi
  rm -rf "$WORK"
}
trap cleanup EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
if [ ! -t 1 ]; then say() { printf '\n%s\n' "$*"; }; fi

show() { # show FILE MEMBER WHO [FILTER]
  say "# $3 adds \"$2\""
  jq ".$2 | ${4:-.}" "$1"
}

failed() { # failed WHAT STATUS
  echo "$1 ended with status $2; its records are in $out" >&2
  exit "$2"
}

# shellcheck source=Tests/Checks/demo-here.sh
. "$CHECKOUT/Tests/Checks/demo-here.sh"
# shellcheck source=Tests/Checks/demo-market.sh
. "$CHECKOUT/Tests/Checks/demo-market.sh"
