#!/usr/bin/env bash
# The end of the demo: everybody takes what is his, and every wei is accounted for. Read by demo-market.sh.

: "${out:?is the folder that demo.sh keeps}"
payment=$(jq -r .escrow.payment "$out/market/2.jsonl")
bond=$(jq -r .escrow.bond "$out/market/2.jsonl")
share=$((payment / 3))

say '# everybody withdraws what was credited'
for name in sam ann ben; do
  echo "\$ sr-chain withdraw      # $name"
  as "$name" sr-chain withdraw | jq -c '.withdrawal // .settlement // .'
done
balances after

say '# what that was, to the wei'
check() { # check WORDS COMMAND…
  local words=$1
  shift
  "$@" || {
    echo "not so: $words" >&2
    exit 1
  }
  echo "${words//GAS/${gas:-}}"
}
check "sam paid two shares of three, 2 x $share wei, of $payment, and GAS for gas" balanced sam $((payment - 2 * share))
check "ann got a share, $share wei, and paid GAS for gas" balanced ann "$share"
check "ben got a share, $share wei, and paid GAS for gas" balanced ben "$share"
check "cat got nothing, and paid GAS for gas" balanced cat 0
half=$((5 * 10 ** 17))
check "the stakes of ann and ben are whole: $half wei each" test "$(stake ann) $(stake ben)" = "$half $half"
check "cat's stake is short of its bond of $bond wei" test "$(stake cat)" = $((half - bond))
check "those are burned: NodeRegistry keeps them for ever" test "$(ask NodeRegistry.burned)" = "$bond"
check 'no wei is left in JobMarketplace' test "$(sr-chain balance JobMarketplace | jq -r .balance)" = 0

agreed=$(jq -r '.verdict.agreed | sort | join(" ")' "$out/market/6.jsonl")
check 'ann and ben agreed, and nobody else' test "$agreed" = "$(printf '%s\n' "$(who ann)" "$(who ben)" | sort | paste -sd ' ')"
as sam sr-ipfs get -o "$WORK/sam/picture" "$(jq -r .result.outputs.cid "$out/market/7.jsonl")" >/dev/null
check 'their picture is the one from the spot, to the byte' cmp "$WORK/sam/picture/mandelbrot.png" "$out/picture/mandelbrot.png"
