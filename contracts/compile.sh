#!/usr/bin/env bash
# Compile every contract to the JSON artefact beside it: compile.sh [--check] [SOURCE…]
# --check writes nothing: it compiles anew, compares, names what differs and ends with 1.
# The compiler is the checkout's own (`make setup`), or the one that VYPER names.
set -euo pipefail
here=$(pwd)
cd "$(dirname "$0")"

usage() {
  echo 'usage: compile.sh [--check] [SOURCE…]' >&2
  exit 64
}

check=false
sources=()
for argument; do
  case $argument in
    --check) check=true ;;
    -*) usage ;;
    *) sources+=("$(realpath --no-symlinks --relative-to=. -- "$here/$argument")") ;;
  esac
done
everything=false
if [ "${#sources[@]}" -eq 0 ]; then
  everything=true
  shopt -s nullglob
  sources=(marketplace/*.vy tests/*.vy tests/market/tokens/*.vy)
  artefacts=(marketplace/*.json tests/*.json tests/market/tokens/*.json)
fi

vyper=${VYPER:-../.venv/bin/vyper}
wanted=$(sed -n 's/^vyper==//p' requirements.txt)
if ! version=$("$vyper" --version); then
  echo "compile.sh: error: cannot run $vyper" >&2
  echo 'compile.sh: hint: make setup' >&2
  exit 78
fi
if [ "${version%%+*}" != "$wanted" ]; then
  echo "compile.sh: error: $vyper is $version; the contracts are pinned to $wanted" >&2
  exit 78
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# An error that Vyper cannot declare is told by a comment of the source: `# @error {…}`, its JSON entry of the ABI.
compile() { # compile SOURCE
  "$vyper" --evm-version cancun -p . -f abi,bytecode "$1" >"$scratch/output" || return 1
  jq -cn --arg compiler "vyper $version, --evm-version cancun" \
    --slurpfile errors <(sed -n 's/^# @error //p' "$1") \
    --slurpfile abi <(sed -n 1p "$scratch/output") --arg bytecode "$(sed -n 2p "$scratch/output")" \
    '{compiler: $compiler, abi: ($abi[0] + $errors), bytecode: $bytecode}' >"$scratch/artefact"
}

status=0
for source in "${sources[@]}"; do
  artefact=${source%.vy}.json
  if ! compile "$source"; then
    echo "compile.sh: error: contracts/$source does not compile" >&2
    status=1
  elif ! $check; then
    mv "$scratch/artefact" "$artefact"
  elif [ ! -e "$artefact" ]; then
    echo "compile.sh: error: contracts/$artefact is missing" >&2
    status=1
  elif ! cmp -s "$scratch/artefact" "$artefact"; then
    differs=$(jq -rn --slurpfile a "$scratch/artefact" --slurpfile b "$artefact" \
      '[$a[0], $b[0]] as [$a, $b] | [($a + $b) | keys_unsorted[] | select($a[.] != $b[.])] | join(", ")') ||
      differs='no JSON'
    echo "compile.sh: error: contracts/$artefact is not what its source compiles to: ${differs:-its bytes}" >&2
    status=1
  fi
done
if $everything; then
  for artefact in "${artefacts[@]}"; do
    [ -e "${artefact%.json}.vy" ] && continue
    echo "compile.sh: error: contracts/$artefact has no source" >&2
    status=1
  done
fi
if [ "$status" -ne 0 ] && $check; then
  echo 'compile.sh: hint: contracts/compile.sh writes them anew' >&2
fi
exit "$status"
