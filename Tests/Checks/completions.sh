#!/usr/bin/env bash
# Compare the committed completions with what the tools generate; with --write, write them.
# Either way, a file's name must complete where a tool takes a file.
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

# Where a tool has completions, bash no longer offers files by itself.
while read -ra words; do
  if ! bash --norc -c '
    source "$1"
    COMP_WORDS=("${@:3}" "${2%.sh}")
    COMP_CWORD=$(($# - 2)) COMP_LINE="${COMP_WORDS[*]}" COMP_POINT=${#COMP_LINE}
    read -ra registered <<<"$(complete -p "$3")"
    "${registered[-2]}" "$3" "${2%.sh}" "${!#}"
    [ "${COMPREPLY[*]}" = "$2" ]' - "$folder/${words[0]}.bash" "$0" "${words[@]}"; then
    echo "$folder/${words[0]}.bash: no file completes after '${words[*]}'" >&2
    status=1
  fi
done <<'end'
sr-ipfs add
sr-ipfs get -o
sr-chain deploy
sr-chain deploy --abi
sr-chain sign --typed-data
sr-chain key new --passphrase-file
sr-chain key export -o
sr-job new
sr-job new --entrypoint
sr-node serve --key
sr-proof show
end
exit "$status"
