#!/usr/bin/env bash
# Compile the contracts of this folder anew: compile.sh [VYPER]; Vyper 0.4.3 from PyPI.
set -euo pipefail
cd "$(dirname "$0")"

vyper=${1:-vyper}
for source in *.vy; do
  name=${source%.vy}
  abi=$("$vyper" --evm-version cancun -f abi "$source")
  # An error that Vyper cannot declare.
  errors='[{"type":"error","name":"NotEnough","inputs":[{"name":"has","type":"uint256"},{"name":"wanted","type":"uint256"}]}]'
  jq -cn --arg compiler "vyper $("$vyper" --version), --evm-version cancun" --argjson abi "$abi" \
    --argjson errors "$errors" --arg bytecode "$("$vyper" --evm-version cancun -f bytecode "$source")" \
    '{compiler: $compiler, abi: ($abi + $errors), bytecode: $bytecode}' >"$name.json"
done
