#!/usr/bin/env bash
# Run a real job twice, from a script to a verified proof: through the local pipe, then through a node that shares
# nothing with its user but a socket. Show what each stage adds.
#
# The programs are taken from the folder named as argument. Everything is kept in demo-out/, nothing of the user's own
# keys or files is touched; the node's own things lie in a temporary folder that goes with it.
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

say '# the same job once more, on a node: its own HOME and key, its own user where we may choose one'
node=$(mktemp -d)
pid=
cleanup() {
  if [ -n "$pid" ]; then
    kill "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
  fi
  rm -rf "$node"
}
trap cleanup EXIT
chmod 755 "$node"
mkdir -p "$node/home"
(umask 077 && head -c 24 /dev/urandom | base64 >"$node/passphrase")
as_node=(env -i "PATH=$programs:/usr/local/bin:/usr/bin:/bin" "HOME=$node/home"
  "SANDRUN_PASSPHRASE_FILE=$node/passphrase")
if [ "$(id -u)" -eq 0 ]; then
  user=64321
  # The checkout may lie where no other user may look.
  mkdir "$node/bin"
  cp "$programs/sr-node" "$programs/sr-chain" "$node/bin/"
  chown -R "$user:$user" "$node/home" "$node/passphrase"
  as_node=(setpriv "--reuid=$user" "--regid=$user" --clear-groups "${as_node[@]}")
  as_node+=("PATH=$node/bin:/usr/local/bin:/usr/bin:/bin")
fi
cd "$node"
"${as_node[@]}" sr-chain key new >/dev/null
echo '$ sr-node serve --listen 127.0.0.1:0'
"${as_node[@]}" sr-node serve --listen 127.0.0.1:0 </dev/null >"$node/ready.jsonl" 2>"$out/node.log" &
pid=$!
for _ in $(seq 300); do
  if [ -s "$node/ready.jsonl" ]; then break; fi
  if ! kill -0 "$pid" 2>/dev/null; then break; fi
  sleep 0.1
done
if [ ! -s "$node/ready.jsonl" ]; then
  echo 'the node did not become ready:' >&2
  cat "$out/node.log" >&2
  exit 69
fi
cd "$OLDPWD"
jq . "$node/ready.jsonl"
SANDRUN_ENDPOINT=$(jq -r .node.endpoint "$node/ready.jsonl")
export SANDRUN_ENDPOINT
printf '\n$ export SANDRUN_ENDPOINT=%s\n' "$SANDRUN_ENDPOINT"
echo '$ sr-job new examples/mandelbrot.py --arg 800 --arg 200 --outputs "*.png" |'
echo '    sr-ipfs add | sr-job submit | sr-job wait | sr-proof verify | sr-job get -o demo-out/from-node'
(
  sr-job new examples/mandelbrot.py --arg 800 --arg 200 --outputs '*.png' | sr-ipfs add |
    sr-job submit | tee "$out/6.jsonl" |
    sr-job wait | tee "$out/7.jsonl" |
    sr-proof verify | tee "$out/8.jsonl" |
    sr-job get -o "$out/from-node" >"$out/9.jsonl"
) || {
  status=$?
  echo "the pipe ended with status $status; its records are in $out, the node's messages in $out/node.log" >&2
  exit "$status"
}
show 6 run 'sr-job submit'
show 7 proofs 'sr-job wait'
jq -e '.verdict.ok' "$out/8.jsonl" >/dev/null
cmp "$file" "$out/from-node/mandelbrot.png"
# Two machines that agree have the same outputs.
test "$(jq -r .result.outputs.cid "$out/5.jsonl")" = "$(jq -r .result.outputs.cid "$out/7.jsonl")"
kill "$pid"
wait "$pid"
pid=
printf '\nverified, signed by %s, and the same to the byte: %s\n' \
  "$(jq -r '.proofs[0].node' "$out/7.jsonl")" "$out/from-node/mandelbrot.png"
