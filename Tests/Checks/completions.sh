#!/usr/bin/env bash
# Compare the committed completions with what the tools generate; with --write, write them.
set -euo pipefail

write=
if [ "$1" = --write ]; then
  write=yes
  shift
fi
build=$1
folder=$2

status=0
for tool in sr-ipfs sr-chain sr-job sr-node sr-proof sr-gpu; do
  for shell in bash zsh fish; do
    if [ -n "$write" ]; then
      "$build/$tool" --generate-completion-script "$shell" >"$folder/$tool.$shell"
    elif ! "$build/$tool" --generate-completion-script "$shell" | cmp -s - "$folder/$tool.$shell"; then
      echo "$folder/$tool.$shell is not what $tool generates: run make completions" >&2
      status=1
    fi
  done
done
exit "$status"
