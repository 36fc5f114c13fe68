#!/usr/bin/env bash
# The second part of the demo: the same job for money, on three nodes of which two must agree. Read by demo.sh.

# shellcheck source=Tests/Support/story.sh
. "$CHECKOUT/Tests/Support/story.sh"

market_ends() {
  local name
  for name in ann ben cat; do ends "$name"; done
  if [ -s "$CHAIN/pid" ]; then chain stop; fi
} 2>/dev/null

balances() {
  say "# what each has $1"
  printf '%-6s %-24s %s\n' '' account 'stake as a node'
  printf '%-6s %s\n' sam "$(ether "$(holds sam)")"
  for name in ann ben cat; do
    printf '%-6s %-24s %s\n' "$name" "$(ether "$(holds "$name")")" "$(ether "$(stake "$name")")"
  done
}

say '# a chain to develop on, and four contracts that nobody owns'
echo '$ sr-chain dev & sr-chain deploy --all'
SANDRUN_LIBEXEC=$CHECKOUT/contracts market start
jq -c '[.contract.name, .contract.address]' "$WORK/market.jsonl"

say '# four parties: sam has a job, ann, ben and cat have nodes; each has its own HOME, key, user where we may choose one'
export PARTY_UIDS=64000
each 'sam ann ben cat' party {}
for name in sam ann ben cat; do
  echo "$name: $(who "$name"), uid $(stat -c %u "$WORK/$name")"
done

say '# ann and ben run nodes as services, cat one as a pipe; each puts half an ether at stake'
cat >"$WORK/cat/node.sh" <<'END'
sr-chain events JobSubmitted --follow | sr-node match | sr-chain claim --unordered | sr-node exec | sr-proof build |
  jq --unbuffered -c '.proofs[0] |= (.resultHash = "0x" + "0badc0de" * 8 | del(.signature))' |
  sr-ipfs add | sr-chain prove --could-not-run | sr-chain vote --unordered --could-not-run
END
echo '$ sr-node describe … | sr-node register --stake 0.5ETH; sr-node serve --claim       # ann, ben'
echo '# cat: its jq makes up another result'
sed '1s/^/$ /' "$WORK/cat/node.sh"
takes_part() { if [ "$1" = cat ]; then joins cat; else serves "$1"; fi; }
each 'ann ben cat' takes_part {}
begins cat bash -o pipefail "$WORK/cat/node.sh"
balances before

say '# sam: 0.1 ETH for a picture that two of three nodes must agree on'
cat >"$WORK/sam/hero.sh" <<'END'
set -o pipefail
sr-job new examples/mandelbrot.py --outputs "*.png" --payment 0.1ETH --consensus 2-of-3 |
  sr-ipfs add        | tee 1.jsonl |
  sr-chain post      | tee 2.jsonl |
  sr-job submit      | tee 3.jsonl |
  sr-job wait        | tee 4.jsonl |
  sr-proof verify    | tee 5.jsonl |
  sr-proof consensus | tee 6.jsonl |
  sr-chain release
END
sed "s/^/  /" "$WORK/sam/hero.sh"
cp -r "$CHECKOUT/examples" "$WORK/sam/"
chmod -R a+rX "$WORK/sam/examples"
# The draw spreads claims over the first half of the claim window, ten minutes by itself: the chain's clock is put on.
(until_true test -s "$WORK/sam/2.jsonl" && later 300) &
(
  cd "$WORK/sam"
  as sam bash hero.sh >7.jsonl 2>hero.errors
) || {
  status=$?
  cat "$WORK/sam/hero.errors" "$WORK"/{ann,ben,cat}/errors >&2
  cp "$WORK"/sam/*.jsonl "$out/" || true
  failed 'the pipe' "$status"
}
wait "$!"
mkdir -p "$out/market"
cp "$WORK"/sam/*.jsonl "$out/market/"
show "$out/market/2.jsonl" escrow 'sr-chain post'
show "$out/market/3.jsonl" run 'sr-job submit'
show "$out/market/4.jsonl" result 'sr-job wait' 'del(.logs)'
show "$out/market/4.jsonl" proofs 'sr-job wait'
show "$out/market/5.jsonl" verdict 'sr-proof verify' '.checks |= (group_by(.proof) | map(map("\(.name): \(.status)")))'
show "$out/market/6.jsonl" verdict 'sr-proof consensus' 'del(.checks)'
show "$out/market/7.jsonl" settlement 'sr-chain release'

# shellcheck source=Tests/Checks/demo-accounts.sh
. "$CHECKOUT/Tests/Checks/demo-accounts.sh"
