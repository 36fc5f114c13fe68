#!/usr/bin/env bash
# The first part of the demo: a job on the spot, with no service at all. Read by demo.sh.

: "${out:?is the folder that demo.sh keeps}"

say '# a key to sign with'
(umask 077 && head -c 24 /dev/urandom | base64 >"$out/passphrase")
export SANDRUN_PASSPHRASE_FILE=$out/passphrase
echo '$ sr-chain key new'
sr-chain key new | jq .

say '# the job: a Mandelbrot set, 400 pixels, 100 iterations'
cat <<'END'
$ sr-job new examples/mandelbrot.py --outputs "*.png" |
    sr-ipfs add | sr-node exec | sr-proof build | sr-proof verify
END
(
  sr-job new examples/mandelbrot.py --outputs '*.png' | tee "$out/1.jsonl" |
    sr-ipfs add | tee "$out/2.jsonl" |
    sr-node exec | tee "$out/3.jsonl" |
    sr-proof build | tee "$out/4.jsonl" |
    sr-proof verify >"$out/5.jsonl"
) || failed 'the pipe' $?

show "$out/1.jsonl" job 'sr-job new'
show "$out/2.jsonl" code 'sr-ipfs add'
show "$out/3.jsonl" result 'sr-node exec'
show "$out/4.jsonl" proofs 'sr-proof build'
show "$out/5.jsonl" verdict 'sr-proof verify' '.checks |= map("\(.name): \(.status)")'

say '# the picture, fetched from the repository by its CID'
sr-ipfs get -o "$out/picture" "$(jq -r .result.outputs.cid "$out/5.jsonl")" | jq -c .
head -c 8 "$out/picture/mandelbrot.png" | cmp - <(printf '\x89PNG\r\n\x1a\n')
jq -e '.verdict.ok' "$out/5.jsonl" >/dev/null
printf '\nverified: %s\n' "$out/picture/mandelbrot.png"
