#!/usr/bin/env bash
# The marketplace by its own verbs: `. $CHECKOUT/Tests/Support/story.sh`, which is market.sh and
#
#   joins NAME [option…]     NAME describes its machine and becomes a node, with half an ether at stake; the options are
#                            those of describe
#   serves NAME [option…]    starts `sr-node serve --claim` as NAME, which joins
#   ends NAME                stops what NAME runs, and waits for its end
#   begins NAME COMMAND…     starts a command as NAME, in the background and in a session of its own
#   admitted                 puts the chain's clock on by five minutes: the draw admits all, where claim windows are ten
#   cut_again NAME IN OUT COMMAND…
#                            runs a stage as NAME on NAME/IN.jsonl, and kills it again and again, later each time, until
#                            it ends by itself: NAME/OUT.jsonl
#   until_true COMMAND…      waits until a command succeeds, five minutes at most
#   ledger NAME              what NAME's account has paid in all blocks of the chain, in wei: for gas, and sent along
#   balanced NAME AMOUNT     whether NAME has what it was given, less that, and AMOUNT more, to the wei; `gas` is then what
#                            went for gas
#   transactions NAME        how many transactions NAME has sent
#   stake NAME               the stake of NAME's node, in wei
#   ether WEI                an amount as people read it
#
# What is forgotten ends by itself after a quarter of an hour.

. "$CHECKOUT/Tests/Support/market.sh"

until_true() {
  local _
  for _ in $(seq 1500); do
    "$@" && return 0
    sleep 0.2
  done
  echo "story.sh: never: $*" >&2
  return 1
}

begins() {
  local name=$1
  shift
  # The shell's own words are its arguments.
  # shellcheck disable=SC2016
  as "$name" setsid bash -c 'echo $$ >"$HOME/pid"; exec timeout --signal=TERM --kill-after=30 900 "$@"' - "$@" \
    </dev/null >>"$WORK/$name/out.jsonl" 2>>"$WORK/$name/errors" &
  until_true test -s "$WORK/$name/pid"
}

ends() {
  local pid
  pid=$(cat "$WORK/$1/pid" 2>/dev/null) || return 0
  rm -f "$WORK/$1/pid"
  kill -TERM -- "-$pid" 2>/dev/null || true
  for _ in $(seq 300); do
    kill -0 -- "-$pid" 2>/dev/null || return 0
    sleep 0.1
  done
  kill -KILL -- "-$pid" 2>/dev/null || true
}

joins() {
  local name=$1
  shift
  as "$name" sr-node describe --region here --price cpu=0.1ETH/h "$@" |
    as "$name" sr-node register --stake 0.5ETH >"$WORK/$name/registered.jsonl" 2>>"$WORK/$name/errors"
}

serves() {
  local name=$1 ready=$WORK/$1/out.jsonl
  shift
  begins "$name" sr-node serve --listen 127.0.0.1:0 --claim "$@" &&
    until_true eval "test -s '$ready' || ! kill -0 $(cat "$WORK/$name/pid") 2>/dev/null" &&
    joins "$name" --endpoint "$(jq -r .node.endpoint "$ready")"
}

admitted() { later 300; }

cut_again() {
  local name=$1 in=$WORK/$1/$2.jsonl out=$WORK/$1/$3.jsonl seconds status
  shift 3
  for seconds in 0.02 0.05 0.1 0.2 0.3 0.5 0.8 1.2 2 3 5 8 13 21 60; do
    status=0
    as "$name" timeout --signal=KILL "$seconds" "$@" <"$in" >"$out" 2>>"$WORK/$name/errors" || status=$?
    [ "$status" = 137 ] || return "$status"
  done
  return "$status"
}

ledger() {
  local address number gas price value spent=0 sent=0
  address=$(who "$1" | tr '[:upper:]' '[:lower:]')
  while read -r gas price value; do
    spent=$((spent + gas * price)) sent=$((sent + value))
  done < <(
    for number in $(seq 1 "$(sr-chain block latest | jq .block.number)"); do
      printf '{"method":"eth_getBlockByNumber","params":["0x%x",true]}\n' "$number"
      printf '{"method":"eth_getBlockReceipts","params":["0x%x"]}\n' "$number"
    done | sr-chain rpc --jobs 32 | jq -rn --arg from "$address" '
      [inputs.result | if type == "object" then .transactions[] else .[] end | select(.from == $from)]
      | group_by(.hash // .transactionHash)[] | add
      | "\(.gasUsed) \(.effectiveGasPrice) \(if .status == "0x1" then .value else "0x0" end)"'
  )
  echo "$spent $sent"
}

balanced() {
  local sent due
  read -r gas sent < <(ledger "$1")
  due=$(($(cat "$WORK/$1/given") - gas - sent + $2))
  [ "$due" = "$(holds "$1")" ] || {
    echo "story.sh: $1 has $(holds "$1") wei, and $due are due" >&2
    return 1
  }
}

stake() { sr-chain call NodeRegistry.nodes "$(ask NodeRegistry.numberOf "$(who "$1")")" | jq -r '.result[0][3]'; }

ether() { printf '%d.%018d ETH\n' $(($1 / 10 ** 18)) $(($1 % 10 ** 18)) | sed 's/\(\.[0-9]*[1-9]\)0* /\1 /; s/\.0* / /'; }

transactions() { sr-chain nonce "$(who "$1")" | jq -r .nonce; }
