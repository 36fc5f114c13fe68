#!/usr/bin/env bash
# Run a real job through the local pipe, from a script to a verified proof, and show what each stage adds.
#
# The programs are taken from the folder named as argument. Everything is kept in demo-out/, nothing of the user's own
# keys or files is touched.
set -euo pipefail
cd "$(dirname "$0")/../.."

programs=$(cd "$1" && pwd)
out=$PWD/demo-out
rm -rf "$out"
mkdir -p "$out/home"
export PATH="$programs:$PATH" HOME="$out/home"
unset XDG_DATA_HOME XDG_STATE_HOME XDG_CONFIG_HOME
for variable in "${!SANDRUN_@}"; do unset "$variable"; done

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
if [ ! -t 1 ]; then say() { printf '\n%s\n' "$*"; }; fi

say '# a key to sign with'
(umask 077 && head -c 24 /dev/urandom | base64 >"$out/passphrase")
export SANDRUN_PASSPHRASE_FILE=$out/passphrase
echo '$ sr-chain key new'
sr-chain key new | jq .

say '# the job: a Mandelbrot set, 800 pixels, 200 iterations'
pipe='sr-job new examples/mandelbrot.py --arg 800 --arg 200 --outputs "*.png" |
  tee 1 | sr-ipfs add | tee 2 | sr-node exec | tee 3 | sr-proof build | tee 4 | sr-proof verify'
echo "\$ ${pipe//| tee [0-9] /}" | sed 's/ tee 1 |//'
(
  sr-job new examples/mandelbrot.py --arg 800 --arg 200 --outputs '*.png' | tee "$out/1.jsonl" |
    sr-ipfs add | tee "$out/2.jsonl" |
    sr-node exec | tee "$out/3.jsonl" |
    sr-proof build | tee "$out/4.jsonl" |
    sr-proof verify >"$out/5.jsonl"
) || {
  status=$?
  echo "the pipe ended with status $status; its records are in $out" >&2
  exit "$status"
}

show() { # show FILE MEMBER WHO
  say "# $3 adds \"$2\""
  jq ".$2" "$out/$1.jsonl"
}
show 1 job 'sr-job new'
show 2 code 'sr-ipfs add'
show 3 result 'sr-node exec'
show 4 proofs 'sr-proof build'
show 5 verdict 'sr-proof verify'

say '# the picture, fetched from the repository by its CID'
outputs=$(jq -r .result.outputs.cid "$out/5.jsonl")
sr-ipfs get -o "$out/picture" "$outputs" | jq -c .
file=$out/picture/mandelbrot.png
head -c 8 "$file" | cmp - <(printf '\x89PNG\r\n\x1a\n')
jq -e '.verdict.ok' "$out/5.jsonl" >/dev/null
printf '\nverified: %s\n' "$file"
